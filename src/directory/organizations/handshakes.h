#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/tags.h"
#include "store/records/handshake.h"
#include "store/records/organization.h"

/// What two accounts agree upon in steps: an account joins an organization, or the members of one with
/// consolidated billing agree to all features. Handshakes that are over are told for 30 days more.
namespace writ::directory::organizations {

struct Handshake {
    std::string id;
    std::string arn;
    store::HandshakeAction action = store::HandshakeAction::invite;
    store::HandshakeState state = store::HandshakeState::requested;  ///< As of now: expired by time.
    Instant requested_at{};
    Instant expires_at{};
    std::string organization_id;
    std::string management_account_id;
    std::optional<std::string> management_email;
    std::string management_name;
    store::FeatureSet feature_set = store::FeatureSet::all;
    std::string account_id;       ///< Whom it is for.
    std::string addressed_email;  ///< As the invitation named it; empty: by its id.
    std::string notes;
    std::string parent_id;  ///< Empty: none.
};

enum class PartyKind : std::uint8_t { account, email, organization };

struct Invitation {
    std::string target;  ///< Account id or e-mail address.
    PartyKind kind = PartyKind::account;
    std::string notes{};
    std::vector<Tag> tags{};  ///< For the account once it has joined.
};
/// Also an account of another organization. DuplicateHandshakeException,
/// HandshakeConstraintViolationException, InvalidInputException for a target that is no account of this
/// server, and for an organization.
[[nodiscard]] Result<Handshake> invite_account(AccountEdit& account, const Invitation& invitation);
/// Asks every invited member, and cancels the invitations that nobody has accepted yet; the answer is for the
/// management account to accept once all have.
[[nodiscard]] Result<Handshake> enable_all_features(AccountEdit& account);

/// By whom it is for. HandshakeNotFoundException also for handshakes of others. Who accepts an invitation
/// leaves the organization it is in, with the errors of leaving.
[[nodiscard]] Result<Handshake> accept_handshake(AccountEdit& account, std::string_view id);
[[nodiscard]] Result<Handshake> decline_handshake(AccountEdit& account, std::string_view id);
/// By the management account.
[[nodiscard]] Result<Handshake> cancel_handshake(AccountEdit& account, std::string_view id);
/// By either.
[[nodiscard]] Result<Handshake> get_handshake(const AccountView& account, std::string_view id);

struct HandshakeFilter {
    std::optional<store::HandshakeAction> action{};
    bool other_action = false;  ///< One that no handshake here is about: finds none.
    std::string parent_id{};    ///< Empty: any.
};
/// Those that are for the account of the call.
[[nodiscard]] Result<Page<Handshake>> list_handshakes_of_account(const AccountView& account,
                                                                 const HandshakeFilter& filter,
                                                                 const PageRequest& page);
[[nodiscard]] Result<Page<Handshake>> list_handshakes_of_organization(const AccountView& account,
                                                                      const HandshakeFilter& filter,
                                                                      const PageRequest& page);

}  // namespace writ::directory::organizations
