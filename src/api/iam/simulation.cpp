#include <algorithm>

#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/simulator/policies.h"
#include "api/iam/simulator/question.h"
#include "api/iam/simulator/results.h"

namespace writ::api::iam {
namespace {

/// Explanations in one answer at most; a page is shorter when there are many resources, which is legal
/// (spec 8.4).
constexpr std::size_t evaluations_max = 5'000;

/// What a marker is bound to: everything that chooses the results.
std::string filter_of(const simulator::Question& question) {
    std::string filter;
    for (const auto* texts : {&question.actions, &question.resources}) {
        for (const std::string& text : *texts) filter.append(text).append("\n");
        filter += '\n';
    }
    return filter;
}

/// A page counts actions (spec B36).
Result<Output> answer_simulation(const View& account, const Call& call, const simulator::Question& question,
                                 const simulator::Policies& policies) {
    directory::PageRequest page = page_of(call.input);
    page.items_max = std::clamp(evaluations_max / question.resources.size(), std::size_t{1}, page.items_max);
    const auto slice =
        directory::slice_of(account, call.model.name, filter_of(question), question.actions.size(), page);
    if (!slice) return std::unexpected(slice.error());
    Output results = Output::list();
    for (std::size_t i = slice->begin; i < slice->end; ++i) {
        results.add(simulator::evaluate(question, policies, question.actions[i]));
    }
    Output output;
    output.set("EvaluationResults", std::move(results));
    output.set("IsTruncated", slice->marker.has_value());
    if (slice->marker) output.set("Marker", *slice->marker);
    return output;
}

}  // namespace

Result<Output> simulate_custom_policy(const View& account, const Call& call) {
    const auto policies = simulator::policies_of_input(call.input);
    if (!policies) return std::unexpected(policies.error());
    const auto question = simulator::question_of(call, nullptr);
    if (!question) return std::unexpected(question.error());
    return answer_simulation(account, call, *question, *policies);
}

Result<Output> simulate_principal_policy(const View& account, const Call& call) {
    const auto source = simulator::read_source(account, call.input.text("PolicySourceArn"));
    if (!source) return std::unexpected(source.error());
    const auto question = simulator::question_of(call, &*source);
    if (!question) return std::unexpected(question.error());
    const auto policies = simulator::policies_of_source(account, *source, call);
    if (!policies) return std::unexpected(policies.error());
    return answer_simulation(account, call, *question, *policies);
}

}  // namespace writ::api::iam
