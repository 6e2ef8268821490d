#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace writ {
namespace {

constexpr std::string_view hex_upper = "0123456789ABCDEF";
constexpr std::string_view hex_lower = "0123456789abcdef";
constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr bool is_unreserved(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

constexpr int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// A to Z in eight bytes at once: a byte is upper case when adding what lifts 'A' to 128 sets its top bit and
// adding what lifts 'Z' + 1 to 128 does not.
std::uint64_t ascii_lower_8(std::uint64_t bytes) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101ULL;
    const std::uint64_t low_bits = bytes & (each * 0x7F);
    const std::uint64_t from_a = low_bits + each * (0x80 - 'A');
    const std::uint64_t above_z = low_bits + each * (0x80 - 'Z' - 1);
    const std::uint64_t upper = (from_a & ~above_z) & ~bytes & (each * 0x80);
    return bytes | (upper >> 2U);
}

std::uint64_t load_8(const char* text) noexcept {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text, sizeof bytes);
    return bytes;
}

constexpr std::array<std::int16_t, 256> base64_values = [] {
    std::array<std::int16_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < base64_alphabet.size(); ++i) {
        values[static_cast<unsigned char>(base64_alphabet[i])] = static_cast<std::int16_t>(i);
    }
    return values;
}();

}  // namespace

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    std::size_t at = 0;
    for (; at + 8 <= lower.size(); at += 8) {
        const std::uint64_t bytes = ascii_lower_8(load_8(lower.data() + at));
        std::memcpy(lower.data() + at, &bytes, sizeof bytes);
    }
    for (; at < lower.size(); ++at) lower[at] = ascii_lower(lower[at]);
    return lower;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    std::size_t at = 0;
    for (; at + 8 <= a.size(); at += 8) {
        if (ascii_lower_8(load_8(a.data() + at)) != ascii_lower_8(load_8(b.data() + at))) return false;
    }
    for (; at < a.size(); ++at) {
        if (ascii_lower(a[at]) != ascii_lower(b[at])) return false;
    }
    return true;
}

std::string_view trimmed(std::string_view text, std::string_view blanks) noexcept {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::string percent_encode(std::string_view text, bool keep_slash) {
    std::string out;
    out.reserve(text.size() + text.size() / 4);
    for (const char c : text) {
        if (is_unreserved(c) || (keep_slash && c == '/')) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += hex_upper[byte >> 4U];
            out += hex_upper[byte & 15U];
        }
    }
    return out;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank) {
    const auto is_special = [plus_is_blank](char c) { return c == '%' || (plus_is_blank && c == '+'); };
    std::string out;
    out.reserve(text.size());
    while (true) {
        const auto* const end = std::ranges::find_if(text, is_special);
        out.append(text.begin(), end);
        text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
        if (text.empty()) return out;
        if (text.front() == '+') {
            out += ' ';
            text.remove_prefix(1);
            continue;
        }
        if (text.size() < 3) return std::nullopt;
        const int high = hex_value(text[1]);
        const int low = hex_value(text[2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        text.remove_prefix(3);
    }
}

std::string hex_encode(std::span<const std::byte> bytes) {
    std::string out(bytes.size() * 2, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto value = std::to_integer<unsigned>(bytes[i]);
        out[2 * i] = hex_lower[value >> 4U];
        out[2 * i + 1] = hex_lower[value & 15U];
    }
    return out;
}

std::string base64_encode(std::span<const std::byte> bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            group = (group << 8U) | (j < left ? std::to_integer<std::uint32_t>(bytes[i + j]) : 0U);
        }
        for (std::size_t j = 0; j < 4; ++j) {
            out += j <= left ? base64_alphabet[(group >> (18U - 6U * j)) & 63U] : '=';
        }
    }
    return out;
}

std::optional<std::vector<std::byte>> base64_decode(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::size_t padding = 0;
    if (text.ends_with("==")) {
        padding = 2;
    } else if (text.ends_with("=")) {
        padding = 1;
    }
    std::vector<std::byte> out(text.size() / 4 * 3);
    std::byte* to = out.data();
    int invalid = 0;  // Negative as soon as one character was none of the alphabet.
    const auto value_of = [&](std::size_t at) {
        const int value = base64_values[static_cast<unsigned char>(text[at])];
        invalid |= value;
        return static_cast<std::uint32_t>(value);
    };
    const auto write = [&](std::uint32_t group) {
        *to++ = static_cast<std::byte>(group >> 16U);
        *to++ = static_cast<std::byte>(group >> 8U);
        *to++ = static_cast<std::byte>(group);
    };
    const std::size_t whole = padding == 0 ? text.size() : text.size() - 4;
    for (std::size_t i = 0; i < whole; i += 4) {
        write((value_of(i) << 18U) | (value_of(i + 1) << 12U) | (value_of(i + 2) << 6U) | value_of(i + 3));
    }
    if (padding != 0) {
        const std::uint32_t third = padding == 1 ? value_of(whole + 2) << 6U : 0;
        write((value_of(whole) << 18U) | (value_of(whole + 1) << 12U) | third);
    }
    if (invalid < 0) return std::nullopt;
    out.resize(out.size() - padding);
    return out;
}

std::optional<std::size_t> count_scalars(std::string_view text) noexcept {
    // Most texts are ASCII: eight of its bytes at once have no upper bit.
    std::size_t scalars = 0;
    constexpr std::uint64_t upper_bits = 0x8080808080808080U;
    while (scalars + 8 <= text.size() && (load_8(text.data() + scalars) & upper_bits) == 0) scalars += 8;
    std::uint64_t tail = 0;
    const std::size_t left = text.size() - scalars;
    if (left < 8) {
        std::memcpy(&tail, text.data() + scalars, left);
        if ((tail & upper_bits) == 0) return text.size();
    }
    for (std::size_t i = scalars; i < text.size(); ++scalars) {
        const auto lead = static_cast<unsigned char>(text[i]);
        std::size_t length = 1;
        std::uint32_t scalar = lead;
        if (lead >= 0xF0 && lead <= 0xF4) {
            length = 4;
            scalar = lead & 0x07U;
        } else if (lead >= 0xE0 && lead < 0xF0) {
            length = 3;
            scalar = lead & 0x0FU;
        } else if (lead >= 0xC2 && lead < 0xE0) {
            length = 2;
            scalar = lead & 0x1FU;
        } else if (lead >= 0x80) {
            return std::nullopt;
        }
        if (i + length > text.size()) return std::nullopt;
        for (std::size_t j = 1; j < length; ++j) {
            const auto next = static_cast<unsigned char>(text[i + j]);
            if ((next & 0xC0U) != 0x80U) return std::nullopt;
            scalar = (scalar << 6U) | (next & 0x3FU);
        }
        const bool overlong = (length == 3 && scalar < 0x800) || (length == 4 && scalar < 0x10000);
        const bool surrogate = scalar >= 0xD800 && scalar <= 0xDFFF;
        if (overlong || surrogate || scalar > 0x10FFFF) return std::nullopt;
        i += length;
    }
    return scalars;
}

}  // namespace writ
