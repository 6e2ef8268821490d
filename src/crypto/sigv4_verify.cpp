#include <array>

#include "base/secret.h"
#include "crypto/internal/canonical.h"
#include "crypto/internal/hex.h"
#include "crypto/sigv4.h"

// Step 3 of a verification: spec Z6 to Z9.
namespace writ::crypto {

CredentialResult<void> verify_signature(const HttpRequest& request, const Authorization& authorization,
                                        const SigningKey& key, const SigningForm& form) {
    thread_local std::string canonical, to_sign;  // Scratch memory, kept for its capacity.
    canonical.clear();
    to_sign.clear();
    const auto refused = [] { return std::unexpected(credential_error(CredentialFault::bad_signature)); };
    if (!internal::append_canonical_request(request, authorization.signed_headers, form, canonical))
        return refused();
    internal::append_string_to_sign(authorization.date, authorization.credential.scope, canonical, to_sign);
    std::array<char, internal::digest_hex_chars> expected{};
    internal::write_hex(key.sign(to_sign), expected);
    if (!equals_in_constant_time({expected.data(), expected.size()}, authorization.signature)) {
        return refused();
    }
    return {};
}

CredentialResult<void> verify_text_signature(std::string_view text, const Authorization& authorization,
                                             const SigningKey& key) {
    std::array<char, internal::digest_hex_chars> expected{};
    internal::write_hex(key.sign(text), expected);
    if (equals_in_constant_time({expected.data(), expected.size()}, authorization.signature)) return {};
    return std::unexpected(credential_error(CredentialFault::bad_signature));
}

std::optional<std::string> canonical_request(const HttpRequest& request, const Authorization& authorization,
                                             const SigningForm& form) {
    std::string out;
    if (!internal::append_canonical_request(request, authorization.signed_headers, form, out))
        return std::nullopt;
    return out;
}

}  // namespace writ::crypto
