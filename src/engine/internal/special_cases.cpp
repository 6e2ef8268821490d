#include "engine/internal/special_cases.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/trust.h"
#include "reference/authorization.h"

namespace writ::engine {
namespace {

using Names = std::span<const std::string_view>;

// Spec E10. Nobody can be kept from asking who he is, and GetSessionToken cannot be granted or denied.
constexpr auto always_allowed =
    std::to_array<std::string_view>({"sts:getcalleridentity", "sts:getsessiontoken"});

// Spec E12. What belongs to AWS is changed by AWS only.
constexpr auto policy_changes = std::to_array<std::string_view>(
    {"iam:createpolicy", "iam:createpolicyversion", "iam:deletepolicy", "iam:deletepolicyversion",
     "iam:setdefaultpolicyversion", "iam:tagpolicy", "iam:untagpolicy"});
constexpr auto role_changes = std::to_array<std::string_view>(
    {"iam:attachrolepolicy", "iam:createrole", "iam:deleterole", "iam:deleterolepermissionsboundary",
     "iam:deleterolepolicy", "iam:detachrolepolicy", "iam:putrolepermissionsboundary", "iam:putrolepolicy",
     "iam:updateassumerolepolicy"});
// Tags and description of service-linked roles may change (spec 8.3), those of reserved roles may not.
constexpr auto reserved_role_changes = std::to_array<std::string_view>(
    {"iam:tagrole", "iam:untagrole", "iam:updaterole", "iam:updateroledescription"});
constexpr auto alias_changes =
    std::to_array<std::string_view>({"kms:createalias", "kms:deletealias", "kms:updatealias"});
constexpr auto role_assumptions = std::to_array<std::string_view>(
    {"sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity", "sts:setcontext",
     "sts:setsourceidentity", "sts:tagsession"});

bool is_one_of(const Request& request, Names names) noexcept {
    return std::ranges::find(names, request.folded_action()) != names.end();
}

bool changes_aws_property(const Request& request) noexcept {
    const std::string_view service = request.folded_service();
    if ((service != "iam" && service != "kms") || !request.resource_is_arn() ||
        request.resource_part(2) != service)
        return false;
    const std::string_view resource = request.resource_part(5);
    if (service == "kms") return resource.starts_with("alias/aws/") && is_one_of(request, alias_changes);
    if (resource.starts_with("policy/")) {
        return request.resource_part(4) == "aws" && is_one_of(request, policy_changes);
    }
    if (resource.starts_with("role/aws-reserved/")) {
        return is_one_of(request, role_changes) || is_one_of(request, reserved_role_changes);
    }
    return resource.starts_with("role/aws-service-role/") && is_one_of(request, role_changes);
}

}  // namespace

std::optional<Decision> decide_without_policies(const Request& request) noexcept {
    if (is_one_of(request, always_allowed)) return Decision{Verdict::allowed, Layer::always, {}};
    if (changes_aws_property(request)) return Decision{Verdict::implicit_deny, Layer::always, {}};
    return std::nullopt;
}

bool is_role_assumption(const Request& request) noexcept {
    return request.resource_is_arn() && request.resource_part(2) == "iam" &&
           request.resource_part(5).starts_with("role/") && is_one_of(request, role_assumptions);
}

bool asks_trust_policy(std::string_view action) noexcept {
    return std::ranges::any_of(role_assumptions,
                               [&](std::string_view each) { return equals_ignoring_case(each, action); });
}

bool needs_key_policy(const Request& request) noexcept {
    return request.folded_service() == "kms" && request.resource_is_arn() &&
           request.resource_part(2) == "kms" && request.resource_part(5).starts_with("key/");
}

bool is_root_assumption(const Request& request) noexcept {
    return request.folded_action() == "sts:assumeroot" && request.resource_is_arn() &&
           request.resource_part(2) == "iam" && request.resource_part(5) == "root";
}

void prepare_for_rcps() noexcept {
    // The tables are unpacked and indexed by the first look-up in each.
    static_cast<void>(reference::find_service("s3"));
    static_cast<void>(reference::find_action("s3:getobject"));
}

bool is_subject_to_rcp(const Request& request) noexcept {
    if (request.folded_action() == "kms:retiregrant") return false;
    const reference::Service* service = reference::find_service(request.folded_service());
    if (service == nullptr || !service->supports_rcp) return false;
    // ?33. An action that the reference does not know yet is decided by its resource.
    const reference::Action* action = reference::find_action(request.folded_action());
    return action != nullptr ? !action->resources.empty() : request.resource_is_arn();
}

}  // namespace writ::engine
