#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/tags.h"

/// Tags of an entity whose id is known.
namespace writ::directory {

/// What the kinds of tagged entities differ in.
struct TaggedFact {
    TaggedKind kind;
    std::string_view listing;  ///< "ListUserTags".
    Quota quota;
    store::EntityKind entity;   ///< What the feed tells of; none: no decision is kept that depends on them.
    bool ignores_case = false;  ///< Of keys (spec 8.5).
    bool needs_keys = false;    ///< Untagging without a key is an error.
};
[[nodiscard]] const TaggedFact& fact_of(TaggedKind kind) noexcept;

struct TaggedId {
    TaggedKind kind = TaggedKind::user;
    std::string_view id{};
};

/// Ordered by key.
[[nodiscard]] Result<std::vector<Tag>> read_tags(const AccountView& account, std::string_view id);
/// Adds or replaces after the checks of tags.h and the quota. Writes nothing when anything is wrong.
[[nodiscard]] Result<void> put_tags(AccountEdit& account, const TaggedId& tagged,
                                    const std::vector<Tag>& tags);
/// All tags of an entity that goes.
[[nodiscard]] Result<void> erase_tags(AccountEdit& account, std::string_view id);

/// What a key is unique by: users and roles compare keys without case, all else with case (spec 8.5).
[[nodiscard]] std::string fold_key(TaggedKind kind, std::string_view key);

}  // namespace writ::directory
