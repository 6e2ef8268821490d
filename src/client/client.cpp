#include "writ/client.h"

#include <curl/curl.h>
#include <utility>

#include "client/internal/form.h"

// The only file that knows libcurl.
namespace writ::client {
namespace {

struct Reply {
    long status = 0;
    std::string body;
};

/// With the sentence of the answer, where it has one.
std::unexpected<Failure> failed(const Reply& reply, const internal::FormRow& form) {
    return std::unexpected(Failure{static_cast<int>(reply.status), form.read_message(reply.body)});
}

std::size_t take(char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

}  // namespace

struct Client::Connection {
    Connection(std::string_view where, Credential who, const internal::FormRow& chosen)
        : url(where), credential(std::move(who)), form(chosen) {
        while (url.ends_with('/')) url.pop_back();
    }
    ~Connection() { curl_easy_cleanup(curl); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Outcome<Reply> send(std::string_view method, std::string_view path, std::string_view media_type,
                        std::string_view body) {
        if (curl == nullptr) return std::unexpected(Failure{0, "libcurl has no memory"});
        curl_easy_reset(curl);  // Keeps the connection.
        curl_slist* headers = set_request(method, path, media_type, body);
        Reply reply;
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
        const CURLcode code = curl_easy_perform(curl);
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
        curl_slist_free_all(headers);
        if (code != CURLE_OK) return std::unexpected(Failure{0, curl_easy_strerror(code)});
        return reply;
    }

    curl_slist* set_request(std::string_view method, std::string_view path, std::string_view media_type,
                            std::string_view body) {
        constexpr long timeout_s = 30;
        curl_easy_setopt(curl, CURLOPT_URL, (url + std::string(path)).c_str());
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, timeout_s);
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, std::string(method).c_str());
        if (!body.empty()) {
            curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
            // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): its size is told above.
            curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body.data());
        }
        curl_slist* headers =
            curl_slist_append(nullptr, ("Content-Type: " + std::string(media_type)).c_str());
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
    const internal::FormRow& form;
    CURL* curl = curl_easy_init();
};

Client::Client(std::string_view url, Credential credential, Form form)
    : connection_(std::make_unique<Connection>(
          url, std::move(credential),
          form == Form::compact ? internal::compact_row() : internal::json_row())) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Outcome<Answer> Client::authorize(const Question& question) {
    const internal::FormRow& form = connection_->form;
    const auto reply = connection_->send("POST", "/authorize", form.media_type, form.print_one(question));
    if (!reply) return std::unexpected(reply.error());
    auto answer = form.read_one(reply->body);
    if (!answer || reply->status == 401 || reply->status >= 500) return failed(*reply, form);
    return std::move(*answer);
}

Outcome<std::vector<Answer>> Client::authorize(std::span<const Question> questions) {
    const internal::FormRow& form = connection_->form;
    const auto reply = connection_->send("POST", "/authorize", form.media_type, form.print_many(questions));
    if (!reply) return std::unexpected(reply.error());
    auto answers = reply->status == 200 ? form.read_many(reply->body) : std::nullopt;
    if (!answers || answers->size() != questions.size()) return failed(*reply, form);
    return std::move(*answers);
}

Outcome<std::string> Client::call(std::string_view method, std::string_view path, std::string_view json) {
    const internal::FormRow& form = internal::json_row();
    auto reply = connection_->send(method, path, form.media_type, json);
    if (!reply) return std::unexpected(reply.error());
    if (reply->status != 200) return failed(*reply, form);
    return std::move(reply->body);
}

}  // namespace writ::client
