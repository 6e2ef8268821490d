#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/internal/suggest.h"
#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {
namespace {

// Keys that draw the border of an organization or a network (spec K1).
constexpr auto border_keys =
    std::to_array<std::string_view>({"aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:ResourceAccount",
                                     "aws:ResourceOrgID", "aws:SourceAccount", "aws:SourceOrgID",
                                     "aws:SourceVpc", "aws:SourceVpce", "aws:VpceAccount", "aws:VpceOrgID"});

bool is_border_key(std::string_view key) {
    return std::ranges::any_of(border_keys,
                               [&](std::string_view row) { return equals_ignoring_case(row, key); });
}

bool has_wildcards(const Condition& condition) {
    return condition.op && (condition.op->comparison == Comparison::string_like ||
                            condition.op->comparison == Comparison::arn_like);
}

// Endpoint policies take wildcards beside at least six plain characters; SCPs and RCPs take none.
bool is_precise(std::string_view value, PolicyType type) {
    constexpr std::size_t plain_characters_min = 6;
    constexpr std::string_view wildcards = "*?";
    std::size_t begin = 0;
    for (;;) {
        const std::size_t wildcard = value.find_first_of(wildcards, begin);
        if (wildcard == std::string_view::npos) return true;
        if (type != PolicyType::endpoint) return false;
        const std::size_t behind = value.find_first_of(wildcards, wildcard + 1);
        const std::size_t plain_behind = std::min(behind, value.size()) - wildcard - 1;
        if (std::max(wildcard - begin, plain_behind) < plain_characters_min) return false;
        begin = wildcard + 1;
    }
}

}  // namespace

void check_border_keys(const Validation& validation) {
    const PolicyType type = validation.options.type;
    const bool applies = type == PolicyType::scp || type == PolicyType::rcp || type == PolicyType::endpoint;
    if (!validation.options.strict || !applies) return;
    for (const Statement& statement : validation.document.statements()) {
        for (const Condition& condition : statement.conditions) {
            if (!has_wildcards(condition) || !is_border_key(condition.key.text)) continue;
            for (const Scalar& value : condition.values) {
                if (is_precise(value.text, type)) continue;
                validation.report(
                    DiagnosticCode::policy_type,
                    "Wildcards are not allowed in the values of " + std::string(condition.key.text),
                    quoted(condition.key.text) +
                        " draws a border: name its values in full, without wildcards.",
                    value.span);
            }
        }
    }
}

}  // namespace writ::policy::internal
