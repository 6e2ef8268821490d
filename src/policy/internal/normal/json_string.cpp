#include "policy/internal/normal/json_string.h"

#include <bit>
#include <cstdint>

namespace writ::policy::internal {
namespace {

void append_unit(std::string& out, std::uint32_t unit) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (unsigned shift = 16; shift > 0; shift -= 4) out += digits[(unit >> (shift - 4)) & 0xFU];
}

// One scalar from its UTF-8 bytes, which are removed from the text.
std::uint32_t take_scalar(std::string_view& text) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const auto lead = static_cast<unsigned char>(text.front());
    const auto bytes = static_cast<std::size_t>(lead < 0x80U ? 1 : std::countl_one(lead));
    std::uint32_t scalar = bytes == 1 ? lead : lead & (0x7FU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) scalar = (scalar << 6U) | (byte(i) & 0x3FU);
    text.remove_prefix(bytes);
    return scalar;
}

void append_escaped(std::string& out, std::uint32_t scalar) {
    constexpr std::uint32_t supplementary = 0x10000;
    if (scalar < supplementary) return append_unit(out, scalar);
    append_unit(out, 0xD800U + ((scalar - supplementary) >> 10U));
    append_unit(out, 0xDC00U + ((scalar - supplementary) & 0x3FFU));
}

// The escapes of two characters, and nothing for the others.
std::string_view short_escape(std::uint32_t scalar) {
    switch (scalar) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\b':
            return "\\b";
        case '\f':
            return "\\f";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            return {};
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    constexpr std::uint32_t first_printable = 0x20;
    constexpr std::uint32_t last_permitted = 0xFF;
    out += '"';
    while (!text.empty()) {
        const std::string_view from = text;
        const std::uint32_t scalar = take_scalar(text);
        const std::string_view escape = short_escape(scalar);
        if (!escape.empty())
            out += escape;
        else if (scalar < first_printable || scalar > last_permitted)
            append_escaped(out, scalar);
        else
            out += from.substr(0, from.size() - text.size());
    }
    out += '"';
}

}  // namespace writ::policy::internal
