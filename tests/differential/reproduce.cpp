#include "reproduce.h"

#include <nlohmann/json.hpp>

#include "cases/read.h"
#include "cases/run.h"
#include "engine/decide.h"
#include "oracle_answer.h"

namespace writ::differential {
namespace {

using Json = nlohmann::ordered_json;

constexpr Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

Json json_of(const cases::Caller& caller) {
    const engine::Principal& principal = caller.principal;
    Json json = Json::object();
    switch (principal.kind) {
        case engine::PrincipalKind::anonymous:
            return "anonymous";
        case engine::PrincipalKind::service:
            json["service"] = principal.service_names;
            break;
        case engine::PrincipalKind::federated:
            json["federated"] = principal.arn;
            break;
        default:
            json["arn"] = principal.arn;
    }
    const auto put = [&](const char* name, const std::string& value) {
        if (!value.empty()) json[name] = value;
    };
    if (principal.role_arn != principal.arn) put("role_arn", principal.role_arn);
    put("issuer_arn", principal.issuer_arn);
    put("issuer_id", principal.issuer_id);
    put("id", principal.id);
    put("canonical_user_id", principal.canonical_user_id);
    put("management_account", caller.management_account);
    if (principal.service_linked) json["service_linked"] = true;
    if (principal.assumed_root) json["assumed_root"] = true;
    return json;
}

Json json_of(const cases::PolicyText& policy) {
    return Json::parse(policy.document->text());
}
Json json_of(const cases::PolicyLevel& level) {
    Json json = Json::array();
    for (const cases::PolicyText& policy : level) json.push_back(json_of(policy));
    return json;
}
Json json_of(const std::vector<cases::PolicyLevel>& levels) {
    Json json = Json::array();
    for (const cases::PolicyLevel& level : levels) json.push_back(json_of(level));
    return json;
}

Json json_of(const cases::PolicyTexts& policies) {
    Json json = Json::object();
    const auto put = [&](const char* name, const auto& policy) {
        if (policy) json[name] = json_of(*policy);
    };
    json["identity"] = json_of(policies.identity);
    put("boundary", policies.boundary);
    put("session", policies.session);
    put("resource", policies.resource);
    put("trust", policies.trust);
    put("endpoint", policies.endpoint);
    put("scp", policies.scp);
    put("rcp", policies.rcp);
    return json;
}

Json json_of(const std::vector<cases::ContextValue>& context) {
    Json json = Json::object();
    for (const cases::ContextValue& value : context) {
        Json& member = json[value.key];
        if (value.multivalued)
            member = value.values;
        else if (!value.removed)
            member = value.values.front();
    }
    return json;
}

struct Pair {
    engine::Decision engine;
    oracle::Answer oracle;
};

// Nothing when the file is none or both answer the same.
std::optional<Pair> difference(const std::string& cases_file) {
    const auto read = cases::read_text(cases_file, "case", ".");
    if (!read || read->size() != 1) return std::nullopt;
    const cases::Prepared prepared(read->front(), now);
    const Pair pair{engine::decide(prepared.policies(), prepared.request()),
                    cases::oracle_answer(read->front(), now)};
    const bool same = static_cast<int>(pair.engine.verdict) == static_cast<int>(pair.oracle.verdict) &&
                      engine::name(pair.engine.decided_by) == pair.oracle.decided_by;
    if (same) return std::nullopt;
    return pair;
}

// Leaves out members and elements, the largest first, as long as the difference stays.
bool shrink(Json& whole, Json& part) {
    bool shrunk = false;
    if (!part.is_structured()) return false;
    for (std::size_t i = 0; i < part.size();) {
        Json kept = part;
        if (part.is_object())
            part.erase(std::next(part.begin(), static_cast<std::ptrdiff_t>(i)).key());
        else
            part.erase(i);
        if (difference(whole.dump(-1, ' ', true))) {
            shrunk = true;
        } else {
            part = std::move(kept);
            ++i;
        }
    }
    for (Json& child : part) shrunk = shrink(whole, child) || shrunk;
    return shrunk;
}

}  // namespace

std::string to_cases_file(const cases::Case& question) {
    Json json;
    json["name"] = question.name;
    json["principal"] = json_of(question.caller);
    json["action"] = question.action;
    json["resource"] = question.resource;
    if (!question.resource_account.empty()) json["resource_account"] = question.resource_account;
    json["context"] = json_of(question.context);
    if (question.time) json["time"] = format_iso8601(*question.time);
    json["policies"] = json_of(question.policies);
    return Json{{"cases", Json::array({json})}}.dump(2, ' ', true);
}

std::string minimise(const std::string& cases_file) {
    if (!difference(cases_file)) return {};
    Json whole = Json::parse(cases_file);
    while (shrink(whole, whole["cases"][0])) {
    }
    const auto pair = difference(whole.dump(-1, ' ', true));
    Json& only = whole["cases"][0];
    only["name"] = "engine says " + std::string(engine::name(pair->engine.verdict)) + " by " +
                   std::string(engine::name(pair->engine.decided_by));
    constexpr std::array<const char*, 3> words{"allowed", "explicitDeny", "implicitDeny"};
    only["expect"] = {{"decision", words.at(static_cast<std::size_t>(pair->oracle.verdict))},
                      {"decided_by", std::string(pair->oracle.decided_by)}};
    return whole.dump(2, ' ', true);
}

}  // namespace writ::differential
