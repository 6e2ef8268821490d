#include "directory/organizations/members.h"

#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/paths.h"
#include "directory/internal/organizations/records.h"
#include "directory/internal/paging.h"

namespace writ::directory::organizations {
namespace {

using store::PolicyTargetKind;

Result<Member> to_member(const AccountView& account, const store::Organization& organization,
                         const store::OrganizationMember& row) {
    const auto record = find_account(account, row.account_id);
    if (!record) return std::unexpected(record.error());
    const store::Account facts = record->value_or(store::Account{});
    const auto path =
        path_to(account, organization, {row.account_id, PolicyTargetKind::account, {}, row.parent_id});
    if (!path) return std::unexpected(path.error());
    return Member{.id = row.account_id,
                  .arn = node_arn(place_of(account, organization), row.account_id),
                  .name = facts.name.value_or(row.account_id),
                  .email = facts.email,
                  .closed = facts.closed_at.has_value(),
                  .path = path_text(organization, *path),
                  .joined_method = row.joined_method,
                  .joined_at = row.joined_at};
}

Result<Node> existing_parent(const AccountView& account, const store::Organization& organization,
                             std::string_view id, const Fault& missing) {
    auto node = find_node(account, organization, id);
    if (!node) return std::unexpected(std::move(node.error()));
    if (!*node || (*node)->kind == PolicyTargetKind::account) return refuse(missing);
    return std::move(**node);
}

Result<Page<Member>> list_by(const AccountView& account, const store::Organization& organization,
                             const Listing& listing, const store::Index& index,
                             std::vector<store::Bind> equal, const PageRequest& page) {
    return page_of<store::OrganizationMember, Member>(account, listing, page,
                                                      {.index = index,
                                                       .equal = std::move(equal),
                                                       .order = &store::OrganizationMember::account_id,
                                                       .keep = all_rows,
                                                       .convert = [&](const store::OrganizationMember& row) {
                                                           return to_member(account, organization, row);
                                                       }});
}

}  // namespace

Result<Member> get_member(const AccountView& account, std::string_view account_id) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto member = find_member(account, *organization, account_id);
    if (!member) return std::unexpected(member.error());
    if (!*member) return refuse(fault::no_account);
    return to_member(account, *organization, **member);
}

Result<Page<Member>> list_members(const AccountView& account, const PageRequest& page) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    return list_by(account, *organization, {.operation = "ListAccounts"},
                   store::OrganizationMember::by_organization, {organization->organization_id}, page);
}

Result<Page<Member>> list_members_of(const AccountView& account, std::string_view parent_id,
                                     const PageRequest& page) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto parent = existing_parent(account, *organization, parent_id, fault::no_parent);
    if (!parent) return std::unexpected(parent.error());
    return list_by(account, *organization, {.operation = "ListAccountsForParent", .filter = parent->id},
                   store::OrganizationMember::by_parent, {organization->organization_id, parent->id}, page);
}

Result<Page<Relative>> list_children(const AccountView& account, std::string_view parent_id, bool accounts,
                                     const PageRequest& page) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto parent = existing_parent(account, *organization, parent_id, fault::no_parent);
    if (!parent) return std::unexpected(parent.error());
    const std::vector<store::Bind> equal{organization->organization_id, parent->id};
    std::vector<Relative> children;
    if (accounts) {
        const auto rows = account.records.list<store::OrganizationMember>(
            store::OrganizationMember::by_parent, {.equal = equal});
        if (!rows) return std::unexpected(to_error(rows.error()));
        for (const auto& row : *rows) children.push_back({.id = row.account_id, .is_account = true});
    } else {
        const auto rows = account.records.list<store::OrganizationalUnit>(
            store::OrganizationalUnit::by_parent, {.equal = equal});
        if (!rows) return std::unexpected(to_error(rows.error()));
        for (const auto& row : *rows) children.push_back({.id = row.unit_id});
    }
    const std::string filter = parent->id + (accounts ? " accounts" : " units");
    return page_of(account, {.operation = "ListChildren", .filter = filter}, page, std::move(children),
                   [](const Relative& child) { return child.id; });
}

Result<Page<Relative>> list_parents(const AccountView& account, std::string_view child_id,
                                    const PageRequest& page) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto child = find_node(account, *organization, child_id);
    if (!child) return std::unexpected(child.error());
    if (!*child || (*child)->kind == PolicyTargetKind::root) return refuse(fault::no_child);
    const std::string& parent_id = (*child)->parent_id;
    const Relative parent{.id = parent_id, .is_root = kind_of_node(parent_id) == PolicyTargetKind::root};
    return page_of(account, {.operation = "ListParents", .filter = std::string(child_id)}, page,
                   std::vector{parent}, [](const Relative& item) { return item.id; });
}

Result<void> move_account(AccountEdit& account, std::string_view account_id, std::string_view source_id,
                          std::string_view destination_id) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    auto member = find_member(account, *organization, account_id);
    if (!member) return std::unexpected(member.error());
    if (!*member) return refuse(fault::no_account);
    const auto source = existing_parent(account, *organization, source_id, fault::no_source_parent);
    if (!source) return std::unexpected(source.error());
    const auto destination =
        existing_parent(account, *organization, destination_id, fault::no_destination_parent);
    if (!destination) return std::unexpected(destination.error());
    if ((*member)->parent_id == destination->id) return refuse(fault::duplicate_account);
    if ((*member)->parent_id != source->id) return refuse(fault::no_source_parent);
    (*member)->parent_id = destination->id;
    return result_of(account.writes.update(**member));
}

}  // namespace writ::directory::organizations
