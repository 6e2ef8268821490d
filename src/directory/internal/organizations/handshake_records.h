#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "directory/internal/organizations/records.h"
#include "directory/organizations/handshakes.h"

namespace writ::directory::organizations {

/// As of now: what nobody answered in time is expired.
[[nodiscard]] store::HandshakeState state_of(const store::Handshake& record, Instant now) noexcept;
[[nodiscard]] bool is_pending(const store::Handshake& record, Instant now) noexcept;

[[nodiscard]] Result<Handshake> to_handshake(const AccountView& account, const store::Handshake& record);
/// Nothing also for a handshake that is neither for the account of the call nor of it.
[[nodiscard]] Result<std::optional<store::Handshake>> find_handshake(const AccountView& account,
                                                                     std::string_view id);
[[nodiscard]] Result<std::vector<store::Handshake>> handshakes_of(const AccountView& account,
                                                                  const store::Organization& organization);

/// Invitations that nobody has answered yet: they count against the number of accounts.
[[nodiscard]] Result<std::size_t> count_open_invitations(const AccountView& account,
                                                         const store::Organization& organization);
using HandshakeChoice = std::function<bool(const store::Handshake&)>;
/// Cancels those of the chosen handshakes that wait for an answer, and erases the tags of all of them.
[[nodiscard]] Result<void> take_back_handshakes(AccountEdit& account, const store::Organization& organization,
                                                const HandshakeChoice& chosen);
/// Opens the pending change of the organization to all features when every member that was asked and is still
/// there has agreed.
[[nodiscard]] Result<void> open_when_agreed(AccountEdit& account, const store::Organization& organization);

}  // namespace writ::directory::organizations
