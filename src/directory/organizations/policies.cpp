#include "directory/organizations/policies.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "directory/internal/failures.h"
#include "directory/internal/organizations/aws_policies.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/ids.h"
#include "directory/internal/organizations/node_tags.h"
#include "directory/internal/organizations/policy_records.h"
#include "directory/internal/paging.h"
#include "policy/parse.h"
#include "policy/validate.h"

namespace writ::directory::organizations {
namespace {

using Type = store::OrganizationPolicyType;

PolicySummary to_summary(const AccountView& account, const store::Organization& organization,
                         const AwsPolicy& policy) {
    return {.id = std::string(policy.id),
            .arn = policy_arn(place_of(account, organization), policy.type, policy.id),
            .name = std::string(policy.name),
            .description = std::string(policy.description),
            .type = policy.type,
            .of_aws = true};
}

/// Every character counts (spec 1.4).
Result<void> check_content(const AccountView& account, Type type, std::string_view content) {
    const bool scp = type == Type::service_control;
    const auto characters = static_cast<std::int64_t>(count_scalars(content).value_or(content.size()));
    if (characters > account.environment.quotas[scp ? Quota::service_control_policy_size
                                                    : Quota::resource_control_policy_size]) {
        return violates("POLICY_CONTENT_LIMIT_EXCEEDED");
    }
    const policy::PolicyType grammar = scp ? policy::PolicyType::scp : policy::PolicyType::rcp;
    const auto document = policy::parse(content, {.type = grammar});
    if (!document) return refuse(fault::malformed_policy);
    const auto defects =
        policy::validate(**document, {.type = grammar, .strict = account.environment.strict});
    if (!defects.empty()) return refuse(fault::malformed_policy);
    return {};
}

Result<void> check_number(const AccountView& account, const store::Organization& organization, Type type) {
    const auto policies = account.records.count<store::OrganizationPolicy>(
        store::OrganizationPolicy::by_name, {.equal = {organization.organization_id, type}});
    if (!policies) return std::unexpected(to_error(policies.error()));
    const Quota quota =
        type == Type::service_control ? Quota::service_control_policies : Quota::resource_control_policies;
    if (static_cast<std::int64_t>(*policies) >= account.environment.quotas[quota]) {
        return violates("POLICY_NUMBER_LIMIT_EXCEEDED");
    }
    return {};
}

/// A policy that a call wants to change.
Result<store::OrganizationPolicy> own_policy(const AccountView& account,
                                             const store::Organization& organization, std::string_view id) {
    if (find_aws_policy(id) != nullptr) return bad_input("IMMUTABLE_POLICY");
    auto record = find_policy(account, organization, id);
    if (!record) return std::unexpected(std::move(record.error()));
    if (!*record) return refuse(fault::no_policy);
    return std::move(**record);
}

Result<void> apply(const AccountView& account, const PolicyChange& change,
                   store::OrganizationPolicy& record) {
    if (change.content) {
        if (auto good = check_content(account, record.type, *change.content); !good) return good;
        record.content = *change.content;
        ++record.revision;
    }
    if (change.name) {
        if (change.name->empty()) return bad_input("MIN_LENGTH_EXCEEDED");
        record.name = *change.name;
    }
    if (change.description && !change.description->empty()) record.description = *change.description;
    return {};
}

}  // namespace

PolicySummary to_summary(const AccountView& account, const store::Organization& organization,
                         const store::OrganizationPolicy& record) {
    return {.id = record.policy_id,
            .arn = policy_arn(place_of(account, organization), record.type, record.policy_id),
            .name = record.name,
            .description = record.description,
            .type = record.type};
}

Result<std::optional<store::OrganizationPolicy>> find_policy(const AccountView& account,
                                                             const store::Organization& organization,
                                                             std::string_view id) {
    return result_of(account.records.find<store::OrganizationPolicy>(store::OrganizationPolicy::by_id,
                                                                     {organization.organization_id, id}));
}

Result<Page<PolicySummary>> no_policies(const AccountView& account, std::string_view operation,
                                        const PageRequest& page) {
    return page_of(account, {.operation = operation}, page, std::vector<PolicySummary>{},
                   [](const PolicySummary& summary) { return summary.id; });
}

Result<PolicySummary> summary_of(const AccountView& account, const store::Organization& organization,
                                 std::string_view id) {
    if (const AwsPolicy* aws = find_aws_policy(id)) return to_summary(account, organization, *aws);
    const auto record = find_policy(account, organization, id);
    if (!record) return std::unexpected(record.error());
    if (!*record) return refuse(fault::no_policy);
    return to_summary(account, organization, **record);
}

Result<Policy> create_policy(AccountEdit& account, const NewPolicy& policy) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    if (!policy.type) return refuse(fault::type_not_here);
    if (organization->feature_set != store::FeatureSet::all) return refuse(fault::type_not_available);
    if (auto good = check_content(account, *policy.type, policy.content); !good) {
        return std::unexpected(std::move(good.error()));
    }
    if (auto room = check_number(account, *organization, *policy.type); !room) {
        return std::unexpected(std::move(room.error()));
    }
    const store::OrganizationPolicy record{.organization_id = organization->organization_id,
                                           .policy_id = new_policy_id(account.environment.random),
                                           .type = *policy.type,
                                           .name = policy.name,
                                           .description = policy.description,
                                           .content = policy.content,
                                           .created_at = account.environment.clock.now()};
    auto done = unless_taken(account.writes.insert(record), store::OrganizationPolicy::by_name,
                             error_of(fault::duplicate_policy));
    if (done) done = put_resource_tags(account, *organization, record.policy_id, policy.tags);
    if (!done) return std::unexpected(std::move(done.error()));
    return Policy{to_summary(account, *organization, record), record.content};
}

