#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/internal/glob.h"

namespace writ::engine {

/// A text split at its first five colons (spec R2), without parsing it twice.
struct SplitArn {
    std::string_view text;
    std::array<std::uint32_t, 6> begin{};
    bool valid = false;  ///< Begins with "arn:" and has six parts.

    [[nodiscard]] std::string_view part(std::size_t index) const noexcept {
        const std::size_t end = index == 5 ? text.size() : begin[index + 1] - 1U;
        return text.substr(begin[index], end - begin[index]);
    }
    /// The first five parts with all five colons.
    [[nodiscard]] std::string_view head() const noexcept { return text.substr(0, begin[5]); }
};

[[nodiscard]] SplitArn split_arn(std::string_view text) noexcept;

/// The text by which statements and requests meet in the index: resource part, NUL, account.
[[nodiscard]] std::string make_index_key(std::string_view resource_part, std::string_view account);

/// A pattern of six parts, each matched on its own, so that no wildcard of the first five swallows a colon
/// (spec R3, R4, ?5).
struct ArnPattern {
    bool literal_head = false;
    std::string_view head;             ///< literal_head: the first five parts with their colons.
    std::span<const Glob> head_parts;  ///< Otherwise: one glob for each.
    Glob tail;
};

[[nodiscard]] bool matches(const ArnPattern& pattern, const SplitArn& arn, const Context& context) noexcept;

/// From the text of a pattern; variables only behind the fifth colon (spec R11). Nothing when there are
/// fewer than six parts and `fill` is not set; with it, missing parts match everything (spec R6).
[[nodiscard]] std::optional<ArnPattern> compile_arn_pattern(std::string_view text, bool variables, bool fill,
                                                            Arena& arena, std::vector<Token>& scratch);

/// The six parts of a pattern whose variables may hold colons or stand in any part: splits the text that
/// results from substitution (spec 3.2 on ARN operators). False, too, with fewer than six parts.
[[nodiscard]] bool matches_substituted_arn(std::span<const Token> tokens, const SplitArn& arn,
                                           const Context& context) noexcept;
/// True when that text has fewer than six parts; false when a variable has no value.
[[nodiscard]] bool is_short_arn(std::span<const Token> tokens, const Context& context) noexcept;

}  // namespace writ::engine
