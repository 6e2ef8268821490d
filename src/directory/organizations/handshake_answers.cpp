#include <algorithm>
#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/departures.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/handshake_records.h"
#include "directory/internal/organizations/node_tags.h"
#include "directory/organizations/handshakes.h"

namespace writ::directory::organizations {
namespace {

using store::HandshakeAction;
using store::HandshakeState;

Result<store::Handshake> existing_handshake(const AccountView& account, std::string_view id) {
    auto record = find_handshake(account, id);
    if (!record) return std::unexpected(std::move(record.error()));
    if (!*record) return refuse(fault::no_handshake);
    return std::move(**record);
}

/// Whether the handshake may go to that state now.
Result<void> check_transition(const AccountView& account, const store::Handshake& record,
                              HandshakeState wanted) {
    const HandshakeState now = state_of(record, account.environment.clock.now());
    if (now == wanted) return refuse(fault::handshake_in_state);
    const bool waits = now == HandshakeState::requested || now == HandshakeState::open;
    // Accepting the change for the organization ends it: all invited members must have agreed before.
    const bool too_early = record.action == HandshakeAction::enable_all_features &&
                           wanted == HandshakeState::accepted && now != HandshakeState::open;
    if (!waits || too_early) return refuse(fault::handshake_over);
    return {};
}

Result<store::Organization> organization_of(const AccountView& account, const store::Handshake& record) {
    auto organization = result_of(
        account.records.find<store::Organization>(store::Organization::by_id, {record.organization_id}));
    if (!organization) return std::unexpected(std::move(organization.error()));
    if (!*organization) return refuse(fault::no_handshake);
    return std::move(**organization);
}

/// An account that is in another organization leaves it on the way, if it may leave (Organizations User
/// Guide, migrating an account).
Result<void> leave_another(AccountEdit& account, const store::Organization& organization,
                           std::string_view account_id) {
    const auto left = find_organization_of(account, account_id);
    if (!left) return std::unexpected(left.error());
    if (!*left) return {};
    if ((*left)->organization_id == organization.organization_id) {
        return violates_handshake("ALREADY_IN_AN_ORGANIZATION");
    }
    return depart(account, **left, account_id);
}

Result<void> join(AccountEdit& account, const store::Organization& organization,
                  const store::Handshake& record) {
    if (auto left = leave_another(account, organization, record.account_id); !left) return left;
    const store::OrganizationMember member{.account_id = record.account_id,
                                           .organization_id = organization.organization_id,
                                           .parent_id = organization.root_id,
                                           .joined_method = store::JoinedMethod::invited,
                                           .joined_at = account.environment.clock.now()};
    if (auto inserted = result_of(account.writes.insert(member)); !inserted) return inserted;
    const auto tags = read_resource_tags(account, organization, record.handshake_id);
    if (!tags) return std::unexpected(tags.error());
    auto done = put_resource_tags(account, organization, record.account_id, *tags);
    if (done) done = erase_resource_tags(account, organization, record.handshake_id);
    if (done) done = attach_full_access(account, organization, record.account_id);
    return done;
}

Result<void> carry_out(AccountEdit& account, const store::Handshake& record) {
    auto organization = organization_of(account, record);
    if (!organization) return std::unexpected(organization.error());
    switch (record.action) {
        case HandshakeAction::invite:
            return join(account, *organization, record);
        case HandshakeAction::approve_all_features:
            return open_when_agreed(account, *organization);
        case HandshakeAction::enable_all_features:
            organization->feature_set = store::FeatureSet::all;
            return result_of(account.writes.update(*organization));
    }
    return {};
}

/// What hangs on a handshake that comes to nothing: its tags, and the questions to members that it asks.
Result<void> give_up(AccountEdit& account, const store::Handshake& record) {
    const auto organization = organization_of(account, record);
    if (!organization) return std::unexpected(organization.error());
    return take_back_handshakes(account, *organization, [&](const store::Handshake& other) {
        return other.handshake_id == record.handshake_id || other.parent_id == record.handshake_id;
    });
}

Result<Handshake> answer(AccountEdit& account, store::Handshake record, HandshakeState state) {
    if (auto may = check_transition(account, record, state); !may) return std::unexpected(may.error());
    record.state = state;
    auto done = result_of(account.writes.update(record));
    if (done) {
        done = state == HandshakeState::accepted ? carry_out(account, record) : give_up(account, record);
    }
    if (!done) return std::unexpected(std::move(done.error()));
    return to_handshake(account, record);
}

/// Whoever made the request cannot answer it, and the other way round.
Result<store::Handshake> handshake_for(const AccountView& account, std::string_view id, bool as_recipient) {
    auto record = existing_handshake(account, id);
    if (!record) return record;
    const std::string& who = as_recipient ? record->account_id : record->management_account_id;
    if (who != account.account_id) return refuse(fault::access_denied);
    return record;
}

}  // namespace

Result<void> open_when_agreed(AccountEdit& account, const store::Organization& organization) {
    auto records = handshakes_of(account, organization);
    if (!records) return std::unexpected(records.error());
    const auto change = std::ranges::find_if(*records, [&](const store::Handshake& record) {
        return record.action == HandshakeAction::enable_all_features &&
               is_pending(record, account.environment.clock.now());
    });
    if (change == records->end() || change->state == HandshakeState::open) return {};
    for (const store::Handshake& record : *records) {
        if (record.parent_id != change->handshake_id || record.state == HandshakeState::accepted) continue;
        const auto member = find_member(account, organization, record.account_id);
        if (!member) return std::unexpected(member.error());
        if (*member) return {};
    }
    change->state = HandshakeState::open;
    return result_of(account.writes.update(*change));
}

Result<Handshake> accept_handshake(AccountEdit& account, std::string_view id) {
    auto record = handshake_for(account, id, true);
    if (!record) return std::unexpected(std::move(record.error()));
    return answer(account, std::move(*record), HandshakeState::accepted);
}

Result<Handshake> decline_handshake(AccountEdit& account, std::string_view id) {
    auto record = handshake_for(account, id, true);
    if (!record) return std::unexpected(std::move(record.error()));
    return answer(account, std::move(*record), HandshakeState::declined);
}

Result<Handshake> cancel_handshake(AccountEdit& account, std::string_view id) {
    auto record = handshake_for(account, id, false);
    if (!record) return std::unexpected(std::move(record.error()));
    return answer(account, std::move(*record), HandshakeState::canceled);
}

}  // namespace writ::directory::organizations
