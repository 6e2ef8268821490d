#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secret.h"

/// Keys that sign JSON Web Tokens, and the form in which everybody may know their public halves (RFC 7517,
/// 7518).
namespace writ::crypto {

/// Written to disk: never renumber.
enum class WebAlgorithm : std::uint8_t {
    rs256 = 1,  ///< RSA of 2048 bits, PKCS #1 v1.5, SHA-256.
    es384 = 2,  ///< P-384, SHA-384.
};
/// "RS256", "ES384".
[[nodiscard]] std::string_view name_of(WebAlgorithm algorithm) noexcept;

struct WebKeyPair {
    WebAlgorithm algorithm = WebAlgorithm::es384;
    Secret private_pem;      ///< PKCS #8.
    std::string public_pem;  ///< SubjectPublicKeyInfo.
};
/// A new one. RSA takes tenths of a second.
[[nodiscard]] WebKeyPair make_web_key(WebAlgorithm algorithm);

/// The members of a JSON Web Key that make the public half: "kty" and, as base64url, "n" and "e", or "crv",
/// "x" and "y". Nothing for what is no key of these algorithms.
[[nodiscard]] std::optional<std::vector<std::pair<std::string_view, std::string>>> json_web_key(
    std::string_view public_pem);

}  // namespace writ::crypto
