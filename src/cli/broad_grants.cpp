#include "cli/broad_grants.h"

#include <algorithm>
#include <fmt/core.h>
#include <string_view>

#include "reference/authorization.h"

namespace writ::cli {
namespace {

constexpr std::string_view hint =
    "Name the actions and resources that are needed; `writ policy generate` writes that policy from what the "
    "gateway saw being used.";

bool is_every_resource(const policy::Statement& statement) {
    return statement.resource && !statement.resource->negated &&
           std::ranges::any_of(statement.resource->patterns,
                               [](const policy::Scalar& pattern) { return pattern.text == "*"; });
}

bool is_unconditional(const policy::Statement& statement) {
    return statement.effect == policy::Effect::allow && statement.conditions.empty() && statement.action &&
           !statement.action->negated;
}

std::string message_about(std::string_view pattern) {
    if (pattern == "*" || pattern == "*:*")
        return fmt::format("{} on every resource allows everything", pattern);
    const std::size_t colon = pattern.find(':');
    if (colon == std::string_view::npos || pattern.substr(colon + 1) != "*") return {};
    const reference::Service* service = reference::find_service(pattern.substr(0, colon));
    if (service == nullptr) return {};
    return fmt::format("{} on every resource allows all {} actions of {}", pattern, service->actions.size(),
                       service->title);
}

}  // namespace

std::vector<BroadGrant> find_broad_grants(const policy::Document& document) {
    std::vector<BroadGrant> found;
    for (const policy::Statement& statement : document.statements()) {
        if (!statement.action || !is_unconditional(statement) || !is_every_resource(statement)) continue;
        for (const policy::Scalar& pattern : statement.action->patterns) {
            std::string message = message_about(pattern.text);
            if (!message.empty()) found.push_back({pattern.span, std::move(message), std::string(hint)});
        }
    }
    return found;
}

}  // namespace writ::cli
