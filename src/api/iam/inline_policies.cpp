#include "directory/inline_policies.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/owners.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {
namespace {

using directory::PolicyOwner;

Result<Output> put(Edit& account, const PolicyOwner& owner, const Call& call) {
    return done(directory::put_inline_policy(account, owner, call.input.text("PolicyName"),
                                             call.input.text("PolicyDocument")));
}

/// `owner_member`: how the answer calls the owner's name.
Result<Output> get(const View& account, const PolicyOwner& owner, std::string_view owner_member,
                   const Call& call) {
    const auto policy = directory::get_inline_policy(account, owner, call.input.text("PolicyName"));
    if (!policy) return std::unexpected(policy.error());
    Output output;
    output.set(owner_member, policy->owner_name);
    output.set("PolicyName", policy->policy_name);
    output.set("PolicyDocument", policy->document);
    return output;
}

Result<Output> remove(Edit& account, const PolicyOwner& owner, const Call& call) {
    return done(directory::delete_inline_policy(account, owner, call.input.text("PolicyName")));
}

Result<Output> list(const View& account, const PolicyOwner& owner, const Call& call) {
    return answer_page(directory::list_inline_policies(account, owner, page_of(call.input)), "PolicyNames",
                       text_shape);
}

}  // namespace

Result<Output> put_user_policy(Edit& account, const Call& call) {
    return put(account, user_of(call), call);
}

Result<Output> put_group_policy(Edit& account, const Call& call) {
    return put(account, group_of(call), call);
}

Result<Output> put_role_policy(Edit& account, const Call& call) {
    return put(account, role_of(call), call);
}

Result<Output> get_user_policy(const View& account, const Call& call) {
    return get(account, user_of(call), "UserName", call);
}

Result<Output> get_group_policy(const View& account, const Call& call) {
    return get(account, group_of(call), "GroupName", call);
}

Result<Output> get_role_policy(const View& account, const Call& call) {
    return get(account, role_of(call), "RoleName", call);
}

Result<Output> delete_user_policy(Edit& account, const Call& call) {
    return remove(account, user_of(call), call);
}

Result<Output> delete_group_policy(Edit& account, const Call& call) {
    return remove(account, group_of(call), call);
}

Result<Output> delete_role_policy(Edit& account, const Call& call) {
    return remove(account, role_of(call), call);
}

Result<Output> list_user_policies(const View& account, const Call& call) {
    return list(account, user_of(call), call);
}

Result<Output> list_group_policies(const View& account, const Call& call) {
    return list(account, group_of(call), call);
}

Result<Output> list_role_policies(const View& account, const Call& call) {
    return list(account, role_of(call), call);
}

}  // namespace writ::api::iam
