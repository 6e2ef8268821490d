#include "directory/principals/groups.h"

#include "directory/internal/arns.h"
#include "directory/internal/conflicts.h"
#include "directory/internal/counters.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/paging.h"
#include "directory/internal/principals/group_answers.h"
#include "directory/internal/renames.h"
#include "store/records.h"

namespace writ::directory {
namespace {

Result<store::Group> insert_group(AccountEdit& account, const NewGroup& group) {
    auto id = new_id(account, crypto::IdKind::group);
    if (!id) return std::unexpected(std::move(id.error()));
    store::Group record{.account_id = account.account_id,
                        .group_id = std::move(*id),
                        .name = group.name,
                        .name_folded = fold(group.name),
                        .path = group.path,
                        .created_at = account.environment.clock.now()};
    auto inserted = unless_taken(account.writes.insert(record), store::Group::by_name,
                                 entity_already_exists(OwnerKind::group, group.name));
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    return record;
}

Result<void> refuse_while_in_use(const AccountView& account, std::string_view group_id) {
    for (const auto refuse : {refuse_members, refuse_inline_policies, refuse_attached_policies}) {
        if (auto free = refuse(account, group_id); !free) return free;
    }
    return {};
}

}  // namespace

Group group_of(const AccountView& account, const store::Group& record) {
    return {.group_id = record.group_id,
            .name = record.name,
            .path = record.path,
            .arn = arn_of(account, record),
            .created_at = record.created_at};
}

Result<Group> create_group(AccountEdit& account, const NewGroup& group) {
    if (auto valid = check_path(group.path); !valid) return std::unexpected(std::move(valid.error()));
    const auto record = insert_group(account, group);
    if (!record) return std::unexpected(record.error());
    if (auto counted = count_one_more(account, counter::groups, Quota::groups_per_account); !counted) {
        return std::unexpected(std::move(counted.error()));
    }
    return group_of(account, *record);
}

Result<Group> find_group(const AccountView& account, std::string_view name) {
    const auto record = group_by_name(account, name);
    if (!record) return std::unexpected(record.error());
    return group_of(account, *record);
}

Result<Group> update_group(AccountEdit& account, std::string_view name, const GroupChange& change) {
    if (change.path) {
        if (auto valid = check_path(*change.path); !valid) return std::unexpected(std::move(valid.error()));
    }
    auto record = group_by_name(account, name);
    if (!record) return std::unexpected(std::move(record.error()));
    if (change.path) record->path = *change.path;
    if (change.name) {
        record->name = *change.name;
        record->name_folded = fold(*change.name);
    }
    auto updated = unless_taken(account.writes.update(*record), store::Group::by_name,
                                entity_already_exists(OwnerKind::group, record->name));
    if (!updated) return std::unexpected(std::move(updated.error()));
    if (change.name) {
        auto followed = rename_attachments(account, record->group_id, record->name_folded);
        if (!followed) return std::unexpected(std::move(followed.error()));
    }
    return group_of(account, *record);
}

Result<void> delete_group(AccountEdit& account, std::string_view name) {
    const auto record = group_by_name(account, name);
    if (!record) return std::unexpected(record.error());
    if (auto free = refuse_while_in_use(account, record->group_id); !free) return free;
    if (auto erased = account.writes.erase(*record); !erased) {
        return std::unexpected(to_error(erased.error()));
    }
    return count_one_less(account, counter::groups);
}

Result<Page<Group>> list_groups(const AccountView& account, std::string_view path_prefix,
                                const PageRequest& page) {
    const IndexedList<store::Group, Group> groups{
        .index = store::Group::by_name,
        .equal = {account.account_id},
        .order = &store::Group::name_folded,
        .keep = in_path(path_prefix),
        .convert = [&](const store::Group& record) { return group_of(account, record); }};
    return page_of(account, {.operation = "ListGroups", .filter = std::string(path_prefix)}, page, groups);
}

}  // namespace writ::directory
