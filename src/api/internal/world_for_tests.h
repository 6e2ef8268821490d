#pragma once

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/endpoint.h"
#include "crypto/sealing.h"
#include "crypto/sigv4_signer.h"
#include "directory/accounts/accounts.h"
#include "store/faulty_store.h"
#include "store/temporary_store.h"

/// An endpoint over a new store with the root users of two accounts, called as clients call it.
namespace writ::api {

using Parameters = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::string_view iam_version = "2010-05-08";
inline constexpr std::string_view sts_version = "2011-06-15";

/// Allows everything, and one action on one resource.
inline const std::string allow_all =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
inline std::string allow(std::string_view action, std::string_view resource = "*") {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":")" + std::string(action) +
           R"(","Resource":")" + std::string(resource) + R"("}})";
}
inline std::string deny(std::string_view action) {
    return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},)"
           R"({"Effect":"Deny","Action":")" +
           std::string(action) + R"(","Resource":"*"}]})";
}

/// Whose credentials sign.
struct Who {
    std::string access_key_id;
    std::string secret;
    std::string token;

    [[nodiscard]] crypto::SigningCredentials credentials() const {
        return {access_key_id, Secret(secret), token};
    }
};

struct Reply {
    explicit Reply(Answer given) : answer(std::move(given)) {
        document.load_string(answer.response.body.c_str());
    }

    [[nodiscard]] int status() const { return answer.response.status; }
    [[nodiscard]] bool ok() const { return status() == 200; }
    [[nodiscard]] const std::string& body() const { return answer.response.body; }
    /// Text of the first element of that name, wherever it stands; "" when there is none.
    [[nodiscard]] std::string text(const std::string& element) const {
        return document.select_node(("//" + element).c_str()).node().text().get();
    }
    [[nodiscard]] bool has(const std::string& element) const {
        return document.select_node(("//" + element).c_str()).node() != nullptr;
    }
    [[nodiscard]] std::vector<std::string> texts(const std::string& element) const {
        std::vector<std::string> found;
        for (const auto& node : document.select_nodes(("//" + element).c_str())) {
            found.emplace_back(node.node().text().get());
        }
        return found;
    }
    [[nodiscard]] std::string code() const { return text("Error/Code"); }
    [[nodiscard]] std::string message() const { return text("Error/Message"); }
    /// "404 NoSuchEntity: …", or "200".
    [[nodiscard]] std::string summary() const {
        return ok() ? "200" : std::to_string(status()) + " " + code() + ": " + message();
    }
    /// The credentials in the answer of STS.
    [[nodiscard]] Who credentials() const {
        return {text("Credentials/AccessKeyId"), text("Credentials/SecretAccessKey"),
                text("Credentials/SessionToken")};
    }

    Answer answer;
    pugi::xml_document document;
};

/// A store that lets something happen just before reads and the next write.
class BusyStore final : public store::Store {
  public:
    explicit BusyStore(store::Store& inner) : inner_(inner) {}
    store::Outcome<std::unique_ptr<store::Reader>> read() override {
        if (before_read && --reads_until == 0) std::exchange(before_read, nullptr)();
        return inner_.read();
    }
    store::Outcome<std::unique_ptr<store::Transaction>> write() override {
        if (before_write) std::exchange(before_write, nullptr)();
        return inner_.write();
    }
    store::Revision revision() const noexcept override { return inner_.revision(); }
    store::Outcome<std::vector<store::Change>> changes_since(store::Revision revision,
                                                             std::size_t rows_max) override {
        return inner_.changes_since(revision, rows_max);
    }
    void listen(store::ChangeListener listener) override { inner_.listen(std::move(listener)); }

    std::function<void()> before_write;
    std::function<void()> before_read;
    int reads_until = 1;  ///< Which read, from now on, `before_read` comes before.

  private:
    store::Store& inner_;
};

class World {
  public:
    static constexpr std::string_view account = "123456789012";
    static constexpr std::string_view other_account = "210987654321";

    explicit World(EndpointConfig config = {})
        : config_(std::move(config)), ring_{make_ring()}, keys_(crypto::SealingKeys::of(ring_)) {
        open();
    }
    /// A world of its own that begins with what `original` holds now. Nobody may change that meanwhile.
    explicit World(const World& original)
        : config_(original.config_),
          clock_(original.clock_.now()),
          ring_{make_ring()},
          keys_(crypto::SealingKeys::of(ring_)),
          store_(original.store_.file()) {
        forget();
    }
    World& operator=(const World&) = delete;
    ~World() = default;

