#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace writ {

/// IP addresses and networks as policies write them.
struct IpAddress {
    bool v6 = false;
    std::array<std::uint8_t, 16> bytes{};  ///< The first four for IPv4.
};

/// What IpAddress and NotIpAddress name: a network, or a single address when no prefix length is given.
struct IpNetwork {
    IpAddress base;
    std::uint8_t prefix_bits = 0;
};

/// An address of a request. An IPv4 address mapped into IPv6 is IPv4 (spec ?31). Nothing for any other text.
[[nodiscard]] std::optional<IpAddress> parse_ip(std::string_view text) noexcept;
/// IPv4 networks ignore host bits; an IPv6 network with host bits matches nothing, so there is none; a mapped
/// network stays IPv6 (spec ?31).
[[nodiscard]] std::optional<IpNetwork> parse_network(std::string_view text) noexcept;
[[nodiscard]] bool contains(const IpNetwork& network, const IpAddress& address) noexcept;

}  // namespace writ
