#include "crypto/session_token.h"

#include <cassert>

#include "base/text.h"
#include "crypto/access_key.h"
#include "crypto/internal/bytes.h"
#include "crypto/internal/deflate.h"
#include "crypto/sealing.h"

namespace writ::crypto {
namespace {

using internal::ByteReader;
using internal::ByteWriter;
using std::chrono::milliseconds;

// The greatest text that policies, ARNs and tags can be before they are packed: far above what the limits of
// STS let in (spec 7.1, S3).
constexpr std::size_t block_bytes_max = std::size_t{256} * 1024;
constexpr std::size_t token_chars_max = std::size_t{64} * 1024;

std::uint64_t to_number(Instant instant) {
    return static_cast<std::uint64_t>(instant.time_since_epoch().count());
}
Instant to_instant(std::uint64_t number) {
    return Instant{milliseconds{static_cast<std::int64_t>(number)}};
}

// The texts of every session, in the order in which they are written. Append only.
constexpr auto texts = std::to_array<std::string SessionClaims::*>(
    {&SessionClaims::partition, &SessionClaims::account, &SessionClaims::role_arn, &SessionClaims::role_id,
     &SessionClaims::role_name, &SessionClaims::session_name, &SessionClaims::user_arn,
     &SessionClaims::user_id, &SessionClaims::user_name, &SessionClaims::source_identity,
     &SessionClaims::federated_provider});

void write_list(std::span<const std::string> values, ByteWriter& out) {
    out.number(values.size());
    for (const std::string& value : values) out.text(value);
}
std::vector<std::string> read_list(ByteReader& in) {
    std::vector<std::string> values(in.count());
    for (std::string& value : values) value = in.text();
    return values;
}

bool has_block(const SessionClaims& claims) {
    return !claims.policy_documents.empty() || !claims.policy_arns.empty() || !claims.tags.empty() ||
           !claims.transitive_tag_keys.empty() || !claims.scope_down_documents.empty();
}

// What may be long and repeats itself, packed on its own, so that a plain session pays for no inflate.
std::string write_block(const SessionClaims& claims) {
    ByteWriter out;
    write_list(claims.policy_documents, out);
    write_list(claims.policy_arns, out);
    out.number(claims.tags.size());
    for (const auto& [key, value] : claims.tags) {
        out.text(key);
        out.text(value);
    }
    write_list(claims.transitive_tag_keys, out);
    if (!claims.scope_down_documents.empty()) write_list(claims.scope_down_documents, out);
    return out.take();
}

bool read_block(std::size_t bytes, std::string_view packed, bool is_scoped, SessionClaims& claims) {
    if (bytes > block_bytes_max) return false;
    const auto block = internal::inflate_text(packed, bytes);
    if (!block) return false;
    ByteReader in(*block);
    claims.policy_documents = read_list(in);
    claims.policy_arns = read_list(in);
    claims.tags.resize(in.count());
    for (auto& [key, value] : claims.tags) {
        key = in.text();
        value = in.text();
    }
    claims.transitive_tag_keys = read_list(in);
    if (is_scoped) claims.scope_down_documents = read_list(in);
    return !in.failed() && in.at_end();
}

// Whoever does not know a flag refuses what it announces: there are bytes behind what he knows. All of them
// take one byte, whatever is set.
enum Flag : unsigned {
    has_mfa_time = 1,
    is_chained = 2,
    has_packed_block = 4,
    has_scope_down = 8,
    is_delegated = 16,
    is_padded = 32,
};

std::uint64_t flags_of(const SessionClaims& claims) {
    return (claims.mfa_time ? has_mfa_time : 0U) | (claims.chained ? is_chained : 0U) |
           (has_block(claims) ? has_packed_block : 0U) |
           (claims.scope_down_documents.empty() ? 0U : has_scope_down) |
           (claims.delegate_account.empty() ? 0U : is_delegated);
}

std::string write_claims(const SessionClaims& claims, std::size_t padding_bytes) {
    ByteWriter out;
    out.number(static_cast<std::uint64_t>(claims.kind));
    out.number(flags_of(claims) | (padding_bytes > 0 ? is_padded : 0U));
    out.number(to_number(claims.issued));
    out.number(to_number(claims.expires));
    if (claims.mfa_time) out.number(to_number(*claims.mfa_time));
    for (const auto member : texts) out.text(claims.*member);
    if (!claims.delegate_account.empty()) out.text(claims.delegate_account);
    if (has_block(claims)) {
        const std::string plain = write_block(claims);
        out.number(plain.size());
        out.text(internal::deflate_text(plain));
    }
    out.zeros(padding_bytes);
    return out.take();
}

/// The fewest bytes whose base64 text has that many characters.
std::size_t bytes_behind(std::size_t base64_chars) {
    return base64_chars == 0 ? 0 : (base64_chars + 3) / 4 * 3 - 2;
}

std::optional<SessionClaims> read_claims(std::string_view bytes) {
    ByteReader in(bytes);
    SessionClaims claims;
    const std::uint64_t kind = in.number();
    if (kind < static_cast<std::uint64_t>(SessionKind::role) ||
        kind > static_cast<std::uint64_t>(SessionKind::assumed_root)) {
        return std::nullopt;
    }
    claims.kind = static_cast<SessionKind>(kind);
    const std::uint64_t flags = in.number();
    claims.issued = to_instant(in.number());
    claims.expires = to_instant(in.number());
    if ((flags & has_mfa_time) != 0) claims.mfa_time = to_instant(in.number());
    claims.chained = (flags & is_chained) != 0;
    for (const auto member : texts) claims.*member = in.text();
    if ((flags & is_delegated) != 0) claims.delegate_account = in.text();
    if ((flags & has_packed_block) != 0) {
        const std::size_t plain_bytes = in.number();
        if (!read_block(plain_bytes, in.text(), (flags & has_scope_down) != 0, claims)) return std::nullopt;
    }
    if ((flags & is_padded) != 0) in.skip_rest();
    if (in.failed() || !in.at_end()) return std::nullopt;
    return claims;
}

std::optional<std::vector<std::byte>> unwrap(std::string_view token) {
    if (token.size() > token_chars_max) return std::nullopt;
    return base64_decode(token);
}

Secret secret_from(const Digest& digest) {
    std::string text = base64_encode(std::span(digest).first<30>());  // 40 characters, as AWS has them.
    Secret secret(text);
    wipe_memory(text.data(), text.size());
    return secret;
}

std::unexpected<CredentialError> refused() {
    return std::unexpected(credential_error(CredentialFault::invalid_token));
}

}  // namespace

TemporaryCredentials SessionTokens::issue(const SessionClaims& claims, RandomSource& random,
                                          std::size_t token_chars_min) const {
    TemporaryCredentials out;
    out.access_key_id = make_id(IdKind::temporary_access_key, claims.account, random);
    const auto seal = [&](std::size_t padding_bytes) {
        return keys_.seal(Purpose::session_token, write_claims(claims, padding_bytes), out.access_key_id,
                          random);
    };
    std::string sealed = seal(0);
    const std::size_t bytes_min = bytes_behind(token_chars_min);
    if (sealed.size() < bytes_min) sealed = seal(bytes_min - sealed.size());
    out.session_token = base64_encode(as_bytes(sealed));
    const auto derived = keys_.derive_from(sealed, out.access_key_id);
    assert(derived);  // A key of the ring sealed it.
    out.secret_access_key = secret_from(*derived);
    return out;
}

CredentialResult<SessionClaims> SessionTokens::open(std::string_view token,
                                                    std::string_view access_key_id) const {
    const auto sealed = unwrap(token);
    if (!sealed) return refused();
    const auto plain = keys_.unseal(Purpose::session_token, as_text(*sealed), access_key_id);
    if (!plain) return refused();
    auto claims = read_claims(*plain);
    if (!claims) return refused();
    claims->access_key_id = access_key_id;
    return std::move(*claims);
}

CredentialResult<Secret> SessionTokens::secret_of(std::string_view token,
                                                  std::string_view access_key_id) const {
    const auto sealed = unwrap(token);
    if (!sealed) return refused();
    const auto digest = keys_.derive_from(as_text(*sealed), access_key_id);
    if (!digest) return refused();
    return secret_from(*digest);
}

CredentialResult<void> check_not_expired(const SessionClaims& claims, Instant now) {
    if (now < claims.expires) return {};
    return std::unexpected(credential_error(CredentialFault::expired_token));
}

}  // namespace writ::crypto
