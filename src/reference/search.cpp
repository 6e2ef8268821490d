#include <algorithm>
#include <ranges>

#include "base/text.h"
#include "base/wildcards.h"
#include "reference/authorization.h"
#include "reference/internal/authorization_table.h"

namespace writ::reference {
namespace {

bool holds(std::string_view text, std::string_view word) {
    const auto same = [](char a, char b) { return ascii_lower(a) == ascii_lower(b); };
    return !std::ranges::search(text, word, same).empty() || word.empty();
}

template <class Rows, class Row>
void add_where(const Rows& rows, std::vector<const Row*>& found, auto holds_word) {
    for (const Row& row : rows)
        if (holds_word(row)) found.push_back(&row);
}

}  // namespace

std::vector<const Action*> expand_action(std::string_view pattern) {
    if (pattern == "*") pattern = "*:*";
    const auto colon = pattern.find(':');
    if (colon == std::string_view::npos) return {};
    const auto prefix = pattern.substr(0, colon);
    const auto names = pattern.substr(colon + 1);
    std::vector<const Action*> found;
    for (const Service& service : services()) {
        if (prefix != "*" && !equals_ignoring_case(prefix, service.prefix)) continue;
        add_where(service.actions, found, [&](const Action& action) {
            return matches_wildcards(names, action.name.substr(service.prefix.size() + 1));
        });
    }
    return found;
}

Found search(std::string_view word) {
    Found found;
    add_where(services(), found.services, [word](const Service& service) {
        return holds(service.prefix, word) || holds(service.title, word);
    });
    for (const Service& service : services())
        add_where(service.actions, found.actions, [&](const Action& action) {
            return holds(action.name.substr(service.prefix.size() + 1), word);
        });
    add_where(condition_keys(), found.condition_keys,
              [word](const ConditionKey& key) { return holds(key.name, word); });
    return found;
}

std::string documentation_url(const Service& service) {
    const auto& added = internal::added_services();
    if (std::ranges::find(added, service.prefix, &ServiceDefinition::prefix) != added.end()) return {};
    return "https://docs.aws.amazon.com/service-authorization/latest/reference/list_" +
           std::string(service.prefix) + ".html";
}

}  // namespace writ::reference
