#include "api/audit/secrets.h"

#include <algorithm>
#include <array>

namespace writ::api::audit {
namespace {

/// Shapes that the models do not call sensitive.
constexpr auto secret_shapes = std::to_array<std::string_view>({
    "authenticationCodeType",  // Codes of MFA devices: the next ones may be told from drift and time.
    "contextAssertionType",    // Signed statements about somebody.
    "decodedMessageType",      // Policies and context that not everybody may see …
    "encodedMessageType",      // … and what opens to them.
    "tokenCodeType",           // Codes of MFA devices.
    "tokenType",               // Session tokens.
});

}  // namespace

bool is_secret(const reference::Member& member) noexcept {
    return member.sensitive || member.shape->sensitive ||
           std::ranges::find(secret_shapes, member.shape->name) != secret_shapes.end();
}

bool holds_private_key(std::string_view text) noexcept {
    return text.contains("PRIVATE KEY-----");
}

}  // namespace writ::api::audit
