#include "directory/internal/organizations/departures.h"

#include <algorithm>
#include <chrono>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/handshake_records.h"
#include "directory/internal/organizations/node_tags.h"
#include "directory/internal/organizations/records.h"
#include "directory/organizations/members.h"

namespace writ::directory::organizations {
namespace {

constexpr std::chrono::days closing_window{30};
constexpr std::size_t closings_always = 250;
constexpr std::size_t closings_max = 1000;
constexpr std::size_t closings_one_in = 5;

Result<void> check_closing_quota(const AccountView& account, const store::Organization& organization) {
    const auto members = account.records.list<store::OrganizationMember>(
        store::OrganizationMember::by_organization, {.equal = {organization.organization_id}});
    if (!members) return std::unexpected(to_error(members.error()));
    const Instant since = account.environment.clock.now() - closing_window;
    std::size_t closed = 0;
    for (const store::OrganizationMember& member : *members) {
        const auto record = find_account(account, member.account_id);
        if (!record) return std::unexpected(record.error());
        if (*record && (*record)->closed_at && *(*record)->closed_at > since) ++closed;
    }
    const std::size_t share = (members->size() - 1) / closings_one_in;
    if (closed >= std::min(std::max(closings_always, share), closings_max)) {
        return violates("CLOSE_ACCOUNT_QUOTA_EXCEEDED");
    }
    return {};
}

Result<void> check_no_delegate(const AccountView& account, const store::OrganizationMember& member) {
    const auto services = account.records.count<store::DelegatedAdministrator>(
        store::DelegatedAdministrator::by_account,
        {.equal = {member.organization_id, member.account_id}, .rows_max = 1});
    if (!services) return std::unexpected(to_error(services.error()));
    if (*services > 0) return violates("CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG");
    return {};
}

/// A created account must have become some days old; an invited one came as it is.
Result<void> check_age(const AccountView& account, const store::OrganizationMember& member) {
    if (member.joined_method != store::JoinedMethod::created) return {};
    const std::chrono::days age_min{account.environment.quotas[Quota::created_account_age_days_min]};
    if (account.environment.clock.now() - member.joined_at < age_min) return violates("WAIT_PERIOD_ACTIVE");
    return {};
}

/// What the account was asked about the organization; the others may all have agreed already.
Result<void> ask_no_more(AccountEdit& account, const store::Organization& organization,
                         std::string_view account_id) {
    auto done = take_back_handshakes(account, organization, [&](const store::Handshake& record) {
        return record.action == store::HandshakeAction::approve_all_features &&
               record.account_id == account_id;
    });
    return done ? open_when_agreed(account, organization) : done;
}

}  // namespace

Result<void> depart(AccountEdit& account, const store::Organization& organization,
                    std::string_view account_id) {
    if (account_id == organization.management_account_id) return refuse(fault::management_account_stays);
    const auto member = find_member(account, organization, account_id);
    if (!member) return std::unexpected(member.error());
    if (!*member) return refuse(fault::no_account);
    if (auto free = check_no_delegate(account, **member); !free) return free;
    if (auto old_enough = check_age(account, **member); !old_enough) return old_enough;
    if (auto erased = erase_attachments(account, organization, account_id); !erased) return erased;
    if (auto erased = erase_resource_tags(account, organization, account_id); !erased) return erased;
    if (auto erased = result_of(account.writes.erase(**member)); !erased) return erased;
    return ask_no_more(account, organization, account_id);
}

Result<void> close_account(AccountEdit& account, std::string_view account_id) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    if (organization->feature_set != store::FeatureSet::all) {
        return violates("ORGANIZATION_NOT_IN_ALL_FEATURES_MODE");
    }
    const auto member = find_member(account, *organization, account_id);
    if (!member) return std::unexpected(member.error());
    if (!*member) return refuse(fault::no_account);
    if (account_id == organization->management_account_id) return violates("CANNOT_CLOSE_MANAGEMENT_ACCOUNT");
    auto record = find_account(account, account_id);
    if (!record) return std::unexpected(record.error());
    if (!*record) return refuse(fault::no_account);
    if ((*record)->closed_at) return refuse(fault::account_closed);
    if (auto room = check_closing_quota(account, *organization); !room) return room;
    (*record)->closed_at = account.environment.clock.now();
    return result_of(account.writes.update(**record));
}

Result<void> remove_account(AccountEdit& account, std::string_view account_id) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    return depart(account, *organization, account_id);
}

Result<void> leave_organization(AccountEdit& account) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    return depart(account, *organization, account.account_id);
}

}  // namespace writ::directory::organizations
