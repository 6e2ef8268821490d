#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Text in the forms that the AWS protocols use. Nothing here looks at the locale.
namespace writ {

/// Lower-cases A to Z and leaves every other byte alone.
[[nodiscard]] constexpr char ascii_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// RFC 3986 percent-encoding as SigV4 and the policy documents in IAM answers use it: everything but
/// `A-Za-z0-9-_.~` becomes %XX with upper-case digits. With `keep_slash` a '/' stays as it is.
[[nodiscard]] std::string percent_encode(std::string_view text, bool keep_slash = false);
/// Nothing when a '%' is not followed by two hexadecimal digits. `plus_is_blank` decodes form fields.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank = false);

[[nodiscard]] std::string hex_encode(std::span<const std::byte> bytes);  // Lower case.
[[nodiscard]] std::string base64_encode(std::span<const std::byte> bytes);
/// Standard alphabet with '=' padding, no blanks; nothing for any other text.
[[nodiscard]] std::optional<std::vector<std::byte>> base64_decode(std::string_view text);

/// Without the blanks at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text, std::string_view blanks = " \t\r\n") noexcept;

/// Number of Unicode scalars in `text`, or nothing when it is not valid UTF-8 (spec 7.9 counts scalars).
[[nodiscard]] std::optional<std::size_t> count_scalars(std::string_view text) noexcept;

[[nodiscard]] inline std::span<const std::byte> as_bytes(std::string_view text) noexcept {
    return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace writ