Result<Policy> update_policy(AccountEdit& account, std::string_view id, const PolicyChange& change) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    auto record = own_policy(account, *organization, id);
    if (!record) return std::unexpected(std::move(record.error()));
    if (auto applied = apply(account, change, *record); !applied) return std::unexpected(applied.error());
    auto updated = unless_taken(account.writes.update(*record), store::OrganizationPolicy::by_name,
                                error_of(fault::duplicate_policy));
    if (!updated) return std::unexpected(std::move(updated.error()));
    return Policy{to_summary(account, *organization, *record), record->content};
}

Result<void> delete_policy(AccountEdit& account, std::string_view id) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto record = own_policy(account, *organization, id);
    if (!record) return std::unexpected(record.error());
    const auto attached = account.records.count<store::OrganizationAttachment>(
        store::OrganizationAttachment::by_policy,
        {.equal = {organization->organization_id, id}, .rows_max = 1});
    if (!attached) return std::unexpected(to_error(attached.error()));
    if (*attached > 0) return refuse(fault::policy_in_use);
    if (auto erased = erase_resource_tags(account, *organization, id); !erased) return erased;
    return result_of(account.writes.erase(*record));
}

Result<Policy> get_policy(const AccountView& account, std::string_view id) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    if (const AwsPolicy* aws = find_aws_policy(id)) {
        return Policy{to_summary(account, *organization, *aws), content_of(*aws)};
    }
    const auto record = find_policy(account, *organization, id);
    if (!record) return std::unexpected(record.error());
    if (!*record) return refuse(fault::no_policy);
    return Policy{to_summary(account, *organization, **record), (*record)->content};
}

Result<Page<PolicySummary>> list_policies(const AccountView& account, KnownPolicyType known,
                                          const PageRequest& page) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    if (!known) return no_policies(account, "ListPolicies", page);
    const Type type = *known;
    const Listing listing{.operation = "ListPolicies", .filter = std::string(name_of(type))};
    // The policy of AWS comes first, then the others by their ids.
    const bool with_aws = !page.marker && organization->feature_set == store::FeatureSet::all;
    PageRequest rest = page;
    if (with_aws) --rest.items_max;
    Page<PolicySummary> all;
    if (with_aws) all.items.push_back(to_summary(account, *organization, full_access(type)));
    if (rest.items_max == 0) {
        all.marker = make_marker(account, listing, "p-");
        return all;
    }
    auto own = page_of<store::OrganizationPolicy, PolicySummary>(
        account, listing, rest,
        {.index = store::OrganizationPolicy::by_id,
         .equal = {organization->organization_id},
         .order = &store::OrganizationPolicy::policy_id,
         .keep = [&](const store::OrganizationPolicy& record) { return record.type == type; },
         .convert = [&](const store::OrganizationPolicy& record) -> Result<PolicySummary> {
             return to_summary(account, *organization, record);
         }});
    if (!own) return own;
    std::ranges::move(own->items, std::back_inserter(all.items));
    all.marker = std::move(own->marker);
    return all;
}

}  // namespace writ::directory::organizations
