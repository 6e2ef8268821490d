#include <algorithm>
#include <utility>

#include "base/arn.h"
#include "directory/accounts/accounts.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/handshake_records.h"
#include "directory/internal/organizations/ids.h"
#include "directory/internal/organizations/node_tags.h"
#include "directory/organizations/handshakes.h"

namespace writ::directory::organizations {
namespace {

using store::HandshakeAction;
using store::HandshakeState;

constexpr std::chrono::days invitation_lives{15};
constexpr std::chrono::days approval_lives{90};

Result<std::string> invited_account(const AccountView& account, const Invitation& invitation) {
    if (invitation.kind == PartyKind::organization) return bad_input("INVALID_PARTY_TYPE_TARGET");
    const bool by_email = invitation.kind == PartyKind::email;
    if (!by_email && !is_account_id(invitation.target)) return bad_input("INVALID_PATTERN");
    const auto record = by_email ? result_of(account.records.find<store::Account>(store::Account::by_email,
                                                                                  {fold(invitation.target)}))
                                 : find_account(account, invitation.target);
    if (!record) return std::unexpected(record.error());
    if (!*record) return bad_input(by_email ? "INVALID_EMAIL_ADDRESS_TARGET" : "TARGET_NOT_SUPPORTED");
    return (*record)->account_id;
}

/// Room for one more account, and no handshake that stands against an invitation.
Result<void> check_invitable(const AccountView& account, const store::Organization& organization,
                             const std::string& account_id) {
    const auto joined = find_organization_of(account, account_id);
    if (!joined) return std::unexpected(joined.error());
    if (*joined && (*joined)->organization_id == organization.organization_id) {
        return violates_handshake("ALREADY_IN_AN_ORGANIZATION");
    }
    const auto records = handshakes_of(account, organization);
    if (!records) return std::unexpected(records.error());
    std::int64_t invited = 0;
    for (const store::Handshake& record : *records) {
        if (!is_pending(record, account.environment.clock.now())) continue;
        if (record.action != HandshakeAction::invite) {
            return violates_handshake("INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES");
        }
        if (record.account_id == account_id) return refuse(fault::duplicate_handshake);
        ++invited;
    }
    const auto members = account.records.count<store::OrganizationMember>(
        store::OrganizationMember::by_organization, {.equal = {organization.organization_id}});
    if (!members) return std::unexpected(to_error(members.error()));
    if (static_cast<std::int64_t>(*members) + invited >=
        account.environment.quotas[Quota::accounts_per_organization]) {
        return violates_handshake("ACCOUNT_NUMBER_LIMIT_EXCEEDED");
    }
    return {};
}

store::Handshake new_handshake(const AccountView& account, const store::Organization& organization,
                               HandshakeAction action, std::string account_id) {
    const Instant now = account.environment.clock.now();
    const auto lives = action == HandshakeAction::invite ? invitation_lives : approval_lives;
    return {.handshake_id = new_handshake_id(account.environment.random),
            .organization_id = organization.organization_id,
            .management_account_id = organization.management_account_id,
            .account_id = std::move(account_id),
            .addressed_email = {},
            .parent_id = {},
            .notes = {},
            .action = action,
            .state = HandshakeState::requested,
            .requested_at = now,
            .expires_at = now + lives};
}

/// Of those members who were accounts of their own before; created ones are not asked.
Result<std::size_t> ask_invited_members(AccountEdit& account, const store::Organization& organization,
                                        const std::string& parent_id) {
    const auto members = account.records.list<store::OrganizationMember>(
        store::OrganizationMember::by_organization, {.equal = {organization.organization_id}});
    if (!members) return std::unexpected(to_error(members.error()));
    std::size_t asked = 0;
    for (const store::OrganizationMember& member : *members) {
        if (member.joined_method != store::JoinedMethod::invited ||
            member.account_id == organization.management_account_id) {
            continue;
        }
        store::Handshake record =
            new_handshake(account, organization, HandshakeAction::approve_all_features, member.account_id);
        record.parent_id = parent_id;
        if (auto kept = result_of(account.writes.insert(record)); !kept) return std::unexpected(kept.error());
        ++asked;
    }
    return asked;
}

Result<void> check_not_pending(const AccountView& account, const store::Organization& organization) {
    const auto records = handshakes_of(account, organization);
    if (!records) return std::unexpected(records.error());
    const bool pending = std::ranges::any_of(*records, [&](const store::Handshake& record) {
        return record.action == HandshakeAction::enable_all_features &&
               is_pending(record, account.environment.clock.now());
    });
    if (pending) return violates_handshake("ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION");
    return {};
}

}  // namespace

Result<Handshake> invite_account(AccountEdit& account, const Invitation& invitation) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto account_id = invited_account(account, invitation);
    if (!account_id) return std::unexpected(account_id.error());
    if (auto good = check_invitable(account, *organization, *account_id); !good) {
        return std::unexpected(std::move(good.error()));
    }
    store::Handshake record = new_handshake(account, *organization, HandshakeAction::invite, *account_id);
    if (invitation.kind == PartyKind::email) record.addressed_email = invitation.target;
    record.notes = invitation.notes;
    auto kept = result_of(account.writes.insert(record));
    if (kept) kept = put_resource_tags(account, *organization, record.handshake_id, invitation.tags);
    if (!kept) return std::unexpected(std::move(kept.error()));
    return to_handshake(account, record);
}

Result<Handshake> enable_all_features(AccountEdit& account) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    if (organization->feature_set == store::FeatureSet::all) {
        return violates_handshake("ORGANIZATION_ALREADY_HAS_ALL_FEATURES");
    }
    if (auto free = check_not_pending(account, *organization); !free) return std::unexpected(free.error());
    // Whoever joined now would not have been asked.
    auto taken_back = take_back_handshakes(account, *organization, [](const store::Handshake& record) {
        return record.action == HandshakeAction::invite;
    });
    if (!taken_back) return std::unexpected(std::move(taken_back.error()));
    store::Handshake record = new_handshake(account, *organization, HandshakeAction::enable_all_features,
                                            organization->management_account_id);
    const auto asked = ask_invited_members(account, *organization, record.handshake_id);
    if (!asked) return std::unexpected(asked.error());
    if (*asked == 0) record.state = HandshakeState::open;  // All have answered that had to.
    if (auto kept = result_of(account.writes.insert(record)); !kept) return std::unexpected(kept.error());
    return to_handshake(account, record);
}

}  // namespace writ::directory::organizations
