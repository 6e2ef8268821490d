#pragma once

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "crypto/sealing.h"
#include "crypto/sigv4_signer.h"
#include "directory/accounts/accounts.h"
#include "directory/credentials/access_keys.h"
#include "directory/policies/inline_policies.h"
#include "directory/principals/users.h"
#include "gateway/guard.h"
#include "store/faulty_store.h"
#include "store/temporary_store.h"

namespace writ::gateway {

/// The user ada of account 123456789012, who signs, and what a guard lives on. For tests.
class GuardWorld : public testing::Test {
  protected:
    static constexpr std::string_view account_id = "123456789012";
    static constexpr std::string_view region = "us-east-1";
    static constexpr std::string_view permissions = R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::docs/*"},
      {"Effect":"Allow","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::docs/*",
       "Condition":{"Bool":{"aws:SecureTransport":"true"}}},
      {"Effect":"Allow","Action":"s3:GetObjectAcl","Resource":"arn:aws:s3:::docs/*",
       "Condition":{"StringEquals":{"s3:authType":"REST-QUERY-STRING"},"NumericLessThan":{"s3:signatureAge":"60000"}}},
      {"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::docs/secret/*"},
      {"Effect":"Allow","Action":"sqs:ListQueues","Resource":"*"}]})";

    void SetUp() override {
        auto transaction = store_->write();
        ASSERT_TRUE(transaction);
        directory::AccountEdit account(**transaction, std::string(account_id), environment_);
        ASSERT_TRUE(directory::ensure_account(account.writes, environment_, account_id, nullptr));
        ASSERT_TRUE(directory::create_user(account, {.name = "ada"}));
        ASSERT_TRUE(
            directory::put_inline_policy(account, {directory::OwnerKind::user, "ada"}, "p", permissions));
        auto key = directory::create_access_key(account, {"ada"});
        ASSERT_TRUE(key);
        key_id_ = key->key.access_key_id;
        secret_ = key->secret.copy();
        ASSERT_TRUE((*transaction)->commit());
    }
    void add_upstream(std::string_view text) {
        auto upstream = read_upstream(text, [](const std::string&) { return std::nullopt; });
        ASSERT_TRUE(upstream);
        upstreams_.push_back(std::move(*upstream));
    }

    static HttpRequest request(std::string_view method, std::string_view target, HttpHeaders headers = {}) {
        HttpRequest made;
        made.method = method;
        made.target = target;
        made.headers = std::move(headers);
        made.headers.emplace_back("Host", "127.0.0.1:7700");
        made.peer_address = "203.0.113.9";
        made.request_id = "id-1";
        return made;
    }
    [[nodiscard]] crypto::SigningCredentials credentials() const { return {key_id_, secret_.copy(), ""}; }
    void sign_s3(HttpRequest& made, std::string_view payload = "UNSIGNED-PAYLOAD") const {
        made.headers.emplace_back("x-amz-content-sha256", payload);
        crypto::sign(made, credentials(), region, "s3", clock_.now(),
                     {.is_path_encoded_once = true, .payload_hash = payload});
    }
    HttpRequest signed_s3(std::string_view method, std::string_view target, HttpHeaders headers = {}) const {
        HttpRequest made = request(method, target, std::move(headers));
        sign_s3(made);
        return made;
    }

    [[nodiscard]] GuardConfig config() const {
        return {.account_id = std::string(account_id),
                .region = std::string(region),
                .s3_hosts = {"s3.gateway.test"},
                .upstreams = upstreams_};
    }
    [[nodiscard]] GuardServices services() {
        return {.subjects = *subjects_,
                .tokens = tokens_,
                .clock = clock_,
                .where_explained = [](const auto&, const auto&, const auto&, bool) { return " (explained)"; },
                .resources = resources_.get()};
    }

    FixedClock clock_{*parse_iso8601("2026-11-24T04:23:00Z")};
    SequenceRandom random_{7};
    std::vector<crypto::RingKey> ring_ = [] {
        std::vector<crypto::RingKey> ring;
        ring.push_back({1, Instant{}, Secret("0123456789abcdef0123456789abcdef")});
        return ring;
    }();
    crypto::SealingKeys keys_ = crypto::SealingKeys::of(ring_);
    store::TemporaryStore store_;
    directory::Environment environment_{.clock = clock_, .random = random_, .sealing = keys_, .quotas = {}};
    store::FaultyStore faulty_{*store_};
    std::unique_ptr<authz::Subjects> subjects_ = std::make_unique<authz::Subjects>(faulty_, environment_);
    std::unique_ptr<authz::Resources> resources_ = std::make_unique<authz::Resources>(faulty_, environment_);
    crypto::SessionTokens tokens_{keys_};
    std::vector<Upstream> upstreams_;
    std::string key_id_;
    Secret secret_;
};

}  // namespace writ::gateway
