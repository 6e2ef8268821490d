#include "api/organizations/shapes.h"

#include <array>

#include "directory/organizations/arns.h"

namespace writ::api::organizations {
namespace {

std::string_view name_of(store::FeatureSet features) {
    return features == store::FeatureSet::all ? "ALL" : "CONSOLIDATED_BILLING";
}

std::string_view name_of(store::JoinedMethod method) {
    return method == store::JoinedMethod::created ? "CREATED" : "INVITED";
}

std::string_view name_of(store::PolicyTargetKind kind) {
    constexpr std::array names{"ROOT", "ORGANIZATIONAL_UNIT", "ACCOUNT"};
    return names.at(static_cast<std::size_t>(kind));
}

std::string_view name_of(store::CreationState state) {
    constexpr std::array names{"IN_PROGRESS", "SUCCEEDED", "FAILED"};
    return names.at(static_cast<std::size_t>(state));
}

std::string_view name_of(store::HandshakeState state) {
    constexpr std::array names{"REQUESTED", "OPEN", "CANCELED", "ACCEPTED", "DECLINED", "EXPIRED"};
    return names.at(static_cast<std::size_t>(state));
}

std::string_view name_of(store::HandshakeAction action) {
    constexpr std::array names{"INVITE", "ENABLE_ALL_FEATURES", "APPROVE_ALL_FEATURES"};
    return names.at(static_cast<std::size_t>(action));
}

Output policy_type_shape(const store::OrganizationPolicyType& type) {
    Output output;
    output.set("Type", org::name_of(type));
    output.set("Status", "ENABLED");
    return output;
}

Output resource(std::string_view type, std::string_view value) {
    Output output;
    output.set("Value", value);
    output.set("Type", type);
    return output;
}

Output party(std::string_view id, std::string_view type) {
    Output output;
    output.set("Id", id);
    output.set("Type", type);
    return output;
}

/// What the other side may know of the organization.
Output organization_resource(const org::Handshake& handshake) {
    Output inner = Output::list();
    if (handshake.management_email) inner.add(resource("MASTER_EMAIL", *handshake.management_email));
    inner.add(resource("MASTER_NAME", handshake.management_name));
    inner.add(resource("ORGANIZATION_FEATURE_SET", name_of(handshake.feature_set)));
    Output output = resource("ORGANIZATION", handshake.organization_id);
    output.set("Resources", std::move(inner));
    return output;
}

bool is_for_an_account(const org::Handshake& handshake) {
    return handshake.action != store::HandshakeAction::enable_all_features;
}

Output parties_of(const org::Handshake& handshake) {
    Output parties = Output::list();
    parties.add(party(handshake.organization_id, "ORGANIZATION"));
    if (!is_for_an_account(handshake)) return parties;
    const bool by_email = !handshake.addressed_email.empty();
    parties.add(by_email ? party(handshake.addressed_email, "EMAIL")
                         : party(handshake.account_id, "ACCOUNT"));
    return parties;
}

Output resources_of(const org::Handshake& handshake) {
    Output resources = Output::list();
    resources.add(organization_resource(handshake));
    if (is_for_an_account(handshake)) {
        const bool by_email = !handshake.addressed_email.empty();
        resources.add(by_email ? resource("EMAIL", handshake.addressed_email)
                               : resource("ACCOUNT", handshake.account_id));
    }
    if (!handshake.notes.empty()) resources.add(resource("NOTES", handshake.notes));
    if (!handshake.parent_id.empty()) resources.add(resource("PARENT_HANDSHAKE", handshake.parent_id));
    return resources;
}

/// A thing by its id and its ARN, to which its other members are added.
template <class T>
Output identified(const T& thing) {
    Output output;
    output.set("Id", thing.id);
    output.set("Arn", thing.arn);
    return output;
}

/// The members that accounts and administrators share.
Output member_facts(const org::Member& member) {
    Output output = identified(member);
    if (member.email) output.set("Email", *member.email);
    output.set("Name", member.name);
    output.set("Status", member.closed ? "SUSPENDED" : "ACTIVE");
    output.set("State", member.closed ? "CLOSED" : "ACTIVE");
    return output;
}

void set_joining(Output& output, const org::Member& member) {
    output.set("JoinedMethod", name_of(member.joined_method));
    output.set("JoinedTimestamp", member.joined_at);
}

}  // namespace

Output organization_shape(const org::Organization& organization) {
    Output output = identified(organization);
    output.set("FeatureSet", name_of(organization.feature_set));
    output.set("MasterAccountArn", organization.management_account_arn);
    output.set("MasterAccountId", organization.management_account_id);
    if (organization.management_account_email) {
        output.set("MasterAccountEmail", *organization.management_account_email);
    }
    Output types = Output::list();
    if (organization.feature_set == store::FeatureSet::all) {
        types.add(policy_type_shape(store::OrganizationPolicyType::service_control));
    }
    output.set("AvailablePolicyTypes", std::move(types));
    return output;
}

Output root_shape(const org::Root& root) {
    Output output = identified(root);
    output.set("Name", "Root");
    output.set("PolicyTypes", list_of(root.enabled_types, policy_type_shape));
    return output;
}

Output unit_shape(const org::OrganizationalUnit& unit) {
    Output output = identified(unit);
    output.set("Name", unit.name);
    output.set("Path", unit.path);
    return output;
}

Output account_shape(const org::Member& member) {
    Output output = member_facts(member);
    Output paths = Output::list();
    paths.add(member.path);
    output.set("Paths", std::move(paths));
    set_joining(output, member);
    return output;
}

Output creation_shape(const store::AccountCreation& creation) {
    Output output;
    output.set("Id", creation.request_id);
    output.set("AccountName", creation.account_name);
    output.set("State", name_of(creation.state));
    output.set("RequestedTimestamp", creation.requested_at);
    if (creation.completed_at) output.set("CompletedTimestamp", *creation.completed_at);
    if (!creation.account_id.empty()) output.set("AccountId", creation.account_id);
    if (!creation.failure_reason.empty()) output.set("FailureReason", creation.failure_reason);
    return output;
}

Output child_shape(const org::Relative& child) {
    return party(child.id, child.is_account ? "ACCOUNT" : "ORGANIZATIONAL_UNIT");
}

Output parent_shape(const org::Relative& parent) {
    return party(parent.id, parent.is_root ? "ROOT" : "ORGANIZATIONAL_UNIT");
}

Output policy_summary_shape(const org::PolicySummary& summary) {
    Output output = identified(summary);
    output.set("Name", summary.name);
    output.set("Description", summary.description);
    output.set("Type", org::name_of(summary.type));
    output.set("AwsManaged", summary.of_aws);
    return output;
}

Output policy_shape(const org::Policy& policy) {
    Output output;
    output.set("PolicySummary", policy_summary_shape(policy.summary));
    output.set("Content", policy.content);
    return output;
}

Output policy_target_shape(const org::PolicyTarget& target) {
    Output output;
    output.set("TargetId", target.id);
    output.set("Arn", target.arn);
    output.set("Name", target.name);
    output.set("Type", name_of(target.kind));
    return output;
}

Output trusted_service_shape(const org::ServiceGrant& grant) {
    Output output;
    output.set("ServicePrincipal", grant.service_principal);
    output.set("DateEnabled", grant.enabled_at);
    return output;
}

Output delegated_service_shape(const org::ServiceGrant& grant) {
    Output output;
    output.set("ServicePrincipal", grant.service_principal);
    output.set("DelegationEnabledDate", grant.enabled_at);
    return output;
}

Output administrator_shape(const org::Administrator& administrator) {
    Output output = member_facts(administrator.member);
    set_joining(output, administrator.member);
    output.set("DelegationEnabledDate", administrator.enabled_at);
    return output;
}

Output resource_policy_shape(const org::ResourcePolicy& policy) {
    Output output;
    output.set("ResourcePolicySummary", identified(policy));
    output.set("Content", policy.content);
    return output;
}

Output handshake_shape(const org::Handshake& handshake) {
    Output output = identified(handshake);
    output.set("Parties", parties_of(handshake));
    output.set("State", name_of(handshake.state));
    output.set("RequestedTimestamp", handshake.requested_at);
    output.set("ExpirationTimestamp", handshake.expires_at);
    output.set("Action", name_of(handshake.action));
    output.set("Resources", resources_of(handshake));
    return output;
}

}  // namespace writ::api::organizations
