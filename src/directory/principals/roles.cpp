#include "directory/principals/roles.h"

#include <utility>

#include "directory/internal/conflicts.h"
#include "directory/internal/counters.h"
#include "directory/internal/documents.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/paging.h"
#include "directory/internal/principals/boundaries.h"
#include "directory/internal/principals/protected_roles.h"
#include "directory/internal/principals/role_answers.h"
#include "directory/internal/principals/role_erasure.h"
#include "directory/internal/principals/trust.h"
#include "directory/internal/tagging.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr std::int64_t session_s_min = 3600;
constexpr std::int64_t session_s_max = 43200;

/// Spec B6. Below the minimum clients refuse by themselves; whoever gets here reads one code for both ends.
Result<void> check_max_session(std::optional<std::int64_t> seconds) {
    if (!seconds || (*seconds >= session_s_min && *seconds <= session_s_max)) return {};
    const bool below = *seconds < session_s_min;
    return fail("ValidationError", 400,
                "1 validation error detected: Value '" + std::to_string(*seconds) +
                    "' at 'maxSessionDuration' failed to satisfy constraint: Member must have value " +
                    (below ? "greater than or equal to 3600" : "less than or equal to 43200"));
}

/// The paths of roles that only AWS makes.
Result<void> check_role_path(std::string_view path) {
    if (auto good = check_path(path); !good) return good;
    if (!is_protected_path(path)) return {};
    return fail("InvalidInput", 400, "The path " + std::string(path) + " is reserved for AWS.");  // [I]
}

/// A trust policy as it is stored: valid, small enough, with ids in place of ARNs (spec P3).
Result<std::string> to_stored_trust(const AccountView& account, std::string_view text) {
    const auto checked = check_trust_document(account.environment, text);
    if (!checked) return std::unexpected(checked.error());
    return with_unique_ids(account.records, account.environment, *checked->document);
}

Result<store::Role> make_record(const AccountView& account, const NewRole& role) {
    auto trust = to_stored_trust(account, role.trust_document);
    if (!trust) return std::unexpected(std::move(trust.error()));
    auto id = new_id(account, crypto::IdKind::role);
    if (!id) return std::unexpected(std::move(id.error()));
    return store::Role{.account_id = account.account_id,
                       .role_id = std::move(*id),
                       .name = role.name,
                       .name_folded = fold(role.name),
                       .path = role.path,
                       .description = role.description,
                       .trust_document = std::move(*trust),
                       .max_session_s = role.max_session_s.value_or(session_s_min),
                       .created_at = account.environment.clock.now()};
}

Result<store::Role> modifiable_role(const AccountView& account, std::string_view name) {
    auto record = role_by_name(account, name);
    if (!record) return record;
    if (auto modifiable = check_modifiable(owner_of(*record)); !modifiable) {
        return std::unexpected(std::move(modifiable.error()));
    }
    return record;
}

Result<void> check_deletable(const AccountView& account, const store::Role& record) {
    for (const auto refuse : {refuse_instance_profiles, refuse_attached_policies, refuse_inline_policies}) {
        if (auto free = refuse(account, record.role_id); !free) return free;
    }
    return {};
}

}  // namespace

Result<Role> create_role(AccountEdit& account, const NewRole& role) {
    if (auto good = check_role_path(role.path); !good) return std::unexpected(std::move(good.error()));
    if (auto good = check_max_session(role.max_session_s); !good) {
        return std::unexpected(std::move(good.error()));
    }
    const auto record = make_record(account, role);
    if (!record) return std::unexpected(record.error());
    auto inserted = unless_taken(account.writes.insert(*record), store::Role::by_name,
                                 entity_already_exists(OwnerKind::role, role.name));
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    if (auto counted = count_one_more(account, counter::roles, Quota::roles_per_account); !counted) {
        return std::unexpected(std::move(counted.error()));
    }
    if (role.boundary_arn) {
        auto set = set_boundary(account, owner_of(*record), *role.boundary_arn);
        if (!set) return std::unexpected(std::move(set.error()));
    }
    if (auto tagged = put_tags(account, {TaggedKind::role, record->role_id}, role.tags); !tagged) {
        return std::unexpected(std::move(tagged.error()));
    }
    return whole_role(account, *record);
}

Result<Role> get_role(const AccountView& account, std::string_view name) {
    const auto record = role_by_name(account, name);
    if (!record) return std::unexpected(record.error());
    return whole_role_with_use(account, *record);
}

Result<Page<Role>> list_roles(const AccountView& account, std::string_view path_prefix,
                              const PageRequest& page) {
    const Listing listing{.operation = "ListRoles", .filter = std::string(path_prefix)};
    return page_of<store::Role, Role>(
        account, listing, page,
        {.index = store::Role::by_name,
         .equal = {account.account_id},
         .order = &store::Role::name_folded,
         .keep = in_path(path_prefix),
         .convert = [&](const store::Role& record) { return listed_role(account, record); }});
}

Result<Role> update_role(AccountEdit& account, std::string_view name, const RoleChange& change) {
    auto record = role_by_name(account, name);
    if (!record) return std::unexpected(std::move(record.error()));
    if (auto good = check_max_session(change.max_session_s); !good) {
        return std::unexpected(std::move(good.error()));
    }
    if (change.max_session_s && is_protected_path(record->path)) {
        return fail("UnmodifiableEntity", 400,
                    record->name + " is an AWS service linked role, max session duration cannot be changed.");
    }
    if (change.description) record->description = *change.description;
    if (change.max_session_s) record->max_session_s = *change.max_session_s;
    if (auto done = result_of(account.writes.update(*record)); !done) return std::unexpected(done.error());
    return whole_role(account, *record);
}

Result<void> update_assume_role_policy(AccountEdit& account, std::string_view name,
                                       std::string_view trust_document) {
    auto record = modifiable_role(account, name);
    if (!record) return std::unexpected(std::move(record.error()));
    auto trust = to_stored_trust(account, trust_document);
    if (!trust) return std::unexpected(std::move(trust.error()));
    record->trust_document = std::move(*trust);
    return result_of(account.writes.update(*record));
}

Result<void> delete_role(AccountEdit& account, std::string_view name) {
    const auto record = modifiable_role(account, name);
    if (!record) return std::unexpected(record.error());
    if (auto deletable = check_deletable(account, *record); !deletable) return deletable;
    return erase_role(account, *record);
}

}  // namespace writ::directory
