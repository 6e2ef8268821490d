#include "engine/explain.h"

#include "engine/internal/explanation/layers.h"
#include "engine/internal/explanation/recorder.h"
#include "engine/internal/explanation/remedies.h"
#include "engine/internal/explanation/statements.h"

namespace writ::engine {

Explanation explain(const Policies& policies, const Request& request, const ExplainOptions& options) {
    Recorder recorder;
    Explanation explanation;
    explanation.decision = Evaluation(policies, request, recorder).run();
    explanation.layers = trace_layers(recorder, policies);
    std::vector<TracedStatement> statements = trace_statements(recorder, policies, request);
    explanation.missing_context = missing_context(statements, request.context());
    if (!explanation.decision.allowed()) {
        explanation.remedies = find_remedies(recorder, statements, policies, request);
        explanation.message =
            denial_message(policies, request, explanation.decision, std::nullopt, options.name_policy_arn);
    }
    explanation.statements.reserve(statements.size());
    for (TracedStatement& traced : statements) {
        if (!options.only_relevant || traced.trace.action_matched)
            explanation.statements.push_back(std::move(traced.trace));
    }
    return explanation;
}

}  // namespace writ::engine
