#include "cli/near_misses.h"

#include <algorithm>
#include <fmt/core.h>

#include "base/text.h"
#include "cli/source_lines.h"

namespace writ::cli {
namespace {

using engine::LayerTrace;
using engine::StatementTrace;

std::string_view service_of(std::string_view action) {
    return action.substr(0, action.find(':'));
}

bool speaks_of_service(const policy::Statement& statement, std::string_view service) {
    if (!statement.action || statement.action->negated) return false;
    return std::ranges::any_of(statement.action->patterns, [&](const policy::Scalar& pattern) {
        return equals_ignoring_case(service_of(pattern.text), service);
    });
}

std::vector<std::string> texts_of(std::span<const policy::Scalar> scalars) {
    std::vector<std::string> texts;
    for (const policy::Scalar& scalar : scalars) texts.emplace_back(scalar.text);
    return texts;
}

std::string pattern_reason(std::string_view what, std::string_view value,
                           const std::optional<policy::PatternElement>& element) {
    if (!element) return fmt::format("{}: the statement names none", what);
    const std::string list = quoted_list(texts_of(element->patterns));
    return fmt::format("{}: {} is {} {}", what, value, element->negated ? "excluded by" : "not among", list);
}

// Of a statement about many services, the patterns of the one that was asked for.
std::string action_reason(std::string_view action, const std::optional<policy::PatternElement>& element) {
    if (!element || element->negated) return pattern_reason("action", action, element);
    std::vector<std::string> texts;
    for (const policy::Scalar& pattern : element->patterns)
        if (equals_ignoring_case(service_of(pattern.text), service_of(action)))
            texts.emplace_back(pattern.text);
    return texts.empty() ? pattern_reason("action", action, element)
                         : fmt::format("action: {} is not among {}", action, quoted_list(texts));
}

std::string condition_reason(const engine::ConditionTrace& condition) {
    const std::string actual =
        condition.actual ? "actual " + quoted_list(*condition.actual) : "but the request has no such key";
    return fmt::format("condition: {} {}: expected {}, {}", condition.operator_name, condition.key,
                       quoted_list(condition.expected), actual);
}

std::vector<std::string> reasons_of(const StatementTrace& trace, const policy::Statement& statement,
                                    const cases::Case& question) {
    std::vector<std::string> reasons;
    if (!trace.action_matched) reasons.push_back(action_reason(question.action, statement.action));
    if (!trace.resource_matched)
        reasons.push_back(pattern_reason("resource", question.resource, statement.resource));
    if (!trace.principal_matched) reasons.emplace_back("principal: the caller is not among those it names");
    for (const engine::ConditionTrace& condition : trace.conditions)
        if (!condition.held) reasons.push_back(condition_reason(condition));
    return reasons;
}

// The layers whose Allow was wanted and did not come.
bool lacks_allow(const cases::Outcome& outcome, const StatementTrace& trace) {
    return std::ranges::any_of(outcome.explanation.layers, [&](const LayerTrace& layer) {
        return layer.required && layer.answer == LayerTrace::Answer::none &&
               engine::policy_type_of(layer.layer) == trace.type && layer.level == trace.ref.level;
    });
}

bool is_near_allow(const StatementTrace& trace, const policy::Statement& statement, std::string_view action) {
    if (trace.action_matched) return true;
    const bool all_else = trace.resource_matched && trace.principal_matched &&
                          std::ranges::all_of(trace.conditions, &engine::ConditionTrace::held);
    return all_else && speaks_of_service(statement, service_of(action));
}

bool is_near(const StatementTrace& trace, const policy::Statement& statement, const cases::Case& question,
             const cases::Outcome& outcome) {
    if (trace.applied) return false;
    const bool allow = trace.effect == policy::Effect::allow;
    if (outcome.allowed())
        return !allow && trace.action_matched && trace.resource_matched && trace.principal_matched;
    return allow && lacks_allow(outcome, trace) && is_near_allow(trace, statement, question.action);
}

}  // namespace

std::string quoted_list(const std::vector<std::string>& texts, std::size_t shown_max) {
    if (texts.empty()) return "nothing";
    std::string list;
    for (std::size_t i = 0; i < std::min(texts.size(), shown_max); ++i)
        list.append(i == 0 ? "" : ", ").append("\"").append(printable(texts[i])).append("\"");
    if (texts.size() > shown_max) list += fmt::format(", … {} more", texts.size() - shown_max);
    return list;
}

std::vector<NearMiss> find_near_misses(const cases::Case& question, const cases::Outcome& outcome) {
    std::vector<NearMiss> found;
    if (outcome.explanation.decision.verdict == engine::Verdict::explicit_deny) return found;
    for (const StatementTrace& trace : outcome.explanation.statements) {
        const auto* policy = cases::find_policy(question.policies, trace.type, trace.ref);
        if (policy == nullptr) continue;
        const policy::Statement& statement = policy->document->statements()[trace.ref.statement];
        if (is_near(trace, statement, question, outcome))
            found.push_back({&trace, policy, reasons_of(trace, statement, question)});
    }
    // One wrong condition is nearer than a wrong resource, that nearer than a wrong action.
    std::ranges::stable_sort(found, {}, [](const NearMiss& miss) {
        return std::tuple(!miss.trace->action_matched, !miss.trace->resource_matched, miss.reasons.size());
    });
    return found;
}

}  // namespace writ::cli
