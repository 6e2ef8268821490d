#include "directory/internal/organizations/records.h"

#include <algorithm>
#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/aws_policies.h"
#include "directory/internal/organizations/faults.h"

namespace writ::directory::organizations {
namespace {

using store::OrganizationPolicyType;
using store::PolicyTargetKind;

Node to_node(const store::OrganizationalUnit& unit) {
    return {unit.unit_id, PolicyTargetKind::unit, unit.name, unit.parent_id};
}

Result<std::optional<Node>> find_account_node(const AccountView& account,
                                              const store::Organization& organization, std::string_view id) {
    const auto member = find_member(account, organization, id);
    if (!member) return std::unexpected(member.error());
    if (!*member) return std::nullopt;
    const auto record = find_account(account, id);
    if (!record) return std::unexpected(record.error());
    const auto name = *record ? (*record)->name : std::nullopt;
    return Node{std::string(id), PolicyTargetKind::account, name.value_or(std::string(id)),
                (*member)->parent_id};
}

}  // namespace

Result<std::optional<store::Organization>> find_organization_of(const AccountView& account,
                                                                std::string_view account_id) {
    const auto member =
        account.records.find<store::OrganizationMember>(store::OrganizationMember::by_account, {account_id});
    if (!member) return std::unexpected(to_error(member.error()));
    if (!*member) return std::nullopt;
    auto organization = organization_of(account, **member);
    if (!organization) return std::unexpected(std::move(organization.error()));
    return std::move(*organization);
}

Result<store::Organization> organization_of(const AccountView& account,
                                            const store::OrganizationMember& member) {
    auto record = result_of(
        account.records.find<store::Organization>(store::Organization::by_id, {member.organization_id}));
    if (!record) return std::unexpected(std::move(record.error()));
    if (!*record) return corrupt("the organization of an account does not exist");
    return std::move(**record);
}

Result<store::Organization> own_organization(const AccountView& account) {
    auto organization = find_organization_of(account, account.account_id);
    if (!organization) return std::unexpected(std::move(organization.error()));
    if (!*organization) return refuse(fault::not_in_use);
    return std::move(**organization);
}

Result<std::optional<store::OrganizationalUnit>> find_unit(const AccountView& account,
                                                           const store::Organization& organization,
                                                           std::string_view id) {
    return result_of(account.records.find<store::OrganizationalUnit>(store::OrganizationalUnit::by_id,
                                                                     {organization.organization_id, id}));
}

Result<std::optional<store::OrganizationMember>> find_member(const AccountView& account,
                                                             const store::Organization& organization,
                                                             std::string_view account_id) {
    auto member = result_of(
        account.records.find<store::OrganizationMember>(store::OrganizationMember::by_account, {account_id}));
    if (member && *member && (*member)->organization_id != organization.organization_id) return std::nullopt;
    return member;
}

Result<std::optional<store::Account>> find_account(const AccountView& account, std::string_view account_id) {
    return result_of(account.records.find<store::Account>(store::Account::by_id, {account_id}));
}

Result<std::optional<Node>> find_node(const AccountView& account, const store::Organization& organization,
                                      std::string_view id) {
    switch (kind_of_node(id)) {
        case PolicyTargetKind::root:
            if (id != organization.root_id) return std::nullopt;
            return Node{std::string(id), PolicyTargetKind::root, "Root", {}};
        case PolicyTargetKind::unit: {
            const auto unit = find_unit(account, organization, id);
            if (!unit) return std::unexpected(unit.error());
            if (!*unit) return std::nullopt;
            return to_node(**unit);
        }
        case PolicyTargetKind::account:
            return find_account_node(account, organization, id);
    }
    return std::nullopt;
}

Result<std::vector<Node>> path_to(const AccountView& account, const store::Organization& organization,
                                  Node node) {
    std::vector<Node> path{std::move(node)};
    while (!path.back().parent_id.empty()) {
        auto parent = find_node(account, organization, path.back().parent_id);
        if (!parent) return std::unexpected(std::move(parent.error()));
        if (!*parent) return corrupt("a parent in an organization does not exist");
        path.push_back(std::move(**parent));
    }
    std::ranges::reverse(path);
    return path;
}

Result<std::vector<OrganizationPolicyType>> enabled_types(const AccountView& account,
                                                          const store::Organization& organization) {
    const auto rows = account.records.list<store::EnabledPolicyType>(
        store::EnabledPolicyType::by_type, {.equal = {organization.organization_id}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    std::vector<OrganizationPolicyType> types;
    for (const store::EnabledPolicyType& row : *rows) types.push_back(row.type);
    return types;
}

Result<bool> is_enabled(const AccountView& account, const store::Organization& organization,
                        OrganizationPolicyType type) {
    const auto types = enabled_types(account, organization);
    if (!types) return std::unexpected(types.error());
    return std::ranges::find(*types, type) != types->end();
}

Result<bool> is_trusted(const AccountView& account, const store::Organization& organization,
                        std::string_view service_principal) {
    const auto row = account.records.find<store::TrustedService>(
        store::TrustedService::by_principal, {organization.organization_id, service_principal});
    if (!row) return std::unexpected(to_error(row.error()));
    return row->has_value();
}

Result<bool> administers(const AccountView& account, const store::Organization& organization,
                         std::string_view account_id, std::string_view service_principal) {
    const auto row = account.records.find<store::DelegatedAdministrator>(
        store::DelegatedAdministrator::by_account,
        {organization.organization_id, account_id, service_principal});
    if (!row) return std::unexpected(to_error(row.error()));
    return row->has_value();
}

Result<void> attach_full_access(AccountEdit& account, const store::Organization& organization,
                                std::string_view node_id) {
    const auto types = enabled_types(account, organization);
    if (!types) return std::unexpected(types.error());
    for (const OrganizationPolicyType type : *types) {
        const store::OrganizationAttachment row{.organization_id = organization.organization_id,
                                                .target_id = std::string(node_id),
                                                .type = type,
                                                .policy_id = std::string(full_access(type).id),
                                                .target_kind = kind_of_node(node_id)};
        if (auto written = result_of(account.writes.insert(row)); !written) return written;
    }
    return {};
}

Result<void> erase_attachments(AccountEdit& account, const store::Organization& organization,
                               std::string_view node_id) {
    const auto rows = account.records.list<store::OrganizationAttachment>(
        store::OrganizationAttachment::by_target, {.equal = {organization.organization_id, node_id}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    for (const store::OrganizationAttachment& row : *rows) {
        if (auto erased = result_of(account.writes.erase(row)); !erased) return erased;
    }
    return {};
}

}  // namespace writ::directory::organizations
