#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

struct Tag {
    std::string account_id;
    EntityKind resource_kind = EntityKind::user;
    std::string resource_id;
    std::string
        key_folded;  ///< What the key is unique by: lower case for users and roles, else the key (spec 8.5).
    std::string key;
    std::string value;

    static constexpr std::string_view table = "tags";
    static constexpr Index by_key{"tags_by_key", true, {"account_id", "resource_id", "key_folded"}};
    static constexpr auto indexes() { return std::array{&by_key}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &Tag::account_id},
                       Column{"resource_kind", &Tag::resource_kind},
                       Column{"resource_id", &Tag::resource_id},
                       Column{"key_folded", &Tag::key_folded},
                       Column{"key", &Tag::key},
                       Column{"value", &Tag::value}};
    }
    [[nodiscard]] Entity entity() const { return {resource_kind, account_id, resource_id}; }
};

}  // namespace writ::store
