#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/call.h"
#include "api/inputs.h"
#include "directory/credentials/access_keys.h"
#include "directory/pages.h"

/// Parameters that many operations of IAM share, as the directory wants them.
namespace writ::api::iam {

/// `Path` and `PathPrefix` are "/" when absent (spec 8.4).
[[nodiscard]] std::string path_or_root(const Input& input, std::string_view member);
[[nodiscard]] directory::PageRequest page_of(const Input& input);
/// PolicyUsageFilter: true for boundaries, false for permissions policies.
[[nodiscard]] std::optional<bool> usage_filter(const Input& input);
/// Whose access keys: UserName, else the caller's own.
[[nodiscard]] directory::KeyOwner key_owner(const Call& call);
/// UserName, else the calling user. ValidationError when root leaves it out: what is asked for is never
/// root's.
[[nodiscard]] Result<std::string> user_or_calling_user(const Call& call);
/// Whose MFA devices: the same, but root may name itself by its account id.
[[nodiscard]] directory::KeyOwner mfa_owner(const Call& call);

}  // namespace writ::api::iam
