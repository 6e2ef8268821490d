#include "engine/internal/explanation/json_string.h"

#include <cstdint>

#include "base/text.h"

namespace writ::engine {
namespace {

constexpr std::uint32_t replacement = 0xFFFD;

struct Scalar {
    std::uint32_t value = replacement;
    std::size_t bytes = 1;
};

std::size_t sequence_length(std::uint32_t lead) noexcept {
    if (lead < 0x80) return 1;
    if (lead < 0xE0) return 2;
    return lead < 0xF0 ? 3 : 4;
}

// REQUIRES: text is not empty.
Scalar first_scalar(std::string_view text) noexcept {
    const auto byte = [text](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::size_t bytes = sequence_length(byte(0));
    if (bytes > text.size() || count_scalars(text.substr(0, bytes)) != 1) return {};
    std::uint32_t value = bytes == 1 ? byte(0) : byte(0) & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) value = (value << 6U) | (byte(i) & 0x3FU);
    return {value, bytes};
}

void append_escaped(std::string& json, std::uint32_t utf16_unit) {
    constexpr std::string_view digits = "0123456789abcdef";
    json.append("\\u");
    for (const unsigned shift : {12U, 8U, 4U, 0U}) json.push_back(digits[(utf16_unit >> shift) & 0xFU]);
}

}  // namespace

std::string json_string(std::string_view text) {
    std::string json("\"");
    while (!text.empty()) {
        const Scalar scalar = first_scalar(text);
        if (scalar.value == '"' || scalar.value == '\\') {
            json.append({'\\', static_cast<char>(scalar.value)});
        } else if (scalar.value >= 0x20 && scalar.value <= 0xFF) {
            json.append(text.substr(0, scalar.bytes));
        } else if (scalar.value <= 0xFFFF) {
            append_escaped(json, scalar.value);
        } else {
            append_escaped(json, 0xD800U + ((scalar.value - 0x10000U) >> 10U));
            append_escaped(json, 0xDC00U + ((scalar.value - 0x10000U) & 0x3FFU));
        }
        text.remove_prefix(scalar.bytes);
    }
    return json + '"';
}

}  // namespace writ::engine
