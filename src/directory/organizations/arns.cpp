#include "directory/organizations/arns.h"

#include <algorithm>
#include <array>

#include "directory/internal/organizations/aws_policies.h"

namespace writ::directory::organizations {
namespace {

struct TypeName {
    store::OrganizationPolicyType type;
    std::string_view name;
    std::string_view in_arn;
};
constexpr auto type_names = std::to_array<TypeName>({
    {store::OrganizationPolicyType::service_control, "SERVICE_CONTROL_POLICY", "service_control_policy"},
    {store::OrganizationPolicyType::resource_control, "RESOURCE_CONTROL_POLICY", "resource_control_policy"},
});

constexpr auto action_names = std::to_array<std::string_view>(
    {"invite", "enable_all_features", "approve_all_features"});  // By number of the action.

std::string arn_of(std::string_view partition, std::string_view account) {
    return std::string("arn:").append(partition).append(":organizations::").append(account).append(":");
}

/// "arn:…:M:KIND/o-x"
std::string below(const Place& place, std::string_view kind) {
    return arn_of(place.partition, place.management_account_id)
        .append(kind)
        .append("/")
        .append(place.organization_id);
}

}  // namespace

std::string organization_arn(const Place& place) {
    return below(place, "organization");
}

std::string node_arn(const Place& place, std::string_view node_id) {
    constexpr auto kinds = std::to_array<std::string_view>({"root", "ou", "account"});
    const auto kind = static_cast<std::size_t>(kind_of_node(node_id));
    return below(place, kinds.at(kind)).append("/").append(node_id);
}

std::string policy_arn(const Place& place, store::OrganizationPolicyType type, std::string_view policy_id) {
    const std::string_view in_arn = type_names.at(static_cast<std::size_t>(type)).in_arn;
    if (find_aws_policy(policy_id) != nullptr) {
        return arn_of(place.partition, "aws").append("policy/").append(in_arn).append("/").append(policy_id);
    }
    return below(place, "policy").append("/").append(in_arn).append("/").append(policy_id);
}

std::string resource_policy_arn(const Place& place, std::string_view policy_id) {
    return below(place, "resourcepolicy").append("/").append(policy_id);
}

std::string handshake_arn(const Place& place, store::HandshakeAction action, std::string_view handshake_id) {
    const std::string_view name = action_names.at(static_cast<std::size_t>(action));
    return below(place, "handshake").append("/").append(name).append("/").append(handshake_id);
}

store::PolicyTargetKind kind_of_node(std::string_view node_id) noexcept {
    if (node_id.starts_with("r-")) return store::PolicyTargetKind::root;
    return node_id.starts_with("ou-") ? store::PolicyTargetKind::unit : store::PolicyTargetKind::account;
}

std::string_view name_of(store::OrganizationPolicyType type) noexcept {
    return type_names[static_cast<std::size_t>(type)].name;
}

KnownPolicyType policy_type_of(std::string_view name) noexcept {
    const auto* row = std::ranges::find(type_names, name, &TypeName::name);
    if (row == type_names.end()) return std::nullopt;
    return row->type;
}

std::string_view name_in_arn(store::OrganizationPolicyType type) noexcept {
    return type_names[static_cast<std::size_t>(type)].in_arn;
}

KnownPolicyType policy_type_in_arn(std::string_view arn) noexcept {
    const std::size_t name = arn.rfind('/');
    if (name == std::string_view::npos || arn.find(":policy/") == std::string_view::npos) return std::nullopt;
    const std::string_view before = arn.substr(0, name);
    const auto* row = std::ranges::find(type_names, before.substr(before.rfind('/') + 1), &TypeName::in_arn);
    if (row == type_names.end()) return std::nullopt;
    return row->type;
}

}  // namespace writ::directory::organizations
