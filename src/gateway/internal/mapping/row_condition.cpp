#include "gateway/internal/mapping/row_condition.h"

#include <algorithm>
#include <ranges>

namespace writ::gateway::internal {
namespace {

bool alternative_holds(std::string_view text, const Parameters& parameters) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return parameters.has(text);
    const auto values = parameters.all(text.substr(0, equals));
    return std::ranges::find(values, text.substr(equals + 1)) != values.end();
}

bool term_holds(std::string_view term, const Parameters& parameters) {
    const bool negated = term.starts_with('!');
    if (negated) term.remove_prefix(1);
    const bool holds = std::ranges::any_of(term | std::views::split('|'), [&](const auto& part) {
        return alternative_holds(std::string_view(part), parameters);
    });
    return holds != negated;
}

}  // namespace

bool condition_holds(std::string_view condition, const Parameters& parameters) {
    if (condition.empty()) return true;
    return std::ranges::all_of(condition | std::views::split(' '), [&](const auto& term) {
        return term_holds(std::string_view(term), parameters);
    });
}

}  // namespace writ::gateway::internal
