#include "directory/organizations/targets.h"

#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/aws_policies.h"
#include "directory/internal/organizations/handshake_records.h"
#include "directory/internal/organizations/node_tags.h"
#include "directory/internal/organizations/policy_records.h"
#include "directory/internal/organizations/records.h"

namespace writ::directory::organizations {
namespace {

/// A policy that is not there is taken for an SCP.
Result<std::string> arn_of_policy(const AccountView& account, const store::Organization& organization,
                                  std::string_view id) {
    const Place place = place_of(account, organization);
    if (const AwsPolicy* aws = find_aws_policy(id)) return policy_arn(place, aws->type, id);
    const auto record = find_policy(account, organization, id);
    if (!record) return std::unexpected(record.error());
    return policy_arn(place, *record ? (*record)->type : store::OrganizationPolicyType::service_control, id);
}

Result<std::string> arn_of(const AccountView& account, const store::Organization& organization,
                           std::string_view id) {
    if (id.starts_with("p-")) return arn_of_policy(account, organization, id);
    const Place place = place_of(account, organization);
    return id.starts_with("rp-") ? resource_policy_arn(place, id) : node_arn(place, id);
}

Result<TargetFacts> facts_of(const AccountView& account, const store::Organization& organization,
                             std::string_view id) {
    auto arn = arn_of(account, organization, id);
    if (!arn) return std::unexpected(std::move(arn.error()));
    auto tags = read_resource_tags(account, organization, id);
    if (!tags) return std::unexpected(std::move(tags.error()));
    return TargetFacts{.arn = std::move(*arn), .tags = std::move(*tags)};
}

}  // namespace

Result<Home> find_home(const AccountView& account) {
    return find_organization_of(account, account.account_id);
}

Result<TargetFacts> find_target(const AccountView& account, const Home& home, std::string_view id) {
    if (!home) return TargetFacts{};
    return facts_of(account, *home, id);
}

Result<TargetFacts> find_resource_policy_target(const AccountView& account, const Home& home) {
    if (!home) return TargetFacts{};
    const auto row = account.records.find<store::OrganizationResourcePolicy>(
        store::OrganizationResourcePolicy::by_organization, {home->organization_id});
    if (!row) return std::unexpected(to_error(row.error()));
    return facts_of(account, *home, *row ? (*row)->policy_id : "rp-*");
}

Result<TargetFacts> find_handshake_target(const AccountView& account, std::string_view id) {
    const auto record = find_handshake(account, id);
    if (!record) return std::unexpected(record.error());
    if (!*record) {
        return TargetFacts{.arn = std::string("arn:")
                                      .append(account.environment.partition)
                                      .append(":organizations::")
                                      .append(account.account_id)
                                      .append(":handshake/")
                                      .append(id)};
    }
    const Place place{account.environment.partition, (*record)->organization_id,
                      (*record)->management_account_id};
    return TargetFacts{.arn = handshake_arn(place, (*record)->action, id)};
}

}  // namespace writ::directory::organizations
