#include "gateway/observed/policy_text.h"

#include <nlohmann/json.hpp>

#include "policy/parse.h"
#include "policy/validate.h"

namespace writ::gateway {
namespace {

using Json = nlohmann::ordered_json;

std::unexpected<Error> malformed(std::string message) {
    return fail("MalformedPolicyDocument", 400, std::move(message));
}

Json one_or_all(const std::vector<std::string>& values) {
    return values.size() == 1 ? Json(values.front()) : Json(values);
}

Json principal_of(const GrantedStatement& statement) {
    if (statement.principal_kind == GrantedStatement::Principal::everyone) return "*";
    const bool is_service = statement.principal_kind == GrantedStatement::Principal::service;
    return Json{{is_service ? "Service" : "AWS", one_or_all(statement.principals)}};
}

/// The policy with its statements as a list, without the one of that Sid.
Result<Json> take_apart(std::string_view document, std::string_view sid) {
    if (document.empty()) return Json{{"Version", "2012-10-17"}, {"Statement", Json::array()}};
    Json policy = Json::parse(document, nullptr, false);
    if (!policy.is_object()) return malformed("The stored policy is no JSON object.");
    Json& statements = policy["Statement"];
    if (statements.is_object()) statements = Json::array({statements});
    if (!statements.is_array()) statements = Json::array();
    std::erase_if(statements.get_ref<Json::array_t&>(), [&](const Json& statement) {
        const auto found = statement.is_object() ? statement.find("Sid") : statement.end();
        return statement.is_object() && found != statement.end() && *found == sid;
    });
    return policy;
}

}  // namespace

Result<void> check_policy(std::string_view document) {
    constexpr auto type = policy::PolicyType::resource;
    const auto parsed = policy::parse(document, {.type = type});
    if (!parsed) return malformed(parsed.error().message);
    const auto defects = policy::validate(**parsed, {.type = type});
    if (!defects.empty()) return malformed(defects.front().message);
    return {};
}

std::string print_statement(const GrantedStatement& statement) {
    Json json{{"Sid", statement.sid},
              {"Effect", "Allow"},
              {"Principal", principal_of(statement)},
              {"Action", one_or_all(statement.actions)},
              {"Resource", statement.resource}};
    for (const auto& [test, key, value] : statement.conditions) {
        json["Condition"][std::string(test)][std::string(key)] = value;
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<std::string> with_statement(std::string_view document, std::string_view sid,
                                   std::string_view statement) {
    auto policy = take_apart(document, sid);
    if (!policy) return std::unexpected(std::move(policy.error()));
    Json added = Json::parse(statement, nullptr, false);
    if (!added.is_object()) return malformed("The statement is no JSON object.");
    (*policy)["Statement"].push_back(std::move(added));
    return policy->dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<std::string> without_statement(std::string_view document, std::string_view sid) {
    auto policy = take_apart(document, sid);
    if (!policy) return std::unexpected(std::move(policy.error()));
    if ((*policy)["Statement"].empty()) return std::string();
    return policy->dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace writ::gateway
