#include "api/iam/delegation/entity_arn.h"
#include "api/iam/targets.h"
#include "base/arn.h"
#include "directory/delegation/delegation_requests.h"
#include "policy/parse.h"

namespace writ::api::iam {
namespace {

engine::PolicySet compiled(std::string_view actions) {
    const std::string text =
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":[)" +
        std::string(actions) + R"(],"Resource":"*"}})";
    std::vector<engine::PolicySet::Member> members;
    members.push_back({engine::compile(*policy::parse(text), policy::PolicyType::resource), {}});
    return engine::PolicySet(std::move(members));
}

/// What the owner of a request may do with it by default (the guide's page "IAM temporary delegation"). A
/// Deny of a policy goes before.
const engine::PolicySet& permissions_of_owner() {
    static const engine::PolicySet set =
        compiled(R"("iam:GetDelegationRequest","iam:GetHumanReadableSummary","iam:UpdateDelegationRequest",)"
                 R"("iam:RejectDelegationRequest","iam:SendDelegationToken")");
    return set;
}

/// What everybody may do with a request that nobody owns.
const engine::PolicySet& permissions_of_finder() {
    static const engine::PolicySet set = compiled(
        R"("iam:GetDelegationRequest","iam:GetHumanReadableSummary","iam:AssociateDelegationRequest")");
    return set;
}

const engine::PolicySet& permissions_to_list_own() {
    static const engine::PolicySet set = compiled(R"("iam:ListDelegationRequests")");
    return set;
}

std::string arn_of(const Call& call, std::string_view id) {
    return "arn:" + call.at.config.partition + ":iam::" + call.account() + ":delegation-request/" +
           std::string(id);
}

}  // namespace

Result<Target> on_delegation_request(const View& account, const Call& call) {
    const std::string_view id = delegation::request_id(call.input);
    auto owner = directory::find_delegation_owner(account, id);
    if (!owner) return std::unexpected(std::move(owner.error()));
    Target target{.arn = arn_of(call, id)};
    if (!*owner) return target;
    target.delegation_owner = (*owner)->arn;
    if ((*owner)->is_unclaimed) target.policy = &permissions_of_finder();
    if ((*owner)->arn == call.caller.principal->arn) target.policy = &permissions_of_owner();
    return target;
}

Result<Target> on_new_delegation_request(const Call& call) {
    return Target{.arn = arn_of(call, "*")};  // Nobody knows its id yet.
}

Result<Target> on_delegation_requests(const Call& call) {
    Target target;
    if (call.input.text("OwnerId") == call.caller.principal->arn) target.policy = &permissions_to_list_own();
    return target;
}

Result<Target> on_role_template(const Call& call) {
    return Target{.arn = std::string(call.input.text("TemplateArn"))};
}

Result<Target> on_role_of_template(const Call& call) {
    return Target{.arn = "arn:" + call.at.config.partition + ":iam::" + call.account() + ":role/*"};
}

}  // namespace writ::api::iam
