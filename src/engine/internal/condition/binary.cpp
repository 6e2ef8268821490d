#include <array>

#include "base/text.h"
#include "engine/internal/condition/families.h"

namespace writ::engine {
namespace {

int sextet(char c) noexcept {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// Compares base64 text with bytes while decoding it, without memory of its own. False for any other text.
bool decodes_to(std::string_view text, std::span<const std::byte> bytes) noexcept {
    if (text.size() % 4 != 0) return false;
    std::size_t at = 0;
    for (; !text.empty(); text.remove_prefix(4)) {
        const bool last = text.size() == 4;
        const std::size_t padding = !last ? 0 : text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const int bits = i >= 4 - padding ? 0 : sextet(text[i]);
            if (bits < 0) return false;
            group = group << 6 | static_cast<std::uint32_t>(bits);
        }
        for (std::size_t i = 0; i < 3 - padding; ++i, ++at) {
            const auto decoded = static_cast<std::byte>(group >> (16 - 8 * i) & 0xFFU);
            if (at >= bytes.size() || bytes[at] != decoded) return false;
        }
    }
    return at == bytes.size();
}

}  // namespace

Operand compile_binary(std::string_view text, Arena& arena) {
    const auto decoded = base64_decode(text);
    if (!decoded) return {};
    return BytesOperand{arena.keep<std::byte>(*decoded)};
}

// Both sides are base64 (spec 3.2).
Match match_binary(const CompiledCondition& condition, std::string_view value) noexcept {
    for (const Operand& operand : condition.operands) {
        const BytesOperand* expected = std::get_if<BytesOperand>(&operand);
        if (expected != nullptr && decodes_to(value, expected->bytes)) return Match::yes;
    }
    return Match::no;
}

}  // namespace writ::engine
