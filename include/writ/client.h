#pragma once

#include <expected>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Asking a Writ whether somebody may do something, over HTTP (docs/authorization-api.md):
///
///   writ::client::Client writ("http://127.0.0.1:7600", writ::client::Bearer{token});
///   const auto answer = writ.authorize({.principal = "arn:aws:iam::123456789012:user/bob",
///                                       .action = "shop:ReadOrder",
///                                       .resource = "arn:aws:shop:::order/1"});
///   if (answer && answer->allowed()) …
///
/// Needs C++23 and libcurl.
namespace writ::client {

/// An access key, or a session, which signs each request.
struct Key {
    std::string access_key_id;
    std::string secret_access_key;
    std::string session_token{};  ///< Empty: a long-term key.
    std::string region = "us-east-1";
};
/// What POST /bearer-token has answered.
struct Bearer {
    std::string token;
};
using Credential = std::variant<Key, Bearer>;

/// A session of Writ as the one who is asked about.
struct Session {
    std::string access_key_id;
    std::string session_token;
};

/// One value, or a list of values, of a condition key.
using Value = std::variant<std::string, std::vector<std::string>>;

struct Question {
    /// Nothing: whoever asks; else an ARN, or a session.
    std::variant<std::monostate, std::string, Session> principal{};
    std::string action{};
    std::string resource{};
    std::string resource_account{};  ///< Empty: as the resource tells.
    std::map<std::string, Value> context{};
    bool explain = false;
};

enum class Decision { implicit_deny, explicit_deny, allowed };

/// A default one denies.
struct Answer {
    Decision decision = Decision::implicit_deny;
    std::string decided_by{};   ///< The policy type: "identity", "scp" …
    std::string message{};      ///< The sentence of a denial.
    std::string error{};        ///< Why the question could not be answered, which denies: "NoSuchEntity" …
    std::string explanation{};  ///< JSON; empty: not asked for.

    [[nodiscard]] bool allowed() const noexcept { return decision == Decision::allowed && error.empty(); }
};

/// No answer came. Nothing is allowed then.
struct Failure {
    int status = 0;  ///< Of HTTP; 0: the server was not reached.
    std::string message;
};

template <class T>
using Outcome = std::expected<T, Failure>;

/// How questions and answers travel: the compact form is smaller, and cheaper for the server.
enum class Form { json, compact };

/// One connection to a Writ, kept open between calls. For one thread at a time; throws for lack of memory
/// only.
class Client {
  public:
    /// `url` without a path: "https://writ.example.com". Nothing is sent yet.
    Client(std::string_view url, Credential credential, Form form = Form::json);
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client();

    [[nodiscard]] Outcome<Answer> authorize(const Question& question);
    /// At most 1,000, answered in their order.
    [[nodiscard]] Outcome<std::vector<Answer>> authorize(std::span<const Question> questions);

    /// Any other call: the body of an answer of the status 200.
    [[nodiscard]] Outcome<std::string> call(std::string_view method, std::string_view path,
                                            std::string_view json = {});

  private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
};

}  // namespace writ::client
