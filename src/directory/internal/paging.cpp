#include "directory/internal/paging.h"

#include <cassert>

#include "base/text.h"
#include "crypto/hash.h"

namespace writ::directory {
namespace {

constexpr std::size_t seal_bytes = 12;
constexpr std::size_t marker_chars_max = 320;
static_assert((seal_bytes + position_bytes_max + 2) / 3 * 4 <= marker_chars_max);

/// Ties a position to its list. Lengths first, so that no two lists share a text.
std::string seal(const AccountView& account, const Listing& listing, std::string_view position) {
    std::string text;
    for (const std::string_view part : {std::string_view(account.account_id), listing.operation,
                                        std::string_view(listing.filter), position}) {
        text.append(std::to_string(part.size())).append(" ").append(part);
    }
    return std::string(crypto::as_text(crypto::sha256(text)).substr(0, seal_bytes));
}

}  // namespace

std::string make_marker(const AccountView& account, const Listing& listing, std::string_view position) {
    assert(position.size() <= position_bytes_max);
    return base64_encode(as_bytes(seal(account, listing, position).append(position)));
}

Result<std::optional<std::string>> read_marker(const AccountView& account, const Listing& listing,
                                               const PageRequest& request) {
    if (!request.marker) return std::nullopt;
    const auto bytes = base64_decode(*request.marker);
    if (bytes && bytes->size() >= seal_bytes) {
        const std::string_view text = crypto::as_text(*bytes);
        const std::string_view position = text.substr(seal_bytes);
        if (text.substr(0, seal_bytes) == seal(account, listing, position)) return std::string(position);
    }
    return std::unexpected(Error{"ValidationError", 400, "Invalid Marker.", "INVALID_NEXT_TOKEN"});
}

std::string position_of(std::string_view key) {
    if (key.size() <= position_bytes_max) return std::string(key);
    constexpr std::size_t digest_bytes = 32;
    std::string position(key.substr(0, position_bytes_max - digest_bytes));
    return position.append(crypto::as_text(crypto::sha256(key)));
}

}  // namespace writ::directory
