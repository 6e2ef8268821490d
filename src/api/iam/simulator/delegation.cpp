#include "api/iam/simulator/delegation.h"

#include <string>
#include <utility>
#include <vector>

namespace writ::api::iam::simulator {
namespace {

bool has_policy_of_its_own(const engine::Request& request) {
    if (!request.resource_is_arn()) return false;
    const std::string_view service = request.resource_part(2);
    const std::string_view resource = request.resource_part(5);
    return (service == "iam" && resource.starts_with("role/")) ||
           (service == "kms" && resource.starts_with("key/"));
}

}  // namespace

Set delegation_for(const engine::Request& request, const Policies& policies) {
    const std::string& account = request.principal().account;
    if (policies.resource != nullptr || request.resource_account() != account ||
        !has_policy_of_its_own(request)) {
        return nullptr;
    }
    const std::string text =
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:)" +
        request.principal().partition + ":iam::" + account + R"(:root"},"Action":"*","Resource":"*"}})";
    auto document = read_document(text, policy::PolicyType::resource);
    if (!document) return nullptr;
    std::vector<engine::PolicySet::Member> members;
    members.push_back({engine::compile(std::move(*document), policy::PolicyType::resource), {}});
    return std::make_unique<const engine::PolicySet>(std::move(members));
}

}  // namespace writ::api::iam::simulator
