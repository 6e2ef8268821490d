#include "policy/internal/length_limit.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

namespace writ::policy::internal {
namespace {

Diagnostic too_long(std::string_view text, std::size_t characters_max) {
    Position end;
    std::size_t characters = 0;
    for (const char c : text) {
        const bool continuation = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        if (!continuation && characters++ == characters_max) break;
        ++end.byte;
        if (!continuation) ++end.column;
        if (c == '\n') end = {end.byte, end.line + 1, 1};
    }
    const std::string limit = std::to_string(characters_max);
    return {
        DiagnosticCode::quota,
        "1 validation error detected: Value at 'policyDocument' failed to satisfy constraint: Member must "
        "have length less than or equal to " +
            limit,
        "The text is longer than " + limit + " characters. Split the policy.",
        {end, end}};
}

bool is_too_long(std::string_view text, std::size_t characters_max) {
    if (text.size() > std::numeric_limits<std::uint32_t>::max()) return true;
    if (text.size() <= characters_max) return false;
    const auto characters =
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return static_cast<std::size_t>(characters) > characters_max;
}

}  // namespace

std::optional<Diagnostic> check_length(std::string_view text, std::size_t characters_max) {
    if (!is_too_long(text, characters_max)) return std::nullopt;
    return too_long(text, characters_max);
}

}  // namespace writ::policy::internal
