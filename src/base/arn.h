#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace writ {

/// The six parts of an Amazon Resource Name (spec R2): split at the first five colons, so that the resource
/// part keeps its own colons. Views into the text that was parsed, which must outlive it.
struct ArnView {
    std::string_view partition;
    std::string_view service;
    std::string_view region;
    std::string_view account;
    std::string_view resource;

    /// Part 0 is "arn", 1 the partition … 5 the resource.
    [[nodiscard]] std::string_view part(std::size_t index) const noexcept {
        constexpr std::string_view prefix = "arn";
        const std::array<std::string_view, 6> parts{prefix, partition, service, region, account, resource};
        return parts.at(index);
    }
    bool operator==(const ArnView&) const = default;
};

/// Nothing when the text does not begin with "arn:" or has fewer than five colons. Parts may be empty.
[[nodiscard]] std::optional<ArnView> parse_arn(std::string_view text) noexcept;

/// Twelve digits.
[[nodiscard]] constexpr bool is_account_id(std::string_view text) noexcept {
    constexpr std::size_t digits = 12;
    return text.size() == digits && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace writ
