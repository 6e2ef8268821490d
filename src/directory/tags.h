#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"

namespace writ::directory {

struct Tag {
    std::string key{};
    std::string value{};
    bool operator==(const Tag&) const = default;
};

enum class TaggedKind : std::uint8_t {
    user,
    role,
    policy,
    mfa_device,
    server_certificate,
    oidc_provider,
    saml_provider,
    instance_profile
};

/// What is tagged: a user, role, server certificate or instance profile by name; a policy, MFA device or
/// provider by ARN.
struct Tagged {
    TaggedKind kind = TaggedKind::user;
    std::string_view name{};
};

/// The rules of spec 8.5 that need no look at the entity: reserved prefix, duplicates in the request.
/// Keys of users and roles compare without case.
[[nodiscard]] Result<void> check_tags(TaggedKind kind, const std::vector<Tag>& tags);

/// Adds or replaces. Nothing is applied when anything is wrong.
[[nodiscard]] Result<void> tag(AccountEdit& account, const Tagged& tagged, const std::vector<Tag>& tags);
/// Keys that are not there are no error. No keys at all are InvalidInput for some kinds (spec 8.5).
[[nodiscard]] Result<void> untag(AccountEdit& account, const Tagged& tagged,
                                 const std::vector<std::string>& keys);
[[nodiscard]] Result<Page<Tag>> list_tags(const AccountView& account, const Tagged& tagged,
                                          const PageRequest& page);

}  // namespace writ::directory
