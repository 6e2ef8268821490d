#pragma once

#include <string_view>

#include "reference/api_model.h"

namespace writ::api::audit {

/// Whether values of the member may not be written down: what the model calls sensitive, and what it does not
/// and yet lets somebody act as another or open something.
[[nodiscard]] bool is_secret(const reference::Member& member) noexcept;

/// Whether a text holds a private key where none belongs: people paste it behind its certificate.
[[nodiscard]] bool holds_private_key(std::string_view text) noexcept;

}  // namespace writ::api::audit
