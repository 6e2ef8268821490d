#include "policy/internal/normal/covers.h"

#include <algorithm>
#include <string>

#include "base/arn.h"

namespace writ::policy::internal {
namespace {

// Wildcards of the covered pattern are symbols like others: only `*` takes `*`.
bool takes(char pattern, char covered) noexcept {
    if (covered == '*') return false;
    if (pattern == '?') return static_cast<unsigned char>(covered) < 0x80U;
    return pattern == covered;
}

bool mentions_variable(std::string_view text) noexcept {
    return text.find("${") != std::string_view::npos;
}

// The pattern with one star from its first variable to the end of its last, which matches more and never
// less: a default value may hold braces of its own. An unterminated variable is plain text (spec X8).
std::string without_variables(std::string_view text) {
    const std::size_t begin = text.find("${");
    const std::size_t end = text.rfind('}');
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin)
        return std::string(text);
    return std::string(text.substr(0, begin)).append("*").append(text.substr(end + 1));
}

bool text_covers(bool has_variables, std::string_view pattern, std::string_view covered) {
    if (!has_variables) return glob_covers(pattern, covered);
    if (mentions_variable(pattern)) return false;
    if (!mentions_variable(covered)) return glob_covers(pattern, covered);
    return glob_covers(pattern, without_variables(covered));
}

bool action_covers(std::string_view pattern, std::string_view covered) {
    const auto one_colon = [](std::string_view text) { return std::ranges::count(text, ':') == 1; };
    if (!one_colon(covered)) return false;
    if (pattern == "*" || pattern == "*:*") return true;
    if (!one_colon(pattern)) return false;
    const std::size_t colon = pattern.find(':');
    const std::size_t covered_colon = covered.find(':');
    return glob_covers(pattern.substr(0, colon), covered.substr(0, covered_colon)) &&
           glob_covers(pattern.substr(colon + 1), covered.substr(covered_colon + 1));
}

// Part by part, as ARNs match (spec R3, R4). Short forms mean different things to different policy types
// (R6), so they take no part.
bool arn_covers(bool has_variables, std::string_view pattern, std::string_view covered) {
    const auto a = parse_arn(pattern);
    const auto b = parse_arn(covered);
    if (!a || !b) return false;
    constexpr std::size_t resource_part = 5;
    for (std::size_t i = 1; i < resource_part; ++i) {
        // The colon of a variable in front of the sixth part moves the parts.
        if (has_variables && (mentions_variable(a->part(i)) || mentions_variable(b->part(i)))) return false;
        if (!glob_covers(a->part(i), b->part(i))) return false;
    }
    return text_covers(has_variables, a->resource, b->resource);
}

}  // namespace

bool glob_covers(std::string_view pattern, std::string_view covered) noexcept {
    std::size_t i = 0;
    std::size_t j = 0;
    std::size_t star = std::string_view::npos;
    std::size_t taken_to = 0;  // What the last star has taken so far ends here.
    while (j < covered.size()) {
        if (i < pattern.size() && pattern[i] == '*') {
            star = i++;
            taken_to = j;
        } else if (i < pattern.size() && takes(pattern[i], covered[j])) {
            ++i;
            ++j;
        } else if (star != std::string_view::npos) {
            i = star + 1;
            j = ++taken_to;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', i) == std::string_view::npos;
}

bool covers(PatternKind kind, bool has_variables, std::string_view pattern, std::string_view covered) {
    switch (kind) {
        case PatternKind::none:
            return false;
        case PatternKind::action:
            return action_covers(pattern, covered);
        case PatternKind::exempt_resource:
            if (has_variables && mentions_variable(covered)) return false;
            [[fallthrough]];
        case PatternKind::resource:
            return pattern == "*" || arn_covers(has_variables, pattern, covered);
        case PatternKind::text:
            return text_covers(has_variables, pattern, covered);
        case PatternKind::arn:
            if (has_variables && mentions_variable(covered)) return false;
            return arn_covers(has_variables, pattern, covered);
    }
    return false;
}

}  // namespace writ::policy::internal
