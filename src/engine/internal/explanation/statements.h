#pragma once

#include <string>
#include <vector>

#include "engine/explain.h"
#include "engine/internal/explanation/recorder.h"

namespace writ::engine {

/// One statement of a policy in force with everything that explanations ask of it.
struct TracedStatement {
    Layer layer = Layer::none;
    const CompiledStatement* statement = nullptr;
    const PolicySource* source = nullptr;
    GrantClass grant = GrantClass::none;              ///< What its Principal element says about the caller.
    std::vector<std::string> unresolved_in_resource;  ///< Variables of its resource that have no value.
    StatementTrace trace;

    [[nodiscard]] bool allows() const noexcept {
        return trace.applied && trace.effect == policy::Effect::allow;
    }
    [[nodiscard]] bool denies() const noexcept {
        return trace.applied && trace.effect == policy::Effect::deny;
    }
    /// It speaks of this caller, action and resource, as far as its variables are known.
    [[nodiscard]] bool is_relevant() const noexcept {
        return trace.principal_matched && trace.action_matched &&
               (trace.resource_matched || !unresolved_in_resource.empty());
    }
};

/// Every statement of every policy that was asked, in that order; none is skipped for one that failed early.
[[nodiscard]] std::vector<TracedStatement> trace_statements(const Recorder& recorder,
                                                            const Policies& policies, const Request& request);

/// The context keys that relevant statements asked for in vain, each once, in the order of asking. Null
/// only asks whether a key is there and misses nothing.
[[nodiscard]] std::vector<std::string> missing_context(const std::vector<TracedStatement>& statements,
                                                       const Context& context);

}  // namespace writ::engine
