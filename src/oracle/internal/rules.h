#pragma once

#include "oracle/oracle.h"

namespace writ::oracle {

/// Text in UTF-16 units (?30). Wildcards of a pattern are units beyond Unicode (M1).
using Units = std::u32string;
using UnitsView = std::u32string_view;
inline constexpr char32_t any_number = 0x110000, exactly_one = 0x110001;

/// What means something beside plain text: `*` and `?`; `${…}`.
struct Reading {
    bool wildcards = true;
    bool variables = false;
};
using Context = std::map<std::string, Values>;

[[nodiscard]] Units utf16(std::string_view text);
/// Nothing: a variable has no value and no default (X5).
[[nodiscard]] std::optional<Units> read_pattern(std::string_view text, Reading reading,
                                                const Context& context);
[[nodiscard]] bool glob(UnitsView pattern, UnitsView text);
[[nodiscard]] const Values* find_key(const Context& context, std::string_view key);
[[nodiscard]] std::string ascii_lower_case(std::string_view text);

/// Split at the first five colons (R2); fewer than six parts when there are fewer colons.
template <class Char>
std::vector<std::basic_string_view<Char>> split_arn(std::basic_string_view<Char> rest) {
    std::vector<std::basic_string_view<Char>> parts;
    for (auto colon = rest.find(':'); colon != rest.npos && parts.size() < 5; colon = rest.find(':')) {
        parts.push_back(rest.substr(0, colon));
        rest.remove_prefix(colon + 1);
    }
    parts.push_back(rest);
    return parts;
}
/// The six parts of an ARN; empty for any other text.
[[nodiscard]] std::vector<std::string_view> arn_parts(std::string_view text);

[[nodiscard]] bool action_matches(const policy::Statement& statement, const Question& question);
[[nodiscard]] bool resource_matches(const policy::Statement& statement, policy::Version version,
                                    policy::PolicyType type, const Question& question);
[[nodiscard]] bool is_iam(Kind kind);
/// Classes of 5.3, the less generous first; d8 also stands for SAML and OIDC providers (E5).
enum class Grant : std::uint8_t { none, d7, d6, d5, d4, d3, d2, d1, d7r, d8 };
[[nodiscard]] Grant principal_matches(const policy::Statement& statement, policy::PolicyType type,
                                      const Question& question, bool has_boundary);

}  // namespace writ::oracle
