#include "directory/policies/inline_policies.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/owners.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {

Result<Output> put_inline_policy(Edit& account, const Call& call) {
    return done(directory::put_inline_policy(account, owner_of(call), call.input.text("PolicyName"),
                                             call.input.text("PolicyDocument")));
}

Result<Output> get_inline_policy(const View& account, const Call& call) {
    const auto policy = directory::get_inline_policy(account, owner_of(call), call.input.text("PolicyName"));
    if (!policy) return std::unexpected(policy.error());
    Output output;
    output.set(owner_parameter(call), policy->owner_name);
    output.set("PolicyName", policy->policy_name);
    output.set("PolicyDocument", policy->document);
    return output;
}

Result<Output> delete_inline_policy(Edit& account, const Call& call) {
    return done(directory::delete_inline_policy(account, owner_of(call), call.input.text("PolicyName")));
}

Result<Output> list_inline_policies(const View& account, const Call& call) {
    return answer_page(directory::list_inline_policies(account, owner_of(call), page_of(call.input)),
                       "PolicyNames", text_shape);
}

}  // namespace writ::api::iam
