// Who is in which group.
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/paging.h"
#include "directory/internal/principals/group_answers.h"
#include "directory/internal/principals/user_answers.h"
#include "directory/principals/groups.h"
#include "store/records.h"

namespace writ::directory {
namespace {

/// The row that a membership points at; the store keeps it from going first.
template <class Record>
Result<Record> pointed_at(const AccountView& account, std::string_view id) {
    auto found = account.records.find<Record>(Record::by_id, {account.account_id, id});
    if (!found) return std::unexpected(to_error(found.error()));
    if (!*found) {
        return std::unexpected(to_error({store::FailureKind::corrupt, {}, "a membership points nowhere"}));
    }
    return std::move(**found);
}

Result<Page<User>> list_members(const AccountView& account, const std::string& group_id,
                                const PageRequest& page) {
    const IndexedList<store::Membership, User> members{
        .index = store::Membership::by_group,
        .equal = {account.account_id, group_id},
        .order = &store::Membership::user_name_folded,
        .keep = all_rows,
        .convert = [&](const store::Membership& membership) -> Result<User> {
            const auto user = pointed_at<store::User>(account, membership.user_id);
            if (!user) return std::unexpected(user.error());
            return listed_user(account, *user);
        }};
    return page_of(account, {.operation = "GetGroup", .filter = group_id}, page, members);
}

Result<std::vector<store::Membership>> memberships_of(const AccountView& account, std::string_view user_id) {
    return result_of(account.records.list<store::Membership>(store::Membership::by_user,
                                                             {.equal = {account.account_id, user_id}}));
}

Result<store::Membership> membership(const AccountView& account, std::string_view group_name,
                                     std::string_view user_name) {
    auto group = group_by_name(account, group_name);
    if (!group) return std::unexpected(std::move(group.error()));
    auto user = user_by_name(account, user_name);
    if (!user) return std::unexpected(std::move(user.error()));
    return store::Membership{.account_id = account.account_id,
                             .group_id = std::move(group->group_id),
                             .user_id = std::move(user->user_id),
                             .user_name_folded = std::move(user->name_folded)};
}

}  // namespace

Result<GroupWithMembers> get_group(const AccountView& account, std::string_view name,
                                   const PageRequest& page) {
    auto group = find_group(account, name);
    if (!group) return std::unexpected(std::move(group.error()));
    auto members = list_members(account, group->group_id, page);
    if (!members) return std::unexpected(std::move(members.error()));
    return GroupWithMembers{.group = std::move(*group), .members = std::move(*members)};
}

Result<Page<Group>> list_groups_for_user(const AccountView& account, std::string_view user_name,
                                         const PageRequest& page) {
    const auto user = user_by_name(account, user_name);
    if (!user) return std::unexpected(user.error());
    const auto memberships = memberships_of(account, user->user_id);
    if (!memberships) return std::unexpected(memberships.error());
    std::vector<Group> groups;
    for (const store::Membership& row : *memberships) {
        const auto record = pointed_at<store::Group>(account, row.group_id);
        if (!record) return std::unexpected(record.error());
        groups.push_back(group_of(account, *record));
    }
    return page_of(account, {.operation = "ListGroupsForUser", .filter = user->user_id}, page,
                   std::move(groups), [](const Group& group) { return fold(group.name); });
}

Result<void> add_user_to_group(AccountEdit& account, std::string_view group_name,
                               std::string_view user_name) {
    const auto row = membership(account, group_name, user_name);
    if (!row) return std::unexpected(row.error());
    if (auto inserted = account.writes.insert(*row); !inserted) {
        if (inserted.error().kind == store::FailureKind::duplicate) return {};
        return std::unexpected(to_error(inserted.error()));
    }
    const auto memberships = memberships_of(account, row->user_id);
    if (!memberships) return std::unexpected(memberships.error());
    return within(account.environment.quotas, Quota::groups_per_user,
                  static_cast<std::int64_t>(memberships->size()));
}

Result<void> remove_user_from_group(AccountEdit& account, std::string_view group_name,
                                    std::string_view user_name) {
    const auto row = membership(account, group_name, user_name);
    if (!row) return std::unexpected(row.error());
    const auto erased = account.writes.erase(*row);
    if (erased || erased.error().kind == store::FailureKind::not_found) return {};
    return std::unexpected(to_error(erased.error()));
}

}  // namespace writ::directory
