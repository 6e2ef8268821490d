#include "api/sts/operations.h"

#include <algorithm>
#include <array>

#include "api/sts/handlers.h"

namespace writ::api::sts {
namespace {

constexpr auto rows = std::to_array<Operation>({
    {.name = "AssumeRole",
     .action = "sts:AssumeRole",
     .target = role_to_assume,
     .handler = assume_role,
     .check = check_assume_role,
     .further = demands_of_assume_role,
     .refused_parameters = {"ProvidedContexts"},
     .denied_without_reason = true},
    {.name = "AssumeRoot",
     .action = "sts:AssumeRoot",
     .target = root_to_assume,
     .handler = assume_root,
     .check = check_assume_root,
     .denied_without_reason = true},
    {.name = "DecodeAuthorizationMessage",
     .action = "sts:DecodeAuthorizationMessage",
     .handler = decode_authorization_message},
    {.name = "GetAccessKeyInfo", .action = "sts:GetAccessKeyInfo", .handler = get_access_key_info},
    {.name = "GetCallerIdentity",
     .action = "sts:GetCallerIdentity",
     .handler = get_caller_identity,
     .decided_without_policies = true},
    {.name = "GetDelegatedAccessToken",
     .action = "sts:GetDelegatedAccessToken",
     .handler = get_delegated_access_token},
    {.name = "GetFederationToken",
     .action = "sts:GetFederationToken",
     .target = federated_user_to_make,
     .handler = get_federation_token,
     .check = check_get_federation_token,
     .further = demands_of_federation_token},
    {.name = "GetScopedCredentials",
     .action = "sts:GetScopedCredentials",
     .handler = get_scoped_credentials,
     .check = check_get_scoped_credentials},
    {.name = "GetSessionToken",
     .action = "sts:GetSessionToken",
     .target = mfa_of_session,
     .handler = get_session_token,
     .check = check_get_session_token,
     .decided_without_policies = true},
});
static_assert(std::ranges::is_sorted(rows, {}, &Operation::name));

}  // namespace

std::span<const Operation> operations() noexcept {
    return rows;
}

}  // namespace writ::api::sts
