#include "directory/organizations/handshakes.h"

#include <algorithm>
#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/handshake_records.h"
#include "directory/internal/organizations/node_tags.h"
#include "directory/internal/paging.h"

namespace writ::directory::organizations {
namespace {

using store::HandshakeState;

constexpr std::chrono::days told_for{30};

bool is_told(const store::Handshake& record, const HandshakeFilter& filter, Instant now) {
    if (record.expires_at + told_for < now || filter.other_action) return false;
    if (filter.action && record.action != *filter.action) return false;
    return filter.parent_id.empty() || record.parent_id == filter.parent_id;
}

std::string text_of(const HandshakeFilter& filter) {
    const int action = filter.action ? static_cast<int>(*filter.action) : -1;
    return std::to_string(action) + (filter.other_action ? " other " : " ") + filter.parent_id;
}

Result<Page<Handshake>> list_by(const AccountView& account, const Listing& listing,
                                const HandshakeFilter& filter, const PageRequest& page,
                                const store::Index& index, std::string_view key) {
    const Instant now = account.environment.clock.now();
    return page_of<store::Handshake, Handshake>(
        account, listing, page,
        {.index = index,
         .equal = {key},
         .order = &store::Handshake::handshake_id,
         .keep = [&](const store::Handshake& record) { return is_told(record, filter, now); },
         .convert = [&](const store::Handshake& record) { return to_handshake(account, record); }});
}

}  // namespace

HandshakeState state_of(const store::Handshake& record, Instant now) noexcept {
    const bool waits = record.state == HandshakeState::requested || record.state == HandshakeState::open;
    return waits && record.expires_at <= now ? HandshakeState::expired : record.state;
}

bool is_pending(const store::Handshake& record, Instant now) noexcept {
    const HandshakeState state = state_of(record, now);
    return state == HandshakeState::requested || state == HandshakeState::open;
}

Result<Handshake> to_handshake(const AccountView& account, const store::Handshake& record) {
    const auto manager = find_account(account, record.management_account_id);
    if (!manager) return std::unexpected(manager.error());
    const auto organization = result_of(
        account.records.find<store::Organization>(store::Organization::by_id, {record.organization_id}));
    if (!organization) return std::unexpected(organization.error());
    const Place place{account.environment.partition, record.organization_id, record.management_account_id};
    return Handshake{.id = record.handshake_id,
                     .arn = handshake_arn(place, record.action, record.handshake_id),
                     .action = record.action,
                     .state = state_of(record, account.environment.clock.now()),
                     .requested_at = record.requested_at,
                     .expires_at = record.expires_at,
                     .organization_id = record.organization_id,
                     .management_account_id = record.management_account_id,
                     .management_email = *manager ? (*manager)->email : std::nullopt,
                     .management_name = *manager ? (*manager)->name.value_or(record.management_account_id)
                                                 : record.management_account_id,
                     .feature_set = *organization ? (*organization)->feature_set : store::FeatureSet::all,
                     .account_id = record.account_id,
                     .addressed_email = record.addressed_email,
                     .notes = record.notes,
                     .parent_id = record.parent_id};
}

Result<std::optional<store::Handshake>> find_handshake(const AccountView& account, std::string_view id) {
    auto record = result_of(account.records.find<store::Handshake>(store::Handshake::by_id, {id}));
    if (!record || !*record) return record;
    const bool concerned =
        (*record)->account_id == account.account_id || (*record)->management_account_id == account.account_id;
    if (!concerned) return std::nullopt;
    return record;
}

Result<std::vector<store::Handshake>> handshakes_of(const AccountView& account,
                                                    const store::Organization& organization) {
    return result_of(account.records.list<store::Handshake>(store::Handshake::by_organization,
                                                            {.equal = {organization.organization_id}}));
}

Result<std::size_t> count_open_invitations(const AccountView& account,
                                           const store::Organization& organization) {
    const auto records = handshakes_of(account, organization);
    if (!records) return std::unexpected(records.error());
    const Instant now = account.environment.clock.now();
    return static_cast<std::size_t>(std::ranges::count_if(*records, [&](const store::Handshake& record) {
        return record.action == store::HandshakeAction::invite && is_pending(record, now);
    }));
}

Result<void> take_back_handshakes(AccountEdit& account, const store::Organization& organization,
                                  const HandshakeChoice& chosen) {
    auto records = handshakes_of(account, organization);
    if (!records) return std::unexpected(records.error());
    for (store::Handshake& record : *records) {
        if (!chosen(record)) continue;
        if (auto erased = erase_resource_tags(account, organization, record.handshake_id); !erased) {
            return erased;
        }
        if (!is_pending(record, account.environment.clock.now())) continue;
        record.state = HandshakeState::canceled;
        if (auto written = result_of(account.writes.update(record)); !written) return written;
    }
    return {};
}

Result<Handshake> get_handshake(const AccountView& account, std::string_view id) {
    const auto record = find_handshake(account, id);
    if (!record) return std::unexpected(record.error());
    if (!*record) return refuse(fault::no_handshake);
    return to_handshake(account, **record);
}

Result<Page<Handshake>> list_handshakes_of_account(const AccountView& account, const HandshakeFilter& filter,
                                                   const PageRequest& page) {
    return list_by(account, {.operation = "ListHandshakesForAccount", .filter = text_of(filter)}, filter,
                   page, store::Handshake::by_account, account.account_id);
}

Result<Page<Handshake>> list_handshakes_of_organization(const AccountView& account,
                                                        const HandshakeFilter& filter,
                                                        const PageRequest& page) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    return list_by(account, {.operation = "ListHandshakesForOrganization", .filter = text_of(filter)}, filter,
                   page, store::Handshake::by_organization, organization->organization_id);
}

}  // namespace writ::directory::organizations
