#include "server/address.h"

#include <charconv>
#include <fmt/format.h>

namespace writ::server {

std::string Address::text() const {
    return host.contains(':') ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

Result<Address> parse_address(std::string_view text) {
    const auto refused = [&](std::string_view why) {
        return fail("InvalidInput", 400, fmt::format("'{}' is not HOST:PORT: {}.", text, why));
    };
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return refused("there is no port");
    std::string_view host = text.substr(0, colon);
    const std::string_view digits = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    } else if (host.contains(':')) {
        return refused("an IPv6 address stands in brackets");
    }
    std::uint16_t port = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (parsed.ec != std::errc{} || parsed.ptr != digits.data() + digits.size()) {
        return refused("the port is a number from 0 to 65535");
    }
    return Address{host.empty() ? "0.0.0.0" : std::string(host), port};
}

}  // namespace writ::server
