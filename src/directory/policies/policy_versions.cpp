#include <string>
#include <utility>

#include "directory/internal/documents.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/paging.h"
#include "directory/internal/policies/managed.h"
#include "directory/policies/policies.h"
#include "store/records.h"

namespace writ::directory {
namespace {

std::unexpected<Error> no_such_version(std::string_view arn, std::string_view version_id) {
    std::string text = "Policy ";
    text.append(arn).append(" version ").append(version_id);
    return fail("NoSuchEntity", 404, text.append(" does not exist or is not attachable."));
}

PolicyVersion to_version(const store::Policy& policy, store::PolicyVersion row) {
    return {.version_id = version_id_of(row.version),
            .is_default = row.version == policy.default_version,
            .document = std::move(row.document),
            .created_at = row.created_at};
}

/// AWS's older versions are not known here.
PolicyVersion to_version(std::string_view partition, const reference::ManagedPolicy& aws) {
    return {.version_id = std::string(aws.version_id),
            .is_default = true,
            .document = document_in(partition, aws),
            .created_at = parse_iso8601(aws.updated).value_or(Instant{})};
}

Result<store::PolicyVersion> find_version(const AccountView& account, const store::Policy& policy,
                                          std::string_view version_id) {
    const auto number = version_of(version_id);
    if (!number) return no_such_version(policy.arn, version_id);
    auto row = account.records.find<store::PolicyVersion>(store::PolicyVersion::by_number,
                                                          {account.account_id, policy.policy_id, *number});
    if (!row) return std::unexpected(to_error(row.error()));
    if (!*row) return no_such_version(policy.arn, version_id);
    return std::move(**row);
}

Result<std::vector<store::PolicyVersion>> versions_of(const AccountView& account,
                                                      const store::Policy& policy) {
    return result_of(account.records.list<store::PolicyVersion>(
        store::PolicyVersion::by_number, {.equal = {account.account_id, policy.policy_id}}));
}

Result<void> check_room(const AccountView& account, const store::Policy& policy) {
    const auto versions = versions_of(account, policy);
    if (!versions) return std::unexpected(versions.error());
    const std::int64_t limit = account.environment.quotas[Quota::versions_per_policy];
    if (static_cast<std::int64_t>(versions->size()) < limit) return {};
    return fail("LimitExceeded", 409,
                "A managed policy can have up to " + std::to_string(limit) +
                    " versions. Before you create a new version, you must delete an existing version.");
}

/// Ascending keys for descending numbers.
std::string newest_first(const PolicyVersion& version) {
    constexpr std::int64_t beyond = 10'000'000'000'000'000;
    return std::to_string(beyond + (beyond - version_of(version.version_id).value_or(0)));
}

}  // namespace

Result<PolicyVersion> create_policy_version(AccountEdit& account, std::string_view arn,
                                            std::string_view document, bool set_as_default) {
    auto policy = own_policy(account, arn);
    if (!policy) return std::unexpected(std::move(policy.error()));
    if (auto good = check_managed_document(account.environment, document); !good) {
        return std::unexpected(std::move(good.error()));
    }
    if (auto room = check_room(account, *policy); !room) return std::unexpected(std::move(room.error()));

    const Instant now = account.environment.clock.now();
    policy->last_version += 1;  // Version ids are never reused (spec B21).
    policy->updated_at = now;
    if (set_as_default) policy->default_version = policy->last_version;
    store::PolicyVersion row{.account_id = account.account_id,
                             .policy_id = policy->policy_id,
                             .version = policy->last_version,
                             .document = std::string(document),
                             .created_at = now};
    if (auto done = result_of(account.writes.insert(row)); !done) return std::unexpected(done.error());
    if (auto done = result_of(account.writes.update(*policy)); !done) return std::unexpected(done.error());
    return to_version(*policy, std::move(row));
}

Result<PolicyVersion> get_policy_version(const AccountView& account, std::string_view arn,
                                         std::string_view version_id) {
    const std::string& partition = account.environment.partition;
    if (const auto* aws = find_aws_policy(partition, arn)) {
        if (version_id != aws->version_id) return no_such_version(arn, version_id);
        return to_version(partition, *aws);
    }
    const auto policy = policy_by_arn(account, arn);
    if (!policy) return std::unexpected(policy.error());
    auto row = find_version(account, *policy, version_id);
    if (!row) return std::unexpected(std::move(row.error()));
    return to_version(*policy, std::move(*row));
}

Result<void> delete_policy_version(AccountEdit& account, std::string_view arn, std::string_view version_id) {
    const auto policy = own_policy(account, arn);
    if (!policy) return std::unexpected(policy.error());
    const auto row = find_version(account, *policy, version_id);
    if (!row) return std::unexpected(row.error());
    if (row->version == policy->default_version) {
        return fail("DeleteConflict", 409, "Cannot delete the default version of a policy.");
    }
    return result_of(account.writes.erase(*row));
}

Result<Page<PolicyVersion>> list_policy_versions(const AccountView& account, std::string_view arn,
                                                 const PageRequest& page) {
    std::vector<PolicyVersion> versions;
    std::string id;
    const std::string& partition = account.environment.partition;
    if (const auto* aws = find_aws_policy(partition, arn)) {
        versions.push_back(to_version(partition, *aws));
        id = aws->arn;
    } else {
        const auto policy = policy_by_arn(account, arn);
        if (!policy) return std::unexpected(policy.error());
        auto rows = versions_of(account, *policy);
        if (!rows) return std::unexpected(std::move(rows.error()));
        for (store::PolicyVersion& row : *rows) versions.push_back(to_version(*policy, std::move(row)));
        id = policy->policy_id;
    }
    for (PolicyVersion& version : versions) version.document.clear();
    return page_of(account, {.operation = "ListPolicyVersions", .filter = std::move(id)}, page,
                   std::move(versions), newest_first);
}

Result<void> set_default_policy_version(AccountEdit& account, std::string_view arn,
                                        std::string_view version_id) {
    auto policy = own_policy(account, arn);
    if (!policy) return std::unexpected(std::move(policy.error()));
    const auto row = find_version(account, *policy, version_id);
    if (!row) return std::unexpected(row.error());
    policy->default_version = row->version;
    return result_of(account.writes.update(*policy));
}

}  // namespace writ::directory
