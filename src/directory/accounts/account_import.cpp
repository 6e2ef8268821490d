#include "directory/accounts/account_import.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>
#include <utility>

#include "base/arn.h"
#include "crypto/access_key.h"
#include "directory/internal/arns.h"
#include "directory/internal/counters.h"
#include "directory/internal/documents.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/policies/managed.h"
#include "directory/internal/principals/trust.h"
#include "directory/internal/tagging.h"
#include "directory/targets.h"
#include "store/records.h"

namespace writ::directory {
namespace {

/// Of a policy not stored yet.
std::string arn_of(const AccountView& account, const store::Policy& policy) {
    return entity_arn(account.environment.partition, account.account_id, "policy", policy.path, policy.name);
}

/// The error says whose it is: a file holds many.
Error about(const Error& error, std::string_view what) {
    return {error.code, error.http_status, std::string(what) + ": " + error.message};
}

bool is_unique_id(std::string_view id, std::string_view prefix) {
    constexpr std::size_t length_min = 16;
    constexpr std::size_t length_max = 128;  // As the model of IAM has it.
    return id.starts_with(prefix) && id.size() >= length_min && id.size() <= length_max &&
           std::ranges::all_of(id, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

Result<void> check_empty(const AccountView& account) {
    for (const std::string_view name :
         {counter::users, counter::groups, counter::roles, counter::policies, counter::instance_profiles}) {
        const auto count = read_counter(account, name);
        if (!count) return std::unexpected(count.error());
        if (*count > 0) {
            return fail("InvalidInput", 400,
                        "The account " + account.account_id +
                            " is not empty: an import needs an account without users, "
                            "groups, roles, policies and instance profiles.");
        }
    }
    return {};
}

/// One import under way: writes rows, and counts what the directory keeps count of.
class Import {
  public:
    explicit Import(AccountEdit& account) : account_(account) {}

    Result<void> add(const PolicyDetail& detail);
    Result<void> add(const UserDetail& detail);
    Result<void> add(const GroupDetail& detail);
    Result<void> add(const RoleDetail& detail);
    /// When every principal is there: who is in which group, and whom roles trust.
    Result<void> add_memberships(const UserDetail& detail);
    Result<void> add_trust(const RoleDetail& detail);
    Result<void> write_counters();

  private:
    template <class Record>
    Result<void> insert(const Record& record, const std::string& what) {
        const auto inserted = account_.writes.insert(record);
        if (inserted) return {};
        if (inserted.error().kind != store::FailureKind::duplicate) {
            return std::unexpected(to_error(inserted.error()));
        }
        return fail("EntityAlreadyExists", 409, what + " occurs twice.");
    }
    [[nodiscard]] Result<void> check_account_of(const std::string& arn) const;
    [[nodiscard]] Result<std::string> present_policy(const std::string& arn) const;
    template <class Record>
    [[nodiscard]] Result<void> check_identity(const std::string& arn, const Record& record,
                                              crypto::IdKind id_kind, std::string_view id,
                                              const std::string& what) const;
    Result<void> carry(const OwnerRecord& owner, const CarriedPolicies& policies, const std::string& what);
    Result<void> attach(const OwnerRecord& owner, const std::string& arn, store::PolicyUsage usage,
                        const std::string& what);
    Result<void> bound(const OwnerRecord& owner, const std::optional<std::string>& boundary_arn,
                       const std::string& what);
    Result<void> tag(TaggedKind kind, std::string_view id, const std::vector<Tag>& tags,
                     const std::string& what);
    Result<void> add(const InstanceProfile& profile, const std::string& role_id);

    AccountEdit& account_;
    std::map<std::string, std::int64_t> counts_;
    std::unordered_set<std::string> policies_;  ///< Written so far, by ARN.
};

/// As the file has it: with ARNs of principals for which ids may have to stand (spec P3).
store::Role record_of(const AccountEdit& account, const Role& role) {
    return {.account_id = account.account_id,
            .role_id = role.role_id,
            .name = role.name,
            .name_folded = fold(role.name),
            .path = role.path,
            .description = {},
            .trust_document = role.trust_document,
            .created_at = role.created_at};
}

Result<void> Import::check_account_of(const std::string& arn) const {
    const auto parsed = parse_arn(arn);
    if (!parsed || parsed->service != "iam") return fail("InvalidInput", 400, arn + " is no ARN of IAM.");
    if (parsed->account == account_.account_id) return {};
    return fail("InvalidInput", 400,
                arn + " is of the account " + std::string(parsed->account) + ", not of " +
                    account_.account_id + ". Say --account-id " + std::string(parsed->account) + ".");
}

/// ARNs are made of path and name wherever one is asked for: a file whose ARN says otherwise would come out
/// as another entity than the one that its policies name.
template <class Record>
Result<void> Import::check_identity(const std::string& arn, const Record& record, crypto::IdKind id_kind,
                                    std::string_view id, const std::string& what) const {
    if (auto ours = check_account_of(arn); !ours) return ours;
    if (!is_name(record.name)) {
        return fail("InvalidInput", 400,
                    what + " needs a name of 1 to 128 characters of A-Z a-z 0-9 +=,.@_-");
    }
    if (auto path = check_path(record.path); !path) return std::unexpected(about(path.error(), what));
    if (const std::string expected = arn_of(account_, record); arn != expected) {
        return fail("InvalidInput", 400,
                    what + " has the ARN " + arn + ", but its path and name make " + expected + ".");
    }
    if (is_unique_id(id, crypto::prefix_of(id_kind))) return {};
    return fail("InvalidInput", 400,
                what + " has the id " + std::string(id) + "; it begins with " +
                    std::string(crypto::prefix_of(id_kind)) + " and has capitals and digits only.");
}

/// The stored spelling of the ARN of a policy; NoSuchEntity when there is none.
Result<std::string> Import::present_policy(const std::string& arn) const {
    if (policies_.contains(arn)) return arn;
    return existing_policy(account_, arn);
}

Result<void> Import::attach(const OwnerRecord& owner, const std::string& arn, store::PolicyUsage usage,
                            const std::string& what) {
    const auto known = present_policy(arn);
    if (!known) return std::unexpected(about(known.error(), what));
    const bool boundary = usage == store::PolicyUsage::boundary;
    ++counts_[boundary ? counter::boundaries(*known) : counter::attachments(*known)];
    return insert(store::Attachment{.account_id = account_.account_id,
                                    .principal_kind = owner.kind,
                                    .principal_id = owner.id,
                                    .principal_name_folded = owner.name_folded,
                                    .usage = usage,
                                    .policy_arn = *known},
                  what + ": the policy " + arn);
}

Result<void> Import::carry(const OwnerRecord& owner, const CarriedPolicies& policies,
                           const std::string& what) {
    for (const InlineDocument& policy : policies.inline_policies) {
        const std::string name = what + ": the policy " + policy.name;
        const auto checked = check_inline_document(account_.environment, policy.document);
        if (!checked) return std::unexpected(about(checked.error(), name));
        auto inserted = insert(store::InlinePolicy{.account_id = account_.account_id,
                                                   .principal_kind = owner.kind,
                                                   .principal_id = owner.id,
                                                   .name = policy.name,
                                                   .name_folded = fold(policy.name),
                                                   .document = policy.document,
                                                   .counted_size = checked->counted_size},
                               name);
        if (!inserted) return inserted;
    }
    for (const AttachedPolicy& policy : policies.attached) {
        auto attached = attach(owner, policy.arn, store::PolicyUsage::permissions, what);
        if (!attached) return attached;
    }
    return {};
}

Result<void> Import::bound(const OwnerRecord& owner, const std::optional<std::string>& boundary_arn,
                           const std::string& what) {
    if (!boundary_arn) return {};
    return attach(owner, *boundary_arn, store::PolicyUsage::boundary, what);
}

Result<void> Import::tag(TaggedKind kind, std::string_view id, const std::vector<Tag>& tags,
                         const std::string& what) {
    for (const Tag& tag : tags) {
        auto inserted = insert(store::Tag{.account_id = account_.account_id,
                                          .resource_kind = fact_of(kind).entity,
                                          .resource_id = std::string(id),
                                          .key_folded = fold_key(kind, tag.key),
                                          .key = tag.key,
                                          .value = tag.value},
                               what + ": the tag " + tag.key);
        if (!inserted) return inserted;
    }
    return {};
}

Result<void> Import::add(const PolicyDetail& detail) {
    const Policy& policy = detail.policy;
    if (find_aws_policy(account_.environment.partition, policy.arn) != nullptr)
        return {};  // It is here already.
    if (policy.arn.starts_with("arn:" + account_.environment.partition + ":iam::aws:")) {
        return fail("InvalidInput", 400, "The AWS managed policy " + policy.arn + " is unknown here.");
    }
    const std::string what = "The policy " + policy.name;
    store::Policy record{.account_id = account_.account_id,
                         .policy_id = policy.policy_id,
                         .arn = policy.arn,
                         .name = policy.name,
                         .name_folded = fold(policy.name),
                         .path = policy.path,
                         .description = {},
                         .default_version = version_of(policy.default_version_id).value_or(0),
                         .last_version = 0,
                         .created_at = policy.created_at,
                         .updated_at = policy.updated_at};
    if (auto fits =
            check_identity(policy.arn, record, crypto::IdKind::managed_policy, record.policy_id, what);
        !fits) {
        return fits;
    }
    std::vector<store::PolicyVersion> versions;
    for (const PolicyVersion& version : detail.versions) {
        const auto number = version_of(version.version_id);
        if (!number)
            return fail("InvalidInput", 400, what + ": " + version.version_id + " is no version id.");
        const auto checked = check_managed_document(account_.environment, version.document);
        if (!checked) return std::unexpected(about(checked.error(), what + ", " + version.version_id));
        record.last_version = std::max(record.last_version, *number);
        versions.push_back({.account_id = account_.account_id,
                            .policy_id = policy.policy_id,
                            .version = *number,
                            .document = version.document,
                            .created_at = version.created_at});
    }
    if (std::ranges::find(versions, record.default_version, &store::PolicyVersion::version) ==
        versions.end()) {
        return fail("InvalidInput", 400, what + " lacks its default version.");
    }
    ++counts_[std::string(counter::policies)];
    policies_.insert(record.arn);
    auto inserted = insert(record, what);
    for (const store::PolicyVersion& version : versions) {
        if (inserted) inserted = insert(version, what + ", " + version_id_of(version.version));
    }
    return inserted;
}

Result<void> Import::add(const UserDetail& detail) {
    const User& user = detail.user;
    const std::string what = "The user " + user.name;
    const store::User record{.account_id = account_.account_id,
                             .user_id = user.user_id,
                             .name = user.name,
                             .name_folded = fold(user.name),
                             .path = user.path,
                             .created_at = user.created_at};
    ++counts_[std::string(counter::users)];
    auto added = check_identity(user.arn, record, crypto::IdKind::user, record.user_id, what);
    if (added) added = insert(record, what);
    if (added) added = carry(owner_of(record), detail.policies, what);
    if (added) added = bound(owner_of(record), user.boundary_arn, what);
    if (added) added = tag(TaggedKind::user, user.user_id, user.tags, what);
    return added;
}

Result<void> Import::add(const GroupDetail& detail) {
    const Group& group = detail.group;
    const std::string what = "The group " + group.name;
    const store::Group record{.account_id = account_.account_id,
                              .group_id = group.group_id,
                              .name = group.name,
                              .name_folded = fold(group.name),
                              .path = group.path,
                              .created_at = group.created_at};
    ++counts_[std::string(counter::groups)];
    auto added = check_identity(group.arn, record, crypto::IdKind::group, record.group_id, what);
    if (added) added = insert(record, what);
    if (added) added = carry(owner_of(record), detail.policies, what);
    return added;
}

Result<void> Import::add(const InstanceProfile& profile, const std::string& role_id) {
    const std::string what = "The instance profile " + profile.name;
    const store::InstanceProfile record{.account_id = account_.account_id,
                                        .profile_id = profile.profile_id,
                                        .name = profile.name,
                                        .name_folded = fold(profile.name),
                                        .path = profile.path,
                                        .role_id = role_id,
                                        .created_at = profile.created_at};
    ++counts_[std::string(counter::instance_profiles)];
    auto fits =
        check_identity(profile.arn, record, crypto::IdKind::instance_profile, record.profile_id, what);
    return fits ? insert(record, what) : fits;
}

Result<void> Import::add(const RoleDetail& detail) {
    const Role& role = detail.role;
    const std::string what = "The role " + role.name;
    const store::Role record = record_of(account_, role);
    ++counts_[std::string(counter::roles)];
    auto added = check_identity(role.arn, record, crypto::IdKind::role, record.role_id, what);
    if (added) added = insert(record, what);
    if (added) added = carry(owner_of(record), detail.policies, what);
    if (added) added = bound(owner_of(record), role.boundary_arn, what);
    if (added) added = tag(TaggedKind::role, role.role_id, role.tags, what);
    for (const InstanceProfile& profile : detail.profiles) {
        if (added) added = add(profile, role.role_id);
    }
    if (added && role.last_used) {
        added = insert(store::LastUse{.account_id = account_.account_id,
                                      .used_id = role.role_id,
                                      .used_at = role.last_used->used_at,
                                      .service = {},
                                      .region = role.last_used->region},
                       what);
    }
    return added;
}

Result<void> Import::add_memberships(const UserDetail& detail) {
    const std::string what = "The user " + detail.user.name;
    const std::string in_group = what + ": the group ";
    for (const std::string& name : detail.group_names) {
        const auto group = group_by_name(account_, name);
        if (!group) return std::unexpected(about(group.error(), what));
        auto inserted = insert(store::Membership{.account_id = account_.account_id,
                                                 .group_id = group->group_id,
                                                 .user_id = detail.user.user_id,
                                                 .user_name_folded = fold(detail.user.name)},
                               std::string(in_group).append(name));
        if (!inserted) return inserted;
    }
    return {};
}

Result<void> Import::add_trust(const RoleDetail& detail) {
    const std::string what = "The role " + detail.role.name;
    store::Role record = record_of(account_, detail.role);
    const auto checked = check_trust_document(account_.environment, record.trust_document);
    if (!checked) return std::unexpected(about(checked.error(), what));
    auto trust = with_unique_ids(account_.records, account_.environment, *checked->document, DeadIds::kept);
    if (!trust) return std::unexpected(about(trust.error(), what));
    if (*trust == record.trust_document) return {};
    record.trust_document = std::move(*trust);
    return result_of(account_.writes.update(record));
}

Result<void> Import::write_counters() {
    for (const auto& [name, count] : counts_) {
        const auto added = add_to_counter(account_, name, count);
        if (!added) return std::unexpected(added.error());
    }
    return {};
}

template <class Detail>
Result<void> for_each(Import& import, const std::vector<Detail>& details,
                      Result<void> (Import::*add)(const Detail&)) {
    for (const Detail& detail : details) {
        if (auto added = (import.*add)(detail); !added) return added;
    }
    return {};
}

}  // namespace

Result<void> import_account(AccountEdit& account, const AccountDetails& details) {
    if (auto empty = check_empty(account); !empty) return empty;
    Import import(account);
    auto done = for_each(import, details.policies, &Import::add);
    if (done) done = for_each(import, details.groups, &Import::add);
    if (done) done = for_each(import, details.users, &Import::add);
    if (done) done = for_each(import, details.roles, &Import::add);
    if (done) done = for_each(import, details.users, &Import::add_memberships);
    if (done) done = for_each(import, details.roles, &Import::add_trust);
    if (done) done = import.write_counters();
    if (done) done = import_resource_details(account, details);
    return done;
}

}  // namespace writ::directory
