#include "cases/print.h"

#include <nlohmann/json.hpp>

namespace writ::cases {
namespace {

using engine::LayerTrace;
using Json = nlohmann::ordered_json;

std::string_view word_of(policy::PolicyType type) {
    using policy::PolicyType;
    switch (type) {
        case PolicyType::identity:
            return "identity";
        case PolicyType::boundary:
            return "boundary";
        case PolicyType::session:
            return "session";
        case PolicyType::trust:
            return "trust";
        case PolicyType::resource:
            return "resource";
        case PolicyType::scp:
            return "scp";
        case PolicyType::rcp:
            return "rcp";
        case PolicyType::endpoint:
            return "endpoint";
    }
    return "";
}

/// Session policies have none; the scope-down policies behind them count from 1 on.
bool has_levels(std::optional<policy::PolicyType> type, std::uint32_t level) {
    return type == policy::PolicyType::scp || type == policy::PolicyType::rcp ||
           (type == policy::PolicyType::session && level > 0);
}

std::string_view word_of(LayerTrace::Answer answer) {
    switch (answer) {
        case LayerTrace::Answer::none:
            return "none";
        case LayerTrace::Answer::allow:
            return "allow";
        case LayerTrace::Answer::deny:
            return "deny";
    }
    return "";
}

Json json_of(const policy::Position& at) {
    return {{"line", at.line}, {"column", at.column}};
}

// Which statement of which policy; shared by the deciding statement and those of the trace.
Json json_of(policy::PolicyType type, const engine::StatementRef& ref, const PolicyText& policy,
             std::string_view sid, const policy::Span& in_file_span) {
    Json json;
    json["policy_type"] = word_of(type);
    if (has_levels(type, ref.level)) json["level"] = ref.level;
    json["policy"] = policy.source.name;
    json["statement"] = ref.statement;
    json["sid"] = sid.empty() ? Json(nullptr) : Json(sid);
    json["file"] = policy.file;
    json["start"] = json_of(in_file_span.begin);
    json["end"] = json_of(in_file_span.end);
    return json;
}

Json json_of(const std::optional<Matched>& matched) {
    if (!matched) return nullptr;
    return json_of(matched->type, {matched->level, matched->policy_index, matched->statement},
                   *matched->policy, matched->sid, matched->span);
}

Json json_of(const engine::ConditionTrace& condition) {
    return {{"operator", condition.operator_name},
            {"key", condition.key},
            {"expected", condition.expected},
            {"actual", condition.actual ? Json(*condition.actual) : Json(nullptr)},
            {"held", condition.held}};
}

Json json_of(const Case& question, const engine::StatementTrace& trace) {
    const PolicyText* policy = find_policy(question.policies, trace.type, trace.ref);
    Json json = Json::object();
    if (policy != nullptr)
        json = json_of(trace.type, trace.ref, *policy, trace.sid,
                       {in_file(*policy, trace.span.begin), in_file(*policy, trace.span.end)});
    json["effect"] = trace.effect == policy::Effect::allow ? "Allow" : "Deny";
    json["applied"] = trace.applied;
    json["principal_matched"] = trace.principal_matched;
    json["action_matched"] = trace.action_matched;
    json["resource_matched"] = trace.resource_matched;
    json["conditions"] = Json::array();
    for (const auto& condition : trace.conditions) json["conditions"].push_back(json_of(condition));
    return json;
}

Json json_of(const LayerTrace& layer) {
    Json json{{"policy_type", engine::name(layer.layer)}};
    if (has_levels(engine::policy_type_of(layer.layer), layer.level)) json["level"] = layer.level;
    json["in_force"] = layer.in_force;
    json["required"] = layer.required;
    json["answer"] = word_of(layer.answer);
    return json;
}

Json json_of(const engine::Remedy& remedy) {
    Json json{{"policy_type", engine::name(remedy.layer)}};
    if (has_levels(engine::policy_type_of(remedy.layer), remedy.level)) json["level"] = remedy.level;
    json["where"] = remedy.where;
    // The statement is JSON that we printed; as text it would have to be parsed twice by the reader.
    Json statement = Json::parse(remedy.statement, nullptr, false);
    json["statement"] = statement.is_discarded() ? Json(nullptr) : std::move(statement);
    json["note"] = remedy.note;
    return json;
}

template <class Range, class Print>
Json list_of(const Range& range, const Print& print) {
    Json list = Json::array();
    for (const auto& item : range) list.push_back(print(item));
    return list;
}

void add_trace(Json& json, const Case& question, const engine::Explanation& explanation) {
    json["policy_types"] = list_of(explanation.layers, [](const auto& layer) { return json_of(layer); });
    json["statements"] =
        list_of(explanation.statements, [&](const auto& statement) { return json_of(question, statement); });
    json["remedies"] = list_of(explanation.remedies, [](const auto& remedy) { return json_of(remedy); });
}

}  // namespace

std::string to_json(const Case& question, const Outcome& outcome, Detail detail) {
    const engine::Explanation& explanation = outcome.explanation;
    Json json;
    json["name"] = question.name;
    json["action"] = question.action;
    json["resource"] = question.resource;
    json["decision"] = engine::name(explanation.decision.verdict);
    json["decided_by"] = outcome.decided_by;
    json["matched"] = json_of(outcome.matched);
    json["silent"] = outcome.silent;
    json["missing_context"] = explanation.missing_context;
    json["message"] = explanation.message.empty() ? Json(nullptr) : Json(explanation.message);
    if (question.expect) {
        json["passed"] = outcome.passed();
        json["differences"] = list_of(outcome.differences, [](const Difference& difference) {
            return Json{{"member", difference.member},
                        {"expected", difference.expected},
                        {"actual", difference.actual}};
        });
    }
    if (detail == Detail::trace) add_trace(json, question, explanation);
    // Policies may hold any bytes that JSON lets through; what is no UTF-8 is replaced, never thrown at.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace writ::cases
