#include "base/ip.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>

namespace writ {
namespace {

// Dotted decimal without leading zeros.
bool parse_v4(std::string_view text, std::array<std::uint8_t, 16>& bytes) noexcept {
    for (std::size_t i = 0; i < 4; ++i) {
        unsigned value = 0;
        std::size_t digits = 0;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9' && digits < 3) {
            value = value * 10 + static_cast<unsigned>(text[digits++] - '0');
        }
        if (digits == 0 || value > 255 || (digits > 1 && text.front() == '0')) return false;
        bytes[i] = static_cast<std::uint8_t>(value);
        text.remove_prefix(digits);
        if (i == 3) break;
        if (!text.starts_with('.')) return false;
        text.remove_prefix(1);
    }
    return text.empty();
}

std::optional<IpAddress> parse_any(std::string_view text) noexcept {
    IpAddress address;
    if (text.find(':') == std::string_view::npos) {
        if (!parse_v4(text, address.bytes)) return std::nullopt;
        return address;
    }
    std::array<char, INET6_ADDRSTRLEN + 1> terminated{};
    if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) return std::nullopt;
    std::ranges::copy(text, terminated.begin());
    address.v6 = true;
    if (::inet_pton(AF_INET6, terminated.data(), address.bytes.data()) != 1) return std::nullopt;
    return address;
}

bool same_bits(const IpAddress& a, const IpAddress& b, unsigned bits) noexcept {
    const std::size_t whole = bits / 8;
    if (std::memcmp(a.bytes.data(), b.bytes.data(), whole) != 0) return false;
    if (bits % 8 == 0) return true;
    const unsigned shift = 8 - bits % 8;
    return (a.bytes[whole] >> shift) == (b.bytes[whole] >> shift);
}

bool has_host_bits(const IpNetwork& network) noexcept {
    IpAddress cleared = network.base;
    for (unsigned bit = network.prefix_bits; bit < 128; ++bit) {
        cleared.bytes[bit / 8] &= static_cast<std::uint8_t>(~(0x80U >> (bit % 8)));
    }
    return cleared.bytes != network.base.bytes;
}

}  // namespace

std::optional<IpAddress> parse_ip(std::string_view text) noexcept {
    auto address = parse_any(text);
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    if (address && address->v6 && std::equal(mapped.begin(), mapped.end(), address->bytes.begin())) {
        IpAddress v4;
        std::copy_n(address->bytes.begin() + mapped.size(), 4, v4.bytes.begin());
        return v4;
    }
    return address;
}

std::optional<IpNetwork> parse_network(std::string_view text) noexcept {
    const std::size_t slash = text.find('/');
    const auto base = parse_any(text.substr(0, slash));
    if (!base) return std::nullopt;
    const unsigned bits_max = base->v6 ? 128 : 32;
    unsigned bits = bits_max;
    if (slash != std::string_view::npos) {
        const std::string_view prefix = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(prefix.data(), prefix.data() + prefix.size(), bits);
        if (error != std::errc{} || end != prefix.data() + prefix.size() || bits > bits_max ||
            prefix.size() > 3)
            return std::nullopt;
    }
    const IpNetwork network{*base, static_cast<std::uint8_t>(bits)};
    if (base->v6 && has_host_bits(network)) return std::nullopt;
    return network;
}

bool contains(const IpNetwork& network, const IpAddress& address) noexcept {
    return network.base.v6 == address.v6 && same_bits(network.base, address, network.prefix_bits);
}

}  // namespace writ
