#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace writ::server {

/// A host (name or IP address, IPv6 without brackets) and a TCP port.
struct Address {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;

    /// "127.0.0.1:7600", "[::1]:7600".
    [[nodiscard]] std::string text() const;
    bool operator==(const Address&) const = default;
};

/// HOST:PORT; an empty host means every interface (0.0.0.0).
[[nodiscard]] Result<Address> parse_address(std::string_view text);

}  // namespace writ::server
