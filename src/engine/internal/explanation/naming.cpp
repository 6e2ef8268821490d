#include "engine/internal/explanation/naming.h"

#include "reference/authorization.h"

namespace writ::engine {
namespace {

const PolicySet* at_level(const std::optional<std::span<const PolicySet* const>>& levels,
                          std::uint32_t level) noexcept {
    return levels && level < levels->size() ? (*levels)[level] : nullptr;
}

}  // namespace

const PolicySet* set_of(const Policies& policies, Layer layer, std::uint32_t level) noexcept {
    switch (layer) {
        case Layer::identity:
            return policies.identity;
        case Layer::boundary:
            return policies.boundary;
        case Layer::session:
            if (level == 0) return policies.session;
            return level <= policies.scope_down.size() ? policies.scope_down[level - 1] : nullptr;
        case Layer::scp:
            return at_level(policies.scp, level);
        case Layer::rcp:
            return at_level(policies.rcp, level);
        case Layer::resource:
            return policies.resource;
        case Layer::trust:
            return policies.trust;
        case Layer::endpoint:
            return policies.endpoint;
        case Layer::none:
        case Layer::root:
        case Layer::always:
            return nullptr;
    }
    return nullptr;
}

const PolicySource* source_of(const Policies& policies, Layer layer, const StatementRef& statement) noexcept {
    const PolicySet* set = set_of(policies, layer, statement.level);
    if (set == nullptr || statement.member >= set->members().size()) return nullptr;
    return &set->members()[statement.member].source;
}

std::string_view documented_action(const Request& request) noexcept {
    const reference::Action* action = reference::find_action(request.folded_action());
    return action != nullptr ? action->name : request.action();
}

std::string_view caller_name(const Principal& caller) noexcept {
    if (caller.kind == PrincipalKind::anonymous) return "anonymous";
    if (caller.kind != PrincipalKind::service) return caller.arn;
    return caller.service_names.empty() ? std::string_view("an AWS service") : caller.service_names.front();
}

}  // namespace writ::engine
