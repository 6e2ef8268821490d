#pragma once

#include <string_view>

/// Which texts are literals of a type, for the operands of condition operators (spec 1.5 step 3, 3.2, ?31).
namespace writ::policy::internal {

/// What IAM takes for a date: epoch seconds up to 64 bits, or ISO 8601 as loosely as live tests show:
/// "01T", "2016-12-13t2:00:00.593194+23", years from -292275054 to 292278993.
[[nodiscard]] bool is_date(std::string_view text) noexcept;
/// A decimal with optional sign and fraction.
[[nodiscard]] bool is_number(std::string_view text) noexcept;
/// An address or a network. IPv4 may have host bits set, IPv6 may not.
[[nodiscard]] bool is_network(std::string_view text) noexcept;
/// Six parts of which the first is "arn".
[[nodiscard]] bool is_arn(std::string_view text) noexcept;

}  // namespace writ::policy::internal
