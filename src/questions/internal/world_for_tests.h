#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/endpoint.h"
#include "crypto/sealing.h"
#include "crypto/sigv4_signer.h"
#include "directory/accounts/accounts.h"
#include "questions/endpoint.h"
#include "store/faulty_store.h"
#include "store/temporary_store.h"

/// Both endpoints over a new store with the root user of an account, called as clients call them.
namespace writ::questions {

using TestJson = nlohmann::json;

struct Who {
    std::string access_key_id;
    std::string secret;
    std::string token{};
};

/// "200 {…}" parsed.
struct Told {
    int status = 0;
    HttpHeaders headers;
    std::string body;
    TestJson json;

    [[nodiscard]] std::string header(std::string_view name) const {
        const std::string* value = find_header(headers, name);
        return value == nullptr ? std::string{} : *value;
    }
};

inline std::string allow(std::string_view action, std::string_view resource = "*") {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":")" + std::string(action) +
           R"(","Resource":")" + std::string(resource) + R"("}})";
}

class World {
  public:
    static constexpr std::string_view account = "123456789012";

    explicit World(Settings settings = {}, api::EndpointConfig config = {})
        : ring_{make_ring()},
          keys_(crypto::SealingKeys::of(ring_)),
          settings_(std::move(settings)),
          config_(std::move(config)) {
        const directory::Environment environment{
            .clock = clock_, .random = random_, .sealing = keys_, .quotas = {}};
        auto transaction = store_->write();
        const directory::KeyPair chosen{root().access_key_id, Secret(root().secret)};
        EXPECT_TRUE(transaction && directory::ensure_account(**transaction, environment, account, &chosen));
        EXPECT_TRUE((*transaction)->commit());
        transaction->reset();
        forget();
    }

    [[nodiscard]] static Who root() {
        return {"AKIAROOTROOTROOTROOT", "root-secret-root-secret-root-secret-root"};
    }

    /// A call of IAM or STS by somebody; must succeed.
    pugi::xml_document aws(const Who& who, std::string_view service, std::string_view action,
                           const std::vector<std::pair<std::string, std::string>>& parameters) {
        HttpRequest request = bare("POST", "/");
        request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        request.body = "Action=" + std::string(action) +
                       (service == "sts" ? "&Version=2011-06-15" : "&Version=2010-05-08");
        for (const auto& [name, value] : parameters) {
            request.body += "&" + percent_encode(name) + "=" + percent_encode(value);
        }
        crypto::sign(request, {who.access_key_id, Secret(who.secret), who.token}, "us-east-1", service,
                     clock_.now());
        const api::Answer answer = api_->handle(request);
        EXPECT_EQ(answer.response.status, 200) << action << ": " << answer.response.body;
        pugi::xml_document document;
        document.load_string(answer.response.body.c_str());
        return document;
    }
    pugi::xml_document iam(std::string_view action,
                           const std::vector<std::pair<std::string, std::string>>& parameters) {
        return aws(root(), "iam", action, parameters);
    }
    static std::string text(const pugi::xml_document& document, const std::string& element) {
        return document.select_node(("//" + element).c_str()).node().text().get();
    }

    /// A user with that inline policy (none when empty) and an access key.
    Who make_user(const std::string& name, const std::string& policy = {}, const std::string& path = "/") {
        iam("CreateUser", {{"UserName", name}, {"Path", path}});
        if (!policy.empty()) {
            iam("PutUserPolicy", {{"UserName", name}, {"PolicyName", "p"}, {"PolicyDocument", policy}});
        }
        const auto key = iam("CreateAccessKey", {{"UserName", name}});
        return {text(key, "AccessKeyId"), text(key, "SecretAccessKey")};
    }
    void make_role(const std::string& name, const std::string& policy, const std::string& trusted = "*") {
        iam("CreateRole", {{"RoleName", name},
                           {"AssumeRolePolicyDocument",
                            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":")" +
                                trusted + R"("},"Action":"sts:AssumeRole"}})"}});
        iam("PutRolePolicy", {{"RoleName", name}, {"PolicyName", "p"}, {"PolicyDocument", policy}});
    }
    Who assume(const Who& who, const std::string& role, const std::string& session_policy = {}) {
        std::vector<std::pair<std::string, std::string>> parameters{{"RoleArn", arn("role/" + role)},
                                                                    {"RoleSessionName", "session"}};
        if (!session_policy.empty()) parameters.emplace_back("Policy", session_policy);
        const auto answer = aws(who, "sts", "AssumeRole", parameters);
        return {text(answer, "AccessKeyId"), text(answer, "SecretAccessKey"), text(answer, "SessionToken")};
    }
    [[nodiscard]] static std::string arn(std::string_view resource) {
        return "arn:aws:iam::" + std::string(account) + ":" + std::string(resource);
    }

    [[nodiscard]] static HttpRequest bare(std::string method, std::string target) {
        HttpRequest request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.headers = {{"Host", "pdp.example.com"}};
        request.peer_address = "203.0.113.9";
        request.request_id = "6a2f41a3-c54c-4c59-9a63-1d3f1b3b4d11";
        return request;
    }
    [[nodiscard]] static HttpRequest json_request(const std::string& path, const TestJson& body) {
        HttpRequest request = bare("POST", path);
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = body.is_string() ? body.get<std::string>() : body.dump();
        return request;
    }
    void sign(HttpRequest& request, const Who& who, std::string_view service = "writ") const {
        crypto::sign(request, {who.access_key_id, Secret(who.secret), who.token}, "us-east-1", service,
                     clock_.now());
    }
    Told send(const HttpRequest& request) {
        EXPECT_TRUE(Endpoint::serves(request.target)) << request.target;
        const api::Answer answer = questions_->handle(request);
        defect = answer.record.defect;
        return {answer.response.status, answer.response.headers, answer.response.body,
                TestJson::parse(answer.response.body, nullptr, false)};
    }
    /// A string is sent as it stands.
    Told ask(const Who& who, const std::string& path, const TestJson& body) {
        HttpRequest request = json_request(path, body);
        sign(request, who);
        return send(request);
    }
    Told authorize(const Who& who, const TestJson& body) { return ask(who, "/authorize", body); }

    [[nodiscard]] FixedClock& clock() { return clock_; }
    [[nodiscard]] store::FaultyStore& faults() { return faulty_store_; }
    /// Reads everything anew.
    void forget() {
        questions_.reset();
        api_ = std::make_unique<api::Endpoint>(config_,
                                               api::EndpointServices{clock_, random_, faulty_store_, keys_});
        questions_ = std::make_unique<Endpoint>(settings_, *api_);
    }
    std::string defect;  ///< Of the last answer, as the log tells it.

  private:
    static std::vector<crypto::RingKey> make_ring() {
        std::vector<crypto::RingKey> ring;
        ring.push_back({1, start(), Secret("0123456789abcdef0123456789abcdef")});
        return ring;
    }
    static Instant start() { return *parse_iso8601("2026-11-24T04:23:00Z"); }

    FixedClock clock_{start()};
    SystemRandom random_;
    std::vector<crypto::RingKey> ring_;
    crypto::SealingKeys keys_;
    Settings settings_;
    api::EndpointConfig config_;
    store::TemporaryStore store_;
    store::FaultyStore faulty_store_{*store_};
    std::unique_ptr<api::Endpoint> api_;
    std::unique_ptr<Endpoint> questions_;
};

}  // namespace writ::questions
