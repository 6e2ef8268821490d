#include "directory/organizations/units.h"

#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/ids.h"
#include "directory/internal/organizations/node_tags.h"
#include "directory/internal/organizations/paths.h"
#include "directory/internal/organizations/records.h"
#include "directory/internal/paging.h"

namespace writ::directory::organizations {
namespace {

Result<OrganizationalUnit> to_unit(const AccountView& account, const store::Organization& organization,
                                   const store::OrganizationalUnit& record) {
    const auto path = path_to(account, organization,
                              {record.unit_id, store::PolicyTargetKind::unit, record.name, record.parent_id});
    if (!path) return std::unexpected(path.error());
    return OrganizationalUnit{.id = record.unit_id,
                              .arn = node_arn(place_of(account, organization), record.unit_id),
                              .name = record.name,
                              .path = path_text(organization, *path)};
}

Result<store::OrganizationalUnit> existing_unit(const AccountView& account,
                                                const store::Organization& organization,
                                                std::string_view id) {
    auto unit = find_unit(account, organization, id);
    if (!unit) return std::unexpected(std::move(unit.error()));
    if (!*unit) return refuse(fault::no_unit);
    return std::move(**unit);
}

/// A root or unit.
Result<Node> existing_parent(const AccountView& account, const store::Organization& organization,
                             std::string_view id) {
    auto node = find_node(account, organization, id);
    if (!node) return std::unexpected(std::move(node.error()));
    if (!*node || (*node)->kind == store::PolicyTargetKind::account) return refuse(fault::no_parent);
    return std::move(**node);
}

/// Room for one more unit below `parent`: the depth, then the number in the organization.
Result<void> check_room(const AccountView& account, const store::Organization& organization,
                        const Node& parent) {
    const Quotas& quotas = account.environment.quotas;
    const auto above = path_to(account, organization, parent);
    if (!above) return std::unexpected(above.error());
    if (static_cast<std::int64_t>(above->size()) > quotas[Quota::unit_depth]) {  // The root counts as none.
        return violates("OU_DEPTH_LIMIT_EXCEEDED");
    }
    const auto units = account.records.count<store::OrganizationalUnit>(
        store::OrganizationalUnit::by_id, {.equal = {organization.organization_id}});
    if (!units) return std::unexpected(to_error(units.error()));
    if (static_cast<std::int64_t>(*units) >= quotas[Quota::units_per_organization]) {
        return violates("OU_NUMBER_LIMIT_EXCEEDED");
    }
    return {};
}

template <class Record>
Result<bool> has_children(const AccountView& account, const store::Index& index,
                          const store::OrganizationalUnit& unit) {
    const auto count =
        account.records.count<Record>(index, {.equal = {unit.organization_id, unit.unit_id}, .rows_max = 1});
    if (!count) return std::unexpected(to_error(count.error()));
    return *count > 0;
}

Result<void> check_empty(const AccountView& account, const store::OrganizationalUnit& unit) {
    const auto units =
        has_children<store::OrganizationalUnit>(account, store::OrganizationalUnit::by_parent, unit);
    if (!units) return std::unexpected(units.error());
    const auto members =
        has_children<store::OrganizationMember>(account, store::OrganizationMember::by_parent, unit);
    if (!members) return std::unexpected(members.error());
    if (*units || *members) return refuse(fault::unit_not_empty);
    return {};
}

}  // namespace

Result<OrganizationalUnit> create_unit(AccountEdit& account, std::string_view parent_id,
                                       std::string_view name, const std::vector<Tag>& tags) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto parent = existing_parent(account, *organization, parent_id);
    if (!parent) return std::unexpected(parent.error());
    if (auto room = check_room(account, *organization, *parent); !room) return std::unexpected(room.error());
    const store::OrganizationalUnit record{
        .organization_id = organization->organization_id,
        .unit_id = new_unit_id(organization->root_id, account.environment.random),
        .parent_id = parent->id,
        .name = std::string(name),
        .name_folded = fold(name),
        .created_at = account.environment.clock.now()};
    auto inserted = unless_taken(account.writes.insert(record), store::OrganizationalUnit::by_parent,
                                 error_of(fault::duplicate_unit));
    if (inserted) inserted = attach_full_access(account, *organization, record.unit_id);
    if (inserted) inserted = put_resource_tags(account, *organization, record.unit_id, tags);
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    return to_unit(account, *organization, record);
}

Result<OrganizationalUnit> get_unit(const AccountView& account, std::string_view id) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto record = existing_unit(account, *organization, id);
    if (!record) return std::unexpected(record.error());
    return to_unit(account, *organization, *record);
}

Result<OrganizationalUnit> rename_unit(AccountEdit& account, std::string_view id, std::string_view name) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    auto record = existing_unit(account, *organization, id);
    if (!record) return std::unexpected(record.error());
    record->name = name;
    record->name_folded = fold(name);
    auto renamed = unless_taken(account.writes.update(*record), store::OrganizationalUnit::by_parent,
                                error_of(fault::duplicate_unit));
    if (!renamed) return std::unexpected(std::move(renamed.error()));
    return to_unit(account, *organization, *record);
}

Result<void> delete_unit(AccountEdit& account, std::string_view id) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto record = existing_unit(account, *organization, id);
    if (!record) return std::unexpected(record.error());
    if (auto empty = check_empty(account, *record); !empty) return empty;
    if (auto erased = erase_attachments(account, *organization, id); !erased) return erased;
    if (auto erased = erase_resource_tags(account, *organization, id); !erased) return erased;
    return result_of(account.writes.erase(*record));
}

Result<Page<OrganizationalUnit>> list_units(const AccountView& account, std::string_view parent_id,
                                            const PageRequest& page) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto parent = existing_parent(account, *organization, parent_id);
    if (!parent) return std::unexpected(parent.error());
    auto records = account.records.list<store::OrganizationalUnit>(
        store::OrganizationalUnit::by_parent, {.equal = {organization->organization_id, parent->id}});
    if (!records) return std::unexpected(to_error(records.error()));
    auto paged =
        page_of(account, {.operation = "ListOrganizationalUnitsForParent", .filter = parent->id}, page,
                std::move(*records), [](const store::OrganizationalUnit& unit) { return unit.unit_id; });
    if (!paged) return std::unexpected(std::move(paged.error()));
    Page<OrganizationalUnit> units{.items = {}, .marker = std::move(paged->marker)};
    for (const store::OrganizationalUnit& record : paged->items) {
        auto unit = to_unit(account, *organization, record);
        if (!unit) return std::unexpected(std::move(unit.error()));
        units.items.push_back(std::move(*unit));
    }
    return units;
}

}  // namespace writ::directory::organizations
