#include "directory/policies/policies.h"

#include <utility>

#include "directory/internal/counters.h"
#include "directory/internal/documents.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/policies/managed.h"
#include "directory/internal/tagging.h"
#include "directory/targets.h"
#include "store/records.h"

namespace writ::directory {
namespace {

Error policy_already_exists(std::string_view name) {
    return {"EntityAlreadyExists", 409,
            "A policy called " + std::string(name) + " already exists. Duplicate names are not allowed."};
}

Result<store::Policy> make_record(const AccountView& account, const NewPolicy& policy) {
    auto id = new_id(account, crypto::IdKind::managed_policy);
    if (!id) return std::unexpected(std::move(id.error()));
    const Instant now = account.environment.clock.now();
    return store::Policy{.account_id = account.account_id,
                         .policy_id = std::move(*id),
                         .arn = entity_arn(account.environment.partition, account.account_id, "policy",
                                           policy.path, policy.name),
                         .name = policy.name,
                         .name_folded = fold(policy.name),
                         .path = policy.path,
                         .description = policy.description,
                         .default_version = 1,
                         .last_version = 1,
                         .created_at = now,
                         .updated_at = now};
}

/// The policy and its version 1, which is the default (spec B21).
Result<void> insert(AccountEdit& account, const store::Policy& record, const std::string& document) {
    auto inserted = unless_taken(account.writes.insert(record), store::Policy::by_name,
                                 policy_already_exists(record.name));
    if (!inserted) return inserted;
    const store::PolicyVersion version{.account_id = record.account_id,
                                       .policy_id = record.policy_id,
                                       .version = 1,
                                       .document = document,
                                       .created_at = record.created_at};
    return result_of(account.writes.insert(version));
}

Result<void> add_counts(const AccountView& account, Policy& policy) {
    const auto attached = read_counter(account, counter::attachments(policy.arn));
    if (!attached) return std::unexpected(attached.error());
    const auto bounding = read_counter(account, counter::boundaries(policy.arn));
    if (!bounding) return std::unexpected(bounding.error());
    policy.attachment_count = *attached;
    policy.boundary_usage_count = *bounding;
    return {};
}

Result<Policy> complete(const AccountView& account, const store::Policy& record) {
    Policy policy = to_policy(record);
    auto tags = read_tags(account, record.policy_id);
    if (!tags) return std::unexpected(std::move(tags.error()));
    policy.tags = std::move(*tags);
    if (auto counted = add_counts(account, policy); !counted) return std::unexpected(counted.error());
    return policy;
}

/// Uses as boundary hold a policy as well [I]. The default version goes with the policy, others do not.
Result<void> check_deletable(const AccountView& account, const store::Policy& record) {
    Policy policy = to_policy(record);
    if (auto counted = add_counts(account, policy); !counted) return counted;
    if (policy.attachment_count + policy.boundary_usage_count > 0) {
        return fail("DeleteConflict", 409, "Cannot delete a policy attached to entities.");
    }
    const auto versions = account.records.count<store::PolicyVersion>(
        store::PolicyVersion::by_number, {.equal = {account.account_id, record.policy_id}});
    if (!versions) return std::unexpected(to_error(versions.error()));
    if (*versions > 1) {
        return fail("DeleteConflict", 409,
                    "This policy has more than one version. Before you delete a policy, you must delete the "
                    "policy's versions. The default version is deleted with the policy.");
    }
    return {};
}

}  // namespace

Result<Policy> create_policy(AccountEdit& account, const NewPolicy& policy) {
    if (auto good = check_path(policy.path); !good) return std::unexpected(std::move(good.error()));
    if (auto good = check_managed_document(account.environment, policy.document); !good) {
        return std::unexpected(std::move(good.error()));
    }
    const auto record = make_record(account, policy);
    if (!record) return std::unexpected(record.error());
    if (auto done = insert(account, *record, policy.document); !done) return std::unexpected(done.error());
    if (auto counted = count_one_more(account, counter::policies, Quota::policies_per_account); !counted) {
        return std::unexpected(std::move(counted.error()));
    }
    if (auto tagged = put_tags(account, {TaggedKind::policy, record->policy_id}, policy.tags); !tagged) {
        return std::unexpected(std::move(tagged.error()));
    }
    return complete(account, *record);
}

Result<Policy> get_policy(const AccountView& account, std::string_view arn) {
    const std::string& partition = account.environment.partition;
    if (const auto* aws = find_aws_policy(partition, arn)) {
        Policy policy = to_policy(partition, *aws);
        if (auto counted = add_counts(account, policy); !counted) return std::unexpected(counted.error());
        return policy;
    }
    const auto record = policy_by_arn(account, arn);
    if (!record) return std::unexpected(record.error());
    return complete(account, *record);
}

Result<void> delete_policy(AccountEdit& account, std::string_view arn) {
    const auto record = own_policy(account, arn);
    if (!record) return std::unexpected(record.error());
    if (auto deletable = check_deletable(account, *record); !deletable) return deletable;

    const store::PolicyVersion version{.account_id = record->account_id,
                                       .policy_id = record->policy_id,
                                       .version = record->default_version,
                                       .document = {}};
    if (auto erased = result_of(account.writes.erase(version)); !erased) return erased;
    if (auto erased = erase_tags(account, record->policy_id); !erased) return erased;
    if (auto erased = result_of(account.writes.erase(*record)); !erased) return erased;
    return count_one_less(account, counter::policies);
}

}  // namespace writ::directory
