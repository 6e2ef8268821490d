#include "directory/principals/users.h"

#include "directory/internal/conflicts.h"
#include "directory/internal/counters.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/paging.h"
#include "directory/internal/principals/boundaries.h"
#include "directory/internal/principals/user_answers.h"
#include "directory/internal/renames.h"
#include "directory/internal/reports/recorded_uses.h"
#include "directory/internal/reports/service_uses.h"
#include "directory/internal/tagging.h"
#include "store/records.h"

namespace writ::directory {
namespace {

Result<store::User> insert_user(AccountEdit& account, const NewUser& user) {
    auto id = new_id(account, crypto::IdKind::user);
    if (!id) return std::unexpected(std::move(id.error()));
    store::User record{.account_id = account.account_id,
                       .user_id = std::move(*id),
                       .name = user.name,
                       .name_folded = fold(user.name),
                       .path = user.path,
                       .created_at = account.environment.clock.now()};
    auto inserted = unless_taken(account.writes.insert(record), store::User::by_name,
                                 entity_already_exists(OwnerKind::user, user.name));
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    return record;
}

/// The first condition of spec 8.3 that stands in the way.
Result<void> refuse_while_in_use(const AccountView& account, std::string_view user_id) {
    for (const auto refuse : {refuse_login_profile, refuse_access_keys, refuse_signing_certificates,
                              refuse_mfa_devices, refuse_inline_policies, refuse_attached_policies,
                              refuse_groups, refuse_ssh_public_keys, refuse_service_credentials}) {
        if (auto free = refuse(account, user_id); !free) return free;
    }
    return {};
}

/// Tags and the boundary have no life of their own.
Result<void> erase_belongings(AccountEdit& account, std::string_view user_id) {
    if (auto erased = erase_tags(account, user_id); !erased) return erased;
    if (auto erased = erase_service_uses(account, user_id); !erased) return erased;
    if (auto erased = erase_recorded_uses(account, user_id); !erased) return erased;
    if (auto removed = remove_boundary(account, user_id); !removed) {
        return std::unexpected(std::move(removed.error()));
    }
    return {};
}

Result<void> follow_rename(AccountEdit& account, const store::User& user) {
    if (auto renamed = rename_memberships(account, user.user_id, user.name_folded); !renamed) return renamed;
    return rename_attachments(account, user.user_id, user.name_folded);
}

}  // namespace

Result<User> create_user(AccountEdit& account, const NewUser& user) {
    if (auto valid = check_path(user.path); !valid) return std::unexpected(std::move(valid.error()));
    const auto record = insert_user(account, user);
    if (!record) return std::unexpected(record.error());
    if (auto counted = count_one_more(account, counter::users, Quota::users_per_account); !counted) {
        return std::unexpected(std::move(counted.error()));
    }
    const TaggedId tagged{.kind = TaggedKind::user, .id = record->user_id};
    if (auto put = put_tags(account, tagged, user.tags); !put) return std::unexpected(std::move(put.error()));
    if (user.boundary_arn) {
        auto set = set_boundary(account, owner_of(*record), *user.boundary_arn);
        if (!set) return std::unexpected(std::move(set.error()));
    }
    return whole_user(account, *record);
}

Result<User> get_user(const AccountView& account, std::string_view name) {
    const auto record = user_by_name(account, name);
    if (!record) return std::unexpected(record.error());
    return whole_user(account, *record);
}

Result<User> get_user_by_id(const AccountView& account, std::string_view user_id) {
    const auto found = account.records.find<store::User>(store::User::by_id, {account.account_id, user_id});
    if (!found) return std::unexpected(to_error(found.error()));
    if (!*found) return std::unexpected(no_such_entity(OwnerKind::user, user_id));
    return whole_user(account, **found);
}

Result<User> update_user(AccountEdit& account, std::string_view name, const UserChange& change) {
    if (change.path) {
        if (auto valid = check_path(*change.path); !valid) return std::unexpected(std::move(valid.error()));
    }
    auto record = user_by_name(account, name);
    if (!record) return std::unexpected(std::move(record.error()));
    if (change.path) record->path = *change.path;
    if (change.name) {
        record->name = *change.name;
        record->name_folded = fold(*change.name);
    }
    auto updated = unless_taken(account.writes.update(*record), store::User::by_name,
                                entity_already_exists(OwnerKind::user, record->name));
    if (!updated) return std::unexpected(std::move(updated.error()));
    if (change.name) {
        auto followed = follow_rename(account, *record);
        if (!followed) return std::unexpected(std::move(followed.error()));
    }
    return whole_user(account, *record);
}

Result<void> delete_user(AccountEdit& account, std::string_view name) {
    const auto record = user_by_name(account, name);
    if (!record) return std::unexpected(record.error());
    if (auto free = refuse_while_in_use(account, record->user_id); !free) return free;
    if (auto erased = erase_belongings(account, record->user_id); !erased) return erased;
    if (auto erased = account.writes.erase(*record); !erased) {
        return std::unexpected(to_error(erased.error()));
    }
    return count_one_less(account, counter::users);
}

Result<Page<User>> list_users(const AccountView& account, std::string_view path_prefix,
                              const PageRequest& page) {
    const IndexedList<store::User, User> users{
        .index = store::User::by_name,
        .equal = {account.account_id},
        .order = &store::User::name_folded,
        .keep = in_path(path_prefix),
        .convert = [&](const store::User& record) { return listed_user(account, record); }};
    return page_of(account, {.operation = "ListUsers", .filter = std::string(path_prefix)}, page, users);
}

}  // namespace writ::directory