    /// An endpoint that has not read anything yet.
    void forget() {
        endpoint_ =
            std::make_unique<Endpoint>(config_, EndpointServices{clock_, random_, busy_store_, keys_});
    }

    [[nodiscard]] static HttpRequest request(const Parameters& parameters) {
        HttpRequest request;
        request.method = "POST";
        request.target = "/";
        request.headers = {{"Host", "127.0.0.1:7600"},
                           {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                           {"User-Agent", "aws-cli/2.31"}};
        for (const auto& [name, value] : parameters) {
            if (!request.body.empty()) request.body += '&';
            request.body += percent_encode(name) + "=" + percent_encode(value);
        }
        request.peer_address = "203.0.113.9";
        request.request_id = "6a2f41a3-c54c-4c59-9a63-1d3f1b3b4d11";
        return request;
    }

    [[nodiscard]] Reply send(const HttpRequest& request) { return Reply(endpoint().handle(request)); }

    [[nodiscard]] Reply call(const Who& who, std::string_view service, std::string_view action,
                             Parameters parameters = {}) {
        parameters.insert(parameters.begin(),
                          {{"Action", std::string(action)},
                           {"Version", std::string(service == "sts" ? sts_version : iam_version)}});
        HttpRequest signed_request = request(parameters);
        crypto::sign(signed_request, who.credentials(), config_.region, service, clock_.now());
        return send(signed_request);
    }
    [[nodiscard]] Reply iam(const Who& who, std::string_view action, Parameters parameters = {}) {
        return call(who, "iam", action, std::move(parameters));
    }
    [[nodiscard]] Reply sts(const Who& who, std::string_view action, Parameters parameters = {}) {
        return call(who, "sts", action, std::move(parameters));
    }
    /// By the root user; must succeed.
    Reply make(std::string_view action, Parameters parameters) {
        Reply reply = iam(root(), action, std::move(parameters));
        EXPECT_EQ(reply.summary(), "200") << action;
        return reply;
    }
    /// A new user with that inline policy (none when empty) and an access key.
    Who make_user(const std::string& name, const std::string& policy = {}) {
        make("CreateUser", {{"UserName", name}});
        if (!policy.empty()) set_policy(name, policy);
        const Reply key = make("CreateAccessKey", {{"UserName", name}});
        return {key.text("AccessKeyId"), key.text("SecretAccessKey"), {}};
    }
    void set_policy(const std::string& user, const std::string& policy) {
        make("PutUserPolicy", {{"UserName", user}, {"PolicyName", "p"}, {"PolicyDocument", policy}});
    }

    [[nodiscard]] Who root() const {
        return {"AKIAROOTROOTROOTROOT", "root-secret-root-secret-root-secret-root", {}};
    }
    [[nodiscard]] Who other_root() const {
        return {"AKIAOTHEROTHEROTHERO", "other-secret-other-secret-other-secret-o", {}};
    }
    [[nodiscard]] Endpoint& endpoint() { return *endpoint_; }
    [[nodiscard]] FixedClock& clock() { return clock_; }
    [[nodiscard]] BusyStore& store() { return busy_store_; }
    /// The same store, to let calls of it fail.
    [[nodiscard]] store::FaultyStore& faults() { return faulty_store_; }

  private:
    static std::vector<crypto::RingKey> make_ring() {
        std::vector<crypto::RingKey> ring;
        ring.push_back({1, start(), Secret("0123456789abcdef0123456789abcdef")});
        return ring;
    }
    static Instant start() { return *parse_iso8601("2026-11-24T04:23:00Z"); }

    void open() {
        const directory::Environment environment{.clock = clock_,
                                                 .random = random_,
                                                 .sealing = keys_,
                                                 .quotas = {},
                                                 .partition = config_.partition};
        auto transaction = busy_store_.write();
        ASSERT_TRUE(transaction);
        for (const auto& [id, who] : {std::pair{account, root()}, std::pair{other_account, other_root()}}) {
            const directory::KeyPair chosen{who.access_key_id, Secret(who.secret)};
            const auto made = directory::ensure_account(**transaction, environment, id, &chosen);
            ASSERT_TRUE(made) << made.error().message;
        }
        ASSERT_TRUE((*transaction)->commit());
        transaction->reset();
        forget();
    }

    EndpointConfig config_;
    FixedClock clock_{start()};
    SystemRandom random_;
    std::vector<crypto::RingKey> ring_;
    crypto::SealingKeys keys_;
    store::TemporaryStore store_;
    store::FaultyStore faulty_store_{*store_};
    BusyStore busy_store_{faulty_store_};
    std::unique_ptr<Endpoint> endpoint_;
};

}  // namespace writ::api
