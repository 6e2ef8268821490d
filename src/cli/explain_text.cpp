#include "cli/explain_text.h"

#include <algorithm>
#include <fmt/core.h>

#include "cli/case_report.h"
#include "cli/columns.h"
#include "cli/json_line.h"
#include "cli/near_misses.h"
#include "cli/source_lines.h"
#include "cli/statement_excerpt.h"

namespace writ::cli {
namespace {

using engine::Layer;
using engine::LayerTrace;
using engine::StatementTrace;

constexpr std::size_t near_misses_max = 3;

std::string heading(const Terminal& terminal, std::string_view text) {
    return "\n" + terminal.paint(Tone::strong, text) + "\n";
}

std::string caller_of(const cases::Case& question) {
    const engine::Principal& principal = question.caller.principal;
    if (!principal.arn.empty()) return principal.arn;
    return principal.service_names.empty() ? "anonymous" : principal.service_names.front();
}

std::string verdict_text(const cases::Case& question, const cases::Outcome& outcome,
                         const Terminal& terminal) {
    const std::string asked = question.action + " on " + question.resource;
    std::string out =
        outcome.allowed() ? terminal.paint(Tone::good, "ALLOWED") : terminal.paint(Tone::bad, "DENIED");
    out += "  " + terminal.paint(Tone::strong, question.name) + "\n";
    if (!outcome.allowed()) return out + paragraph(outcome.explanation.message, 2, terminal);
    if (question.name != asked) out += "  " + asked + "\n";
    out += "  for " + caller_of(question) + "\n";
    return outcome.matched ? out : out + "  " + grounds_of(outcome) + "\n";
}

std::string level_title(std::string_view policies, std::uint32_t level, std::size_t levels) {
    if (level == 0) return fmt::format("{} of the root", policies);
    if (level + 1 == levels) return fmt::format("{} of the account", policies);
    return fmt::format("{} of OU level {}", policies, level);
}

std::string layer_title(const LayerTrace& layer, const cases::PolicyTexts& policies) {
    switch (layer.layer) {
        case Layer::identity:
            return "identity-based policies";
        case Layer::boundary:
            return "permissions boundary";
        case Layer::session:
            return layer.level == 0 ? "session policies" : fmt::format("scope-down policy {}", layer.level);
        case Layer::scp:
            return level_title("SCPs", layer.level, policies.scp ? policies.scp->size() : 0);
        case Layer::rcp:
            return level_title("RCPs", layer.level, policies.rcp ? policies.rcp->size() : 0);
        case Layer::resource:
            return "resource-based policy";
        case Layer::trust:
            return "trust policy";
        case Layer::endpoint:
            return "VPC endpoint policy";
        case Layer::none:
        case Layer::root:
        case Layer::always:
            break;
    }
    return std::string(engine::name(layer.layer));
}

bool belongs_to(const StatementTrace& trace, const LayerTrace& layer) {
    return engine::policy_type_of(layer.layer) == trace.type && layer.level == trace.ref.level;
}

std::string statement_place(const cases::Case& question, const StatementTrace& trace) {
    const auto* policy = cases::find_policy(question.policies, trace.type, trace.ref);
    if (policy == nullptr) return {};
    return place_of(*policy, cases::in_file(*policy, trace.span.begin), trace.sid);
}

// Where a policy type's answer comes from, or how many statements did not give one.
std::string layer_grounds(const LayerTrace& layer, const cases::Case& question,
                          const std::vector<StatementTrace>& statements) {
    const auto effect =
        layer.answer == LayerTrace::Answer::deny ? policy::Effect::deny : policy::Effect::allow;
    std::size_t count = 0;
    for (const StatementTrace& trace : statements) {
        if (!belongs_to(trace, layer)) continue;
        ++count;
        if (layer.answer != LayerTrace::Answer::none && trace.applied && trace.effect == effect)
            return statement_place(question, trace);
    }
    if (count == 0) return "there are none";
    if (count == 1) return "its only statement does not apply";
    return fmt::format("none of {} statements applies", count);
}

Cell answer_of(const LayerTrace& layer) {
    switch (layer.answer) {
        case LayerTrace::Answer::allow:
            return {"allow", Tone::good};
        case LayerTrace::Answer::deny:
            return {"DENY", Tone::bad};
        case LayerTrace::Answer::none:
            break;
    }
    return layer.required ? Cell{"no allow", Tone::bad} : Cell{"silent", Tone::faint};
}

std::string layers_text(const cases::Case& question, const engine::Explanation& explanation,
                        const Terminal& terminal) {
    Columns table(2);
    for (const LayerTrace& layer : explanation.layers) {
        if (!layer.in_force && !layer.required) continue;
        Cell answer = answer_of(layer);
        const Tone tone = answer.tone == Tone::faint ? Tone::faint : Tone::plain;
        table.add({{layer_title(layer, question.policies), tone},
                   std::move(answer),
                   {layer_grounds(layer, question, explanation.statements), tone}});
    }
    return table.empty() ? std::string() : "\n" + table.text(terminal);
}

std::string deciding_text(const cases::Case& question, const cases::Outcome& outcome, Instant now,
                          const Terminal& terminal) {
    if (!outcome.matched) return {};
    const cases::Matched& matched = *outcome.matched;
    const cases::Prepared prepared(question, now);
    const std::string_view verb = outcome.allowed() ? "Allowed" : "Denied";
    return heading(terminal, fmt::format("{} by {}", verb,
                                         place_of(*matched.policy, matched.span.begin, matched.sid))) +
           statement_excerpt(*matched.policy, matched.type, matched.statement, prepared.request(), terminal);
}

std::string near_misses_text(const cases::Case& question, const cases::Outcome& outcome,
                             const Terminal& terminal) {
    const auto misses = find_near_misses(question, outcome);
    if (misses.empty()) return {};
    std::string out =
        heading(terminal, outcome.allowed() ? "Denies that did not apply" : "Nearly allowed by");
    for (std::size_t i = 0; i < std::min(misses.size(), near_misses_max); ++i) {
        out += "  " + statement_place(question, *misses[i].trace) + "\n";
        for (const std::string& reason : misses[i].reasons) out += paragraph(reason, 4, terminal, Tone::note);
    }
    if (misses.size() > near_misses_max)
        out += terminal.paint(Tone::faint, fmt::format("  … and {} more; --output json has all",
                                                       misses.size() - near_misses_max)) +
               "\n";
    return out;
}

std::string missing_text(const std::vector<std::string>& keys, const Terminal& terminal) {
    if (keys.empty()) return {};
    return heading(terminal, "Condition keys that the request lacks") + paragraph(join(keys), 2, terminal);
}

// The note on a statement to add names what nearly allowed it already, which `near_misses_shown` has said.
std::string remedies_text(const std::vector<engine::Remedy>& remedies, bool near_misses_shown,
                          const Terminal& terminal) {
    if (remedies.empty()) return {};
    std::string out = heading(terminal, "To allow it");
    for (const engine::Remedy& remedy : remedies) {
        if (!remedy.statement.empty()) {
            out += paragraph("Add to " + remedy.where + ":", 2, terminal);
            const std::string statement = spread_json(remedy.statement);
            const SourceLines lines(statement);
            for (std::uint32_t number = 1; number <= lines.count(); ++number)
                out.append("    ").append(terminal.paint(Tone::good, lines.line(number))).append("\n");
        }
        const bool said = near_misses_shown && !remedy.statement.empty();
        if (!remedy.note.empty() && !said) out += paragraph(remedy.note, 2, terminal);
    }
    return out;
}

}  // namespace

std::string explain_text(const cases::Case& question, const cases::Outcome& outcome, Instant now,
                         const Terminal& terminal) {
    const engine::Explanation& explanation = outcome.explanation;
    const std::string near_misses = near_misses_text(question, outcome, terminal);
    return verdict_text(question, outcome, terminal) + layers_text(question, explanation, terminal) +
           deciding_text(question, outcome, now, terminal) + near_misses +
           missing_text(explanation.missing_context, terminal) +
           remedies_text(explanation.remedies, !near_misses.empty(), terminal);
}

}  // namespace writ::cli
