#include "writ/client.h"

#include <array>
#include <curl/curl.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

// The only file that knows libcurl.
namespace writ::client {
namespace {

using Json = nlohmann::json;

struct Reply {
    long status = 0;
    std::string body;
};

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

std::unexpected<Failure> failed(const Reply& reply) {
    const Json json = Json::parse(reply.body, nullptr, false);
    std::string message = json.is_object() ? text(json, "message") : reply.body;
    return std::unexpected(Failure{static_cast<int>(reply.status), std::move(message)});
}

std::size_t take(char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

}  // namespace

struct Client::Connection {
    Connection(std::string_view where, Credential who) : url(where), credential(std::move(who)) {
        while (url.ends_with('/')) url.pop_back();
    }
    ~Connection() { curl_easy_cleanup(curl); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Outcome<Reply> send(std::string_view method, std::string_view path, std::string_view body) {
        if (curl == nullptr) return std::unexpected(Failure{0, "libcurl has no memory"});
        curl_easy_reset(curl);  // Keeps the connection.
        curl_slist* headers = set_request(method, path, body);
        Reply reply;
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
        const CURLcode code = curl_easy_perform(curl);
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
        curl_slist_free_all(headers);
        if (code != CURLE_OK) return std::unexpected(Failure{0, curl_easy_strerror(code)});
        return reply;
    }

    curl_slist* set_request(std::string_view method, std::string_view path, std::string_view body) {
        constexpr long timeout_s = 30;
        curl_easy_setopt(curl, CURLOPT_URL, (url + std::string(path)).c_str());
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, timeout_s);
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, std::string(method).c_str());
        if (!body.empty()) {
            curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
            curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body.data());
        }
        curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
        headers = curl_slist_append(headers, "Expect:");  // Answers are short: no round trip before the body.
        if (const auto* bearer = std::get_if<Bearer>(&credential)) {
            headers = curl_slist_append(headers, ("Authorization: Bearer " + bearer->token).c_str());
        }
        if (const auto* key = std::get_if<Key>(&credential)) {
            curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, ("aws:amz:" + key->region + ":writ").c_str());
            curl_easy_setopt(curl, CURLOPT_USERNAME, key->access_key_id.c_str());
            curl_easy_setopt(curl, CURLOPT_PASSWORD, key->secret_access_key.c_str());
            if (!key->session_token.empty()) {
                headers = curl_slist_append(headers, ("X-Amz-Security-Token: " + key->session_token).c_str());
            }
        }
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        return headers;
    }

    std::string url;
    Credential credential;
    CURL* curl = curl_easy_init();
};

Client::Client(std::string_view url, Credential credential)
    : connection_(std::make_unique<Connection>(url, std::move(credential))) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Outcome<Answer> Client::authorize(const Question& question) {
    const auto reply = connection_->send("POST", "/authorize", printed(json_of(question)));
    if (!reply) return std::unexpected(reply.error());
    auto answer = answer_of(Json::parse(reply->body, nullptr, false));
    if (!answer || reply->status == 401 || reply->status >= 500) return failed(*reply);
    return std::move(*answer);
}

Outcome<std::vector<Answer>> Client::authorize(std::span<const Question> questions) {
    Json list = Json::array();
    for (const Question& question : questions) list.push_back(json_of(question));
    const auto reply = connection_->send("POST", "/authorize", printed({{"questions", std::move(list)}}));
    if (!reply) return std::unexpected(reply.error());
    const Json json = Json::parse(reply->body, nullptr, false);
    if (reply->status != 200 || !json.is_object() || !json.contains("answers")) return failed(*reply);
    std::vector<Answer> answers;
    for (const Json& each : json["answers"]) answers.push_back(answer_of(each).value_or(Answer{}));
    if (answers.size() != questions.size()) return failed(*reply);
    return answers;
}

Outcome<std::string> Client::call(std::string_view method, std::string_view path, std::string_view json) {
    auto reply = connection_->send(method, path, json);
    if (!reply) return std::unexpected(reply.error());
    if (reply->status != 200) return failed(*reply);
    return std::move(reply->body);
}

}  // namespace writ::client
