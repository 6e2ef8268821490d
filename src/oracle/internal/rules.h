#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/oracle.h"
#include "policy/document.h"

namespace writ::oracle {

/// One step of a pattern: a UTF-16 unit that must stand there, exactly one unit, or any number (M1, ?30).
struct Symbol {
    enum class Kind : std::uint8_t { literal, one, any } kind = Kind::literal;
    char16_t unit = 0;
};
using Pattern = std::vector<Symbol>;

struct Reading {
    bool wildcards = true;   ///< `*` and `?` mean something.
    bool variables = false;  ///< `${…}` means something.
};

[[nodiscard]] std::u16string utf16(std::string_view text);
/// Nothing: a variable has no value and no default (X5).
[[nodiscard]] std::optional<Pattern> read_pattern(std::string_view text, Reading reading,
                                                  const std::map<std::string, Values>& context);
[[nodiscard]] bool glob(std::span<const Symbol> pattern, std::u16string_view text);
/// Split at the first five colons (R2); fewer than six elements when there are fewer colons.
[[nodiscard]] std::vector<std::span<const Symbol>> split_arn(const Pattern& pattern);
[[nodiscard]] std::vector<std::string_view> split_arn(std::string_view text);
[[nodiscard]] const Values* find_key(const std::map<std::string, Values>& context, std::string_view key);
[[nodiscard]] bool same_ignoring_ascii_case(std::string_view a, std::string_view b);
[[nodiscard]] std::string ascii_lower_case(std::string_view text);

[[nodiscard]] bool action_matches(const policy::Statement& statement, const Question& question);
[[nodiscard]] bool resource_matches(const policy::Statement& statement, policy::Version version,
                                    policy::PolicyType type, const Question& question);

/// Classes of 5.3, the less generous first; D7 and D7r differ by the caller only.
// clang-format off
enum class Grant : std::uint8_t { none, d7_account, d6_issuer, d5_role, d4_everyone, d3_federated, d2_session, d1_user, d7r_root, d8_service };
// clang-format on
[[nodiscard]] Grant principal_matches(const policy::Statement& statement, const Question& question,
                                      bool has_boundary);

}  // namespace writ::oracle
