#include "engine/internal/explanation/statements.h"

#include <algorithm>

#include "base/text.h"
#include "engine/internal/explanation/variables.h"

namespace writ::engine {
namespace {

ConditionTrace trace_condition(const CompiledCondition& condition, const Context& context) {
    const policy::Condition& source = *condition.source;
    ConditionTrace trace;
    trace.operator_name = source.operator_name.text;
    trace.key = source.key.text;
    trace.span = source.key.span;
    for (std::size_t i = 0; i < source.values.size(); ++i) {
        const std::string_view written = source.values[i].text;
        trace.expected.push_back(condition.known ? substituted(condition.operands[i], written, context)
                                                 : std::string(written));
    }
    if (const ContextEntry* entry = context.find(condition.key)) trace.actual = entry->values;
    trace.held = holds(condition, context);
    return trace;
}

// The statement at `position` of a member of the set that was asked.
TracedStatement trace_statement(const Recorder::Asked& asked, std::uint32_t member, std::uint32_t position,
                                const Request& request, bool has_boundary) {
    const PolicySet::Member& policy = asked.set->members()[member];
    const CompiledStatement& statement = policy.document->statements()[position];
    TracedStatement traced;
    traced.layer = asked.layer;
    traced.statement = &statement;
    traced.source = &policy.source;
    traced.grant = principal_matches(statement, request.principal(), has_boundary);
    visit_unresolved_in_resource(statement, request.context(), [&](std::string_view key) {
        traced.unresolved_in_resource.emplace_back(key);
    });

    StatementTrace& trace = traced.trace;
    trace.type = policy_type_of(asked.layer).value_or(policy::PolicyType::identity);
    trace.ref = {asked.level, member, position};
    if (statement.source->sid) trace.sid = statement.source->sid->text;
    trace.effect = statement.effect;
    trace.span = statement.source->span;
    trace.principal_matched = traced.grant != GrantClass::none;
    trace.action_matched = action_matches(statement, request);
    trace.resource_matched = resource_matches(statement, request);
    trace.conditions.reserve(statement.conditions.size());
    for (const CompiledCondition& condition : statement.conditions)
        trace.conditions.push_back(trace_condition(condition, request.context()));
    trace.applied = trace.principal_matched && trace.action_matched && trace.resource_matched &&
                    std::ranges::all_of(trace.conditions, &ConditionTrace::held);
    return traced;
}

std::size_t count_statements(const Recorder& recorder) {
    std::size_t count = 0;
    for (const Recorder::Asked& asked : recorder.asked()) count += asked.set->index().statement_count();
    return count;
}

}  // namespace

std::vector<TracedStatement> trace_statements(const Recorder& recorder, const Policies& policies,
                                              const Request& request) {
    std::vector<TracedStatement> statements;
    statements.reserve(count_statements(recorder));
    for (const Recorder::Asked& asked : recorder.asked()) {
        std::uint32_t member = 0;
        for (const auto& [document, source] : asked.set->members()) {
            for (std::uint32_t i = 0; i < document->statements().size(); ++i)
                statements.push_back(
                    trace_statement(asked, member, i, request, policies.boundary != nullptr));
            ++member;
        }
    }
    return statements;
}

std::vector<std::string> missing_context(const std::vector<TracedStatement>& statements,
                                         const Context& context) {
    std::vector<std::string> missing;
    const auto add = [&](std::string_view key) {
        const bool known = std::ranges::any_of(
            missing, [&](const std::string& other) { return equals_ignoring_case(other, key); });
        if (!known) missing.emplace_back(key);
    };
    for (const TracedStatement& traced : statements) {
        if (!traced.is_relevant()) continue;
        std::ranges::for_each(traced.unresolved_in_resource, add);
        for (const CompiledCondition& condition : traced.statement->conditions) {
            if (!condition.known || condition.op.comparison == policy::Comparison::null) continue;
            if (context.find(condition.key) == nullptr) add(condition.source->key.text);
            visit_unresolved(condition, context, add);
        }
    }
    return missing;
}

}  // namespace writ::engine
