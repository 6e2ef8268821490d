#include <nlohmann/json.hpp>

#include "client/internal/form.h"

namespace writ::client::internal {
namespace {

using Json = nlohmann::json;

Json json_of(const Question& question) {
    Json json = Json::object();
    if (const auto* arn = std::get_if<std::string>(&question.principal)) json["principal"] = *arn;
    if (const auto* session = std::get_if<Session>(&question.principal)) {
        json["principal"] = {{"access_key_id", session->access_key_id},
                             {"session_token", session->session_token}};
    }
    json["action"] = question.action;
    json["resource"] = question.resource;
    if (!question.resource_account.empty()) json["resource_account"] = question.resource_account;
    for (const auto& [key, value] : question.context) {
        std::visit([&](const auto& told) { json["context"][key] = told; }, value);
    }
    if (question.explain) json["explain"] = true;
    return json;
}

std::string text(const Json& json, const char* name) {
    const auto at = json.find(name);
    return at != json.end() && at->is_string() ? at->get<std::string>() : std::string{};
}

/// Nothing for what is no answer. Words that nobody knows are denials.
std::optional<Answer> answer_of(const Json& json) {
    if (!json.is_object() || !json.contains("decision")) return std::nullopt;
    const std::string decision = text(json, "decision");
    Answer answer;
    if (decision == "allowed") answer.decision = Decision::allowed;
    if (decision == "explicitDeny") answer.decision = Decision::explicit_deny;
    answer.decided_by = text(json, "decided_by");
    answer.message = text(json, "message");
    answer.error = text(json, "error");
    if (json.contains("explanation")) answer.explanation = json["explanation"].dump();
    return answer;
}

/// A text that is no Unicode would throw when it is printed.
std::string printed(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string print_one(const Question& question) {
    return printed(json_of(question));
}

std::string print_many(std::span<const Question> questions) {
    Json list = Json::array();
    for (const Question& question : questions) list.push_back(json_of(question));
    return printed({{"questions", std::move(list)}});
}

std::optional<Answer> read_one(std::string_view body) {
    return answer_of(Json::parse(body, nullptr, false));
}

std::optional<std::vector<Answer>> read_many(std::string_view body) {
    const Json json = Json::parse(body, nullptr, false);
    if (!json.is_object() || !json.contains("answers")) return std::nullopt;
    std::vector<Answer> answers;
    for (const Json& each : json["answers"]) answers.push_back(answer_of(each).value_or(Answer{}));
    return answers;
}

std::string read_message(std::string_view body) {
    const Json json = Json::parse(body, nullptr, false);
    return json.is_object() ? text(json, "message") : std::string(body);
}

}  // namespace

const FormRow& json_row() noexcept {
    static constexpr FormRow row{.media_type = "application/json",
                                 .print_one = print_one,
                                 .print_many = print_many,
                                 .read_one = read_one,
                                 .read_many = read_many,
                                 .read_message = read_message};
    return row;
}

}  // namespace writ::client::internal
