#include "questions/bearer_token.h"

#include <charconv>
#include <chrono>

#include "base/text.h"

namespace writ::questions {
namespace {

constexpr std::string_view prefix = "writ_";
constexpr std::string_view seal_context = "bearer";

}  // namespace

std::string issue_bearer_token(const crypto::SealingKeys& keys, const BearerClaims& claims,
                               RandomSource& random) {
    std::string plain = std::to_string(claims.expires.time_since_epoch().count());
    plain.append(1, '\n').append(claims.access_key_id).append(1, '\n').append(claims.session_token);
    const std::string sealed = keys.seal(crypto::Purpose::bearer_token, plain, seal_context, random);
    return std::string(prefix) + base64_encode(as_bytes(sealed));
}

std::optional<BearerClaims> open_bearer_token(const crypto::SealingKeys& keys, std::string_view token,
                                              Instant now) {
    if (!token.starts_with(prefix)) return std::nullopt;
    const auto sealed = base64_decode(token.substr(prefix.size()));
    if (!sealed) return std::nullopt;
    const std::string_view bytes(reinterpret_cast<const char*>(sealed->data()), sealed->size());
    const auto plain = keys.unseal(crypto::Purpose::bearer_token, bytes, seal_context);
    if (!plain) return std::nullopt;
    const std::size_t first = plain->find('\n');
    const std::size_t second = first == std::string::npos ? first : plain->find('\n', first + 1);
    if (second == std::string::npos) return std::nullopt;
    std::int64_t expires_ms = 0;
    const auto read = std::from_chars(plain->data(), plain->data() + first, expires_ms);
    if (read.ec != std::errc{} || read.ptr != plain->data() + first) return std::nullopt;
    const Instant expires{std::chrono::milliseconds(expires_ms)};
    if (now >= expires) return std::nullopt;
    return BearerClaims{.access_key_id = plain->substr(first + 1, second - first - 1),
                        .session_token = plain->substr(second + 1),
                        .expires = expires};
}

}  // namespace writ::questions
