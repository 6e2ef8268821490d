#include "directory/principals/principals.h"

#include <utility>

#include "base/arn.h"
#include "directory/internal/arns.h"
#include "directory/internal/credentials/password_records.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/policies/managed.h"
#include "directory/internal/tagging.h"
#include "store/records.h"

namespace writ::directory {
namespace {

/// Who carries policies that are in force for a principal: itself or one of its groups.
struct Carrier {
    std::string id;
    std::string group_name{};  ///< Empty: the principal itself.
};

Result<void> add_inline_policies(const AccountView& account, const Carrier& carrier,
                                 PrincipalRecord& record) {
    auto rows = account.records.list<store::InlinePolicy>(store::InlinePolicy::by_name,
                                                          {.equal = {account.account_id, carrier.id}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    for (store::InlinePolicy& row : *rows) {
        record.inline_policies.push_back({std::move(row.name), std::move(row.document), carrier.group_name});
    }
    return {};
}

/// A policy that is attached exists: it cannot be deleted while it is. Should it be missing all the same, the
/// principal must not be given less than all denials that hold for it, so nothing can be said about it.
std::unexpected<Error> attached_policy_is_missing() {
    return std::unexpected(to_error({.kind = store::FailureKind::corrupt,
                                     .constraint = {},
                                     .detail = "an attached policy does not exist"}));
}

Result<void> add_managed_policies(const AccountView& account, const Carrier& carrier,
                                  PrincipalRecord& record) {
    const auto rows = account.records.list<store::Attachment>(store::Attachment::by_principal,
                                                              {.equal = {account.account_id, carrier.id}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    for (const store::Attachment& row : *rows) {
        auto policy =
            read_managed_policy(account.records, account.environment, account.account_id, row.policy_arn);
        if (!policy) return std::unexpected(std::move(policy.error()));
        if (!*policy) return attached_policy_is_missing();
        (*policy)->attached_to = carrier.group_name;
        if (row.usage == store::PolicyUsage::boundary) {
            record.boundary = std::move(**policy);
        } else {
            record.managed_policies.push_back(std::move(**policy));
        }
    }
    return {};
}

Result<void> add_policies(const AccountView& account, const Carrier& carrier, PrincipalRecord& record) {
    if (auto added = add_inline_policies(account, carrier, record); !added) return added;
    return add_managed_policies(account, carrier, record);
}

Result<void> add_groups(const AccountView& account, PrincipalRecord& record) {
    const auto memberships = account.records.list<store::Membership>(
        store::Membership::by_user, {.equal = {account.account_id, record.id}});
    if (!memberships) return std::unexpected(to_error(memberships.error()));
    for (const store::Membership& membership : *memberships) {
        const auto group = account.records.find<store::Group>(store::Group::by_id,
                                                              {account.account_id, membership.group_id});
        if (!group) return std::unexpected(to_error(group.error()));
        if (!*group) continue;  // Cannot be: a foreign key holds the group.
        record.group_ids.push_back(membership.group_id);
        auto added = add_policies(account, {membership.group_id, (*group)->name}, record);
        if (!added) return added;
    }
    return {};
}

Result<void> add_password_permission(const AccountView& account, PrincipalRecord& record) {
    const auto found = find_password_policy(account);
    if (!found) return std::unexpected(found.error());
    const auto& policy = *found;
    record.may_change_password = policy.has_value() && policy->users_may_change;
    return {};
}

template <class Row>
Result<PrincipalRecord> start(const AccountView& account, store::EntityKind kind, const std::string& id,
                              const Row& row) {
    auto tags = read_tags(account, id);
    if (!tags) return std::unexpected(std::move(tags.error()));
    PrincipalRecord record{.kind = kind,
                           .account_id = account.account_id,
                           .id = id,
                           .name = row.name,
                           .path = row.path,
                           .arn = arn_of(account, row),
                           .tags = std::move(*tags),
                           .group_ids = {},
                           .inline_policies = {},
                           .managed_policies = {},
                           .boundary = {},
                           .trust_document = {}};
    if (auto added = add_policies(account, {id}, record); !added) return std::unexpected(added.error());
    return record;
}

using MaybePrincipal = Result<std::optional<PrincipalRecord>>;

MaybePrincipal to_principal(const AccountView& account, const store::User& user) {
    auto record = start(account, store::EntityKind::user, user.user_id, user);
    if (!record) return std::unexpected(std::move(record.error()));
    for (const auto add : {add_groups, add_password_permission}) {
        if (auto added = add(account, *record); !added) return std::unexpected(added.error());
    }
    return std::move(*record);
}

MaybePrincipal to_principal(const AccountView& account, const store::Role& role) {
    auto record = start(account, store::EntityKind::role, role.role_id, role);
    if (!record) return std::unexpected(std::move(record.error()));
    record->trust_document = role.trust_document;
    record->max_session_s = role.max_session_s;
    return std::move(*record);
}

}  // namespace

MaybePrincipal read_user(store::Reader& records, const Environment& environment, std::string_view account_id,
                         std::string_view user_id) {
    const AccountView account{records, std::string(account_id), environment};
    const auto user = records.find<store::User>(store::User::by_id, {account_id, user_id});
    if (!user) return std::unexpected(to_error(user.error()));
    if (!*user) return std::nullopt;
    return to_principal(account, **user);
}

MaybePrincipal read_role(store::Reader& records, const Environment& environment, std::string_view account_id,
                         std::string_view role_id) {
    const AccountView account{records, std::string(account_id), environment};
    const auto role = records.find<store::Role>(store::Role::by_id, {account_id, role_id});
    if (!role) return std::unexpected(to_error(role.error()));
    if (!*role) return std::nullopt;
    return to_principal(account, **role);
}

MaybePrincipal read_user_by_name(store::Reader& records, const Environment& environment,
                                 std::string_view account_id, std::string_view name) {
    const AccountView account{records, std::string(account_id), environment};
    const auto user = records.find<store::User>(store::User::by_name, {account.account_id, fold(name)});
    if (!user) return std::unexpected(to_error(user.error()));
    if (!*user || (*user)->name != name) return std::nullopt;
    return to_principal(account, **user);
}

MaybePrincipal read_role_by_name(store::Reader& records, const Environment& environment,
                                 std::string_view account_id, std::string_view name) {
    const AccountView account{records, std::string(account_id), environment};
    const auto role = records.find<store::Role>(store::Role::by_name, {account.account_id, fold(name)});
    if (!role) return std::unexpected(to_error(role.error()));
    if (!*role || (*role)->name != name) return std::nullopt;
    return to_principal(account, **role);
}

MaybePrincipal read_group(store::Reader& records, const Environment& environment, std::string_view account_id,
                          std::string_view group_id) {
    const AccountView account{records, std::string(account_id), environment};
    const auto group = records.find<store::Group>(store::Group::by_id, {account_id, group_id});
    if (!group) return std::unexpected(to_error(group.error()));
    if (!*group) return std::nullopt;
    auto record = start(account, store::EntityKind::group, (*group)->group_id, **group);
    if (!record) return std::unexpected(std::move(record.error()));
    return std::move(*record);
}

MaybePrincipal read_role_by_arn(store::Reader& records, const Environment& environment,
                                std::string_view role_arn) {
    const auto arn = parse_arn(role_arn);
    if (!arn) return std::nullopt;
    const AccountView account{records, std::string(arn->account), environment};
    const std::string name = fold(arn->resource.substr(arn->resource.rfind('/') + 1));
    const auto role = records.find<store::Role>(store::Role::by_name, {account.account_id, name});
    if (!role) return std::unexpected(to_error(role.error()));
    // In an ARN the name counts with its case, and every other part too.
    if (!*role || arn_of(account, **role) != role_arn) return std::nullopt;
    return to_principal(account, **role);
}

Result<std::optional<ManagedPolicyInForce>> read_managed_policy(store::Reader& records,
                                                                const Environment& environment,
                                                                std::string_view account_id,
                                                                std::string_view arn) {
    const auto place = place_of(arn);
    if (!place) return std::nullopt;
    if (find_aws_policy(environment.partition, arn) != nullptr) {
        return ManagedPolicyInForce{
            .arn = std::string(arn), .name = std::string(place->name), .policy_id = {}, .attached_to = {}};
    }
    const std::string name = fold(place->name);
    auto policy = records.find<store::Policy>(store::Policy::by_name, {account_id, name});
    if (!policy) return std::unexpected(to_error(policy.error()));
    if (!*policy || (*policy)->arn != arn) return std::nullopt;
    return ManagedPolicyInForce{.arn = std::move((*policy)->arn),
                                .name = std::move((*policy)->name),
                                .policy_id = std::move((*policy)->policy_id),
                                .version = (*policy)->default_version,
                                .attached_to = {}};
}

Result<std::optional<std::string>> read_document(store::Reader& records, const Environment& environment,
                                                 std::string_view account_id,
                                                 const ManagedPolicyInForce& policy) {
    if (policy.policy_id.empty()) {
        const auto* aws = find_aws_policy(environment.partition, policy.arn);
        if (aws == nullptr) return std::nullopt;
        return document_in(environment.partition, *aws);
    }
    auto row = records.find<store::PolicyVersion>(store::PolicyVersion::by_number,
                                                  {account_id, policy.policy_id, policy.version});
    if (!row) return std::unexpected(to_error(row.error()));
    if (!*row) return std::nullopt;
    return std::move((*row)->document);
}

}  // namespace writ::directory
