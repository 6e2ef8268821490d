#include "directory/organizations/effective_policies.h"

#include "api/organizations/handlers.h"
#include "api/organizations/inputs.h"

namespace writ::api::organizations {

namespace org = directory::organizations;

Result<Output> describe_effective_policy(const View& account, const Call& call) {
    const auto id = call.input.maybe_text("TargetId").value_or(account.account_id);
    return std::unexpected(org::effective_policy_refusal(account, id));
}

Result<Output> list_accounts_with_invalid_effective_policy(const View& account, const Call& call) {
    return std::unexpected(org::invalid_effective_policies_refusal(account, page_of(call.input)));
}

Result<Output> list_effective_policy_validation_errors(const View& account, const Call& call) {
    return std::unexpected(
        org::effective_policy_errors_refusal(account, call.input.text("AccountId"), page_of(call.input)));
}

}  // namespace writ::api::organizations
