#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/aws_policies.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/records.h"
#include "directory/organizations/organization.h"

namespace writ::directory::organizations {
namespace {

using Type = store::OrganizationPolicyType;

Result<store::Organization> organization_of_root(const AccountView& account, std::string_view root_id) {
    auto record = own_organization(account);
    if (record && record->root_id != root_id) return refuse(fault::no_root);
    return record;
}

/// The root, every unit and every account.
Result<std::vector<std::string>> all_nodes(const AccountView& account, const store::Organization& record) {
    std::vector<std::string> nodes{record.root_id};
    const auto units = account.records.list<store::OrganizationalUnit>(store::OrganizationalUnit::by_id,
                                                                       {.equal = {record.organization_id}});
    if (!units) return std::unexpected(to_error(units.error()));
    for (const store::OrganizationalUnit& unit : *units) nodes.push_back(unit.unit_id);
    const auto members = account.records.list<store::OrganizationMember>(
        store::OrganizationMember::by_organization, {.equal = {record.organization_id}});
    if (!members) return std::unexpected(to_error(members.error()));
    for (const store::OrganizationMember& member : *members) nodes.push_back(member.account_id);
    return nodes;
}

Result<void> attach_to_all(AccountEdit& account, const store::Organization& record, Type type) {
    const auto nodes = all_nodes(account, record);
    if (!nodes) return std::unexpected(nodes.error());
    for (const std::string& node : *nodes) {
        const store::OrganizationAttachment row{.organization_id = record.organization_id,
                                                .target_id = node,
                                                .type = type,
                                                .policy_id = std::string(full_access(type).id),
                                                .target_kind = kind_of_node(node)};
        if (auto written = result_of(account.writes.insert(row)); !written) return written;
    }
    return {};
}

Result<void> detach_from_all(AccountEdit& account, const store::Organization& record, Type type) {
    const auto rows = account.records.list<store::OrganizationAttachment>(
        store::OrganizationAttachment::by_type, {.equal = {record.organization_id, type}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    for (const store::OrganizationAttachment& row : *rows) {
        if (auto erased = result_of(account.writes.erase(row)); !erased) return erased;
    }
    return {};
}

}  // namespace

Result<Root> enable_policy_type(AccountEdit& account, std::string_view root_id, KnownPolicyType known) {
    const auto record = organization_of_root(account, root_id);
    if (!record) return std::unexpected(record.error());
    if (!known) return refuse(fault::type_not_here);
    const Type type = *known;
    if (record->feature_set != store::FeatureSet::all) return refuse(fault::type_not_available);
    const store::EnabledPolicyType row{.organization_id = record->organization_id, .type = type};
    auto enabled = unless_taken(account.writes.insert(row), store::EnabledPolicyType::by_type,
                                error_of(fault::type_already_enabled));
    if (!enabled) return std::unexpected(std::move(enabled.error()));
    if (auto attached = attach_to_all(account, *record, type); !attached) {
        return std::unexpected(std::move(attached.error()));
    }
    return get_root(account);
}

Result<Root> disable_policy_type(AccountEdit& account, std::string_view root_id, KnownPolicyType known) {
    const auto record = organization_of_root(account, root_id);
    if (!record) return std::unexpected(record.error());
    if (!known) return refuse(fault::type_not_enabled);
    const Type type = *known;
    const auto enabled = is_enabled(account, *record, type);
    if (!enabled) return std::unexpected(enabled.error());
    if (!*enabled) return refuse(fault::type_not_enabled);
    if (auto detached = detach_from_all(account, *record, type); !detached) {
        return std::unexpected(std::move(detached.error()));
    }
    const store::EnabledPolicyType row{.organization_id = record->organization_id, .type = type};
    if (auto erased = result_of(account.writes.erase(row)); !erased) return std::unexpected(erased.error());
    return get_root(account);
}

}  // namespace writ::directory::organizations
