#include "directory/internal/reports/granted_actions.h"

#include <algorithm>
#include <iterator>

#include "policy/parse.h"

namespace writ::directory {
namespace {

using Actions = std::vector<const reference::Action*>;

constexpr std::size_t stored_characters_max = 1'000'000;  // AWS's own policies are longer than inputs may be.

Actions sorted(Actions actions) {
    std::ranges::sort(actions);
    actions.erase(std::ranges::unique(actions).begin(), actions.end());
    return actions;
}

Actions matched_by(const policy::PatternElement& element) {
    Actions matched;
    for (const policy::Scalar& pattern : element.patterns) {
        const Actions some = reference::expand_action(pattern.text);
        matched.insert(matched.end(), some.begin(), some.end());
    }
    return sorted(std::move(matched));
}

Actions without(const Actions& all, const Actions& taken) {
    Actions left;
    std::ranges::set_difference(all, taken, std::back_inserter(left));
    return left;
}

Actions actions_of(const policy::PatternElement& element) {
    Actions matched = matched_by(element);
    if (element.negated) matched = without(sorted(reference::expand_action("*")), matched);
    return matched;
}

bool takes_everything(const policy::Statement& statement) {
    return statement.conditions.empty() && statement.resource && !statement.resource->negated &&
           std::ranges::any_of(statement.resource->patterns,
                               [](const policy::Scalar& pattern) { return pattern.text == "*"; });
}

}  // namespace

void GrantedActions::add(std::string_view document) {
    const auto parsed = policy::parse(document, {.characters_max = stored_characters_max});
    if (!parsed) return;
    for (const policy::Statement& statement : (*parsed)->statements()) add(statement);
}

void GrantedActions::add(const policy::Statement& statement) {
    if (!statement.action) return;
    const bool allows = statement.effect == policy::Effect::allow;
    if (!allows && !takes_everything(statement)) return;
    const Actions actions = actions_of(*statement.action);
    Actions& list = allows ? allowed_ : denied_;
    list.insert(list.end(), actions.begin(), actions.end());
}

std::vector<const reference::Action*> GrantedActions::actions() const {
    Actions granted = without(sorted(allowed_), sorted(denied_));
    std::ranges::sort(granted, {}, &reference::Action::name);
    return granted;
}

std::string_view service_of(const reference::Action& action) noexcept {
    return action.name.substr(0, action.name.find(':'));
}

std::vector<std::string_view> services_of(const std::vector<const reference::Action*>& actions) {
    std::vector<std::string_view> services;
    services.reserve(actions.size());
    for (const reference::Action* action : actions) services.push_back(service_of(*action));
    std::ranges::sort(services);
    services.erase(std::ranges::unique(services).begin(), services.end());
    return services;
}

Result<std::string> document_of(const AccountView& account, const ManagedPolicyInForce& policy) {
    auto text = read_document(account.records, account.environment, account.account_id, policy);
    if (!text) return std::unexpected(std::move(text.error()));
    return std::move(*text).value_or(std::string());
}

}  // namespace writ::directory
