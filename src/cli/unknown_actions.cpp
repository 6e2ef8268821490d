#include "cli/unknown_actions.h"

#include "base/suggest.h"
#include "reference/authorization.h"

namespace writ::cli {
namespace {

struct ActionName {
    std::string_view prefix, name;
};

ActionName split(std::string_view action) {
    const auto colon = action.find(':');
    if (colon == std::string_view::npos) return {action, {}};
    return {action.substr(0, colon), action.substr(colon + 1)};
}

bool has_wildcard(std::string_view text) {
    return text.find_first_of("*?") != std::string_view::npos;
}

// The service that has an action of this very name: people often miss the prefix, not the name.
std::string_view service_with(std::string_view name) {
    for (const reference::Service& service : reference::services())
        if (reference::find_action(std::string(service.prefix) + ":" + std::string(name)) != nullptr)
            return service.prefix;
    return {};
}

std::string_view nearest_prefix(std::string_view prefix) {
    std::vector<std::string_view> prefixes;
    for (const reference::Service& service : reference::services()) prefixes.push_back(service.prefix);
    return nearest(prefix, prefixes);
}

std::string_view nearest_action(const reference::Service& service, std::string_view name) {
    std::vector<std::string_view> names;
    for (const reference::Action& action : service.actions)
        names.push_back(action.name.substr(service.prefix.size() + 1));
    return nearest(name, names);
}

std::string question(std::string_view prefix, std::string_view name) {
    std::string text = "Did you mean ";
    text.append(prefix);
    if (!name.empty()) text.append(":").append(name);
    return text + "?";
}

UnknownAction describe(const policy::Scalar& pattern) {
    const ActionName action = split(pattern.text);
    const reference::Service* service = reference::find_service(action.prefix);
    UnknownAction unknown;
    unknown.span = pattern.span;
    if (service == nullptr)
        unknown.message = "No service has the prefix " + std::string(action.prefix);
    else if (has_wildcard(action.name))
        unknown.message = std::string(pattern.text) + " matches no action of " + std::string(service->title);
    else
        unknown.message = std::string(pattern.text) + " is no action of " + std::string(service->title);
    unknown.hint = suggest_action(pattern.text);
    if (unknown.hint.empty())
        unknown.hint = service == nullptr
                           ? "`writ reference` lists the services."
                           : "`writ reference " + std::string(service->prefix) + "` lists its actions.";
    return unknown;
}

}  // namespace

std::string suggest_action(std::string_view text) {
    const ActionName action = split(text);
    const reference::Service* service = reference::find_service(action.prefix);
    if (has_wildcard(action.name) && service != nullptr) return {};
    if (service != nullptr) {
        const auto name = nearest_action(*service, action.name);
        return name.empty() ? std::string() : question(service->prefix, name);
    }
    // The prefix is wrong; the rest may be right under a near prefix, or under any.
    const std::string_view prefix = nearest_prefix(action.prefix);
    const reference::Service* near = prefix.empty() ? nullptr : reference::find_service(prefix);
    if (action.name.empty() || has_wildcard(action.name))
        return near == nullptr ? std::string() : question(prefix, action.name);
    if (near != nullptr)
        if (const auto name = nearest_action(*near, action.name); !name.empty())
            return question(prefix, name);
    const std::string_view other = service_with(action.name);
    return other.empty() ? std::string() : question(other, action.name);
}

std::vector<UnknownAction> find_unknown_actions(const policy::Document& document) {
    std::vector<UnknownAction> found;
    for (const policy::Statement& statement : document.statements()) {
        if (!statement.action) continue;
        for (const policy::Scalar& pattern : statement.action->patterns) {
            const bool has_form = pattern.text.find(':') != std::string_view::npos;
            if (has_form && reference::expand_action(pattern.text).empty())
                found.push_back(describe(pattern));
        }
    }
    return found;
}

}  // namespace writ::cli
