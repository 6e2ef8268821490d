#include "engine/asks_context.h"

#include <algorithm>
#include <array>

#include "engine/internal/index.h"

namespace writ::engine {
namespace {

bool asks(const PolicySet* set, const Request& request) noexcept {
    if (set == nullptr) return false;
    bool found = false;
    set->index().visit(request, [&](const PolicySet::Index::Entry& entry) {
        found = found || (entry.statement->asks_context && action_matches(*entry.statement, request));
    });
    return found;
}

bool asks(std::span<const PolicySet* const> levels, const Request& request) noexcept {
    return std::ranges::any_of(levels, [&](const PolicySet* level) { return asks(level, request); });
}

}  // namespace

// Every set is looked at, whether or not it has a part in the decision: which ones have one is not decided by
// the context either.
bool asks_context(const Policies& policies, const Request& request) noexcept {
    const std::array sets{policies.identity, policies.boundary, policies.session,
                          policies.resource, policies.trust,    policies.endpoint};
    return asks(sets, request) || asks(policies.scope_down, request) ||
           (policies.scp && asks(*policies.scp, request)) || (policies.rcp && asks(*policies.rcp, request));
}

}  // namespace writ::engine
