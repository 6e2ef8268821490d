#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide.h"
#include "policy/document.h"

namespace writ::engine {

/// Why one condition held or did not.
struct ConditionTrace {
    std::string operator_name;
    std::string key;
    std::vector<std::string> expected;               ///< Values of the policy, variables substituted.
    std::optional<std::vector<std::string>> actual;  ///< Nothing when the context has no such key.
    bool held = false;
    policy::Span span;  ///< Of the key in the document.
};

/// Why one statement applied or did not. Elements after the first that failed are still evaluated.
struct StatementTrace {
    policy::PolicyType type = policy::PolicyType::identity;
    StatementRef ref;
    std::string sid;
    policy::Effect effect = policy::Effect::allow;
    bool principal_matched = true, action_matched = false, resource_matched = false;
    std::vector<ConditionTrace> conditions;
    bool applied = false;
    policy::Span span;
};

/// What one policy type said. `level` counts SCP and RCP levels, root first, and the scope-down policies of a
/// session from 1 on.
struct LayerTrace {
    Layer layer = Layer::none;
    std::uint32_t level = 0;
    bool in_force = false;
    enum class Answer : std::uint8_t { none, allow, deny } answer = Answer::none;
    bool required = false;  ///< Its Allow was needed for this request.
};

/// A statement that would lift the denial, as policy JSON, and where it would have to be put.
struct Remedy {
    Layer layer = Layer::identity;
    std::uint32_t level = 0;  ///< SCP, RCP and session.
    std::string where;        ///< "an identity-based policy of user bob", "the SCPs of level 1" …
    std::string statement;    ///< Compact JSON; empty when a Deny must go instead, or nothing helps.
    /// For a Deny: which statement of which policy stands in the way. For an Allow: which statement nearly
    /// allowed it, and what would have to hold; empty when there is none.
    std::string note;
};

struct Explanation {
    Decision decision;
    std::vector<LayerTrace> layers;
    std::vector<StatementTrace> statements;  ///< Of every policy in force, in order.
    std::vector<std::string>
        missing_context;           ///< Keys that a relevant condition or variable asked for in vain.
    std::vector<Remedy> remedies;  ///< Empty when allowed.
    std::string message;           ///< Access-denied sentence of spec 6.1; empty when allowed.
};

struct ExplainOptions {
    /// Appends the ARN of a managed policy that denies explicitly (spec N1).
    bool name_policy_arn = true;
    /// Statements that could not match the action at all are left out of the trace.
    bool only_relevant = false;
};

/// The evaluation of decide() with the whole trace: explain(p, r).decision == decide(p, r), always.
/// Allocates; otherwise as decide(). Cost: linear in all statements in force.
[[nodiscard]] Explanation explain(const Policies& policies, const Request& request,
                                  const ExplainOptions& options = {});

/// The access-denied sentence of spec 6.1 for a decision that denied, with the cause order of spec 6.2.
/// Where only the caller's own policies are silent across accounts, AWS names the resource-based policy all
/// the same unless that names the caller itself; so does this. Never throws but for memory. Allocates.
/// `resource_shown` replaces the resource when an operation prints it in another form ("user bob").
[[nodiscard]] std::string denial_message(const Policies& policies, const Request& request,
                                         const Decision& decision,
                                         std::optional<std::string_view> resource_shown = std::nullopt,
                                         bool name_policy_arn = true);

}  // namespace writ::engine
