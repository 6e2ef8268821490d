#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// Written to disk: never renumber.
enum class HandshakeAction : std::uint8_t { invite = 0, enable_all_features = 1, approve_all_features = 2 };
enum class HandshakeState : std::uint8_t {
    requested = 0,
    open = 1,
    canceled = 2,
    accepted = 3,
    declined = 4,
    expired = 5,
};

/// What two accounts agree upon in steps. Outlives the organization for those who want to look back.
struct Handshake {
    std::string handshake_id;  ///< h-…
    std::string organization_id;
    std::string management_account_id;
    std::string account_id;       ///< Whom it is for.
    std::string addressed_email;  ///< As the invitation named the account; empty: by its id.
    std::string parent_id;        ///< Handshake that this one is part of; empty: none.
    std::string notes;
    HandshakeAction action = HandshakeAction::invite;
    HandshakeState state = HandshakeState::requested;
    Instant requested_at{};
    Instant expires_at{};

    static constexpr std::string_view table = "handshakes";
    static constexpr Index by_id{"handshakes_by_id", true, {"handshake_id"}};
    static constexpr Index by_organization{
        "handshakes_by_organization", true, {"organization_id", "handshake_id"}};
    static constexpr Index by_account{"handshakes_by_account", true, {"account_id", "handshake_id"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_organization, &by_account}; }
    static constexpr auto columns() {
        return Columns{Column{"handshake_id", &Handshake::handshake_id},
                       Column{"organization_id", &Handshake::organization_id},
                       Column{"management_account_id", &Handshake::management_account_id},
                       Column{"account_id", &Handshake::account_id},
                       Column{"addressed_email", &Handshake::addressed_email},
                       Column{"parent_id", &Handshake::parent_id},
                       Column{"notes", &Handshake::notes},
                       Column{"action", &Handshake::action},
                       Column{"state", &Handshake::state},
                       Column{"requested_at", &Handshake::requested_at},
                       Column{"expires_at", &Handshake::expires_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
