#include "gateway/guard.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "gateway/internal/world_for_tests.h"
#include "gateway/observed/change_log.h"

namespace writ::gateway {
namespace {

/// S3 and SQS behind the gateway.
class GuardTest : public GuardWorld {
  protected:
    void SetUp() override {
        GuardWorld::SetUp();
        add_upstream("service=s3,service=sqs,url=http://127.0.0.1:9000");
    }

    Judgement judge(HttpRequest made, bool is_body_there = false) {
        Guard guard(config(), services());
        return guard.judge(made, is_body_there);
    }
    /// "GET /docs/a", or what was answered: "403 AccessDenied".
    static std::string outcome_of(const Judgement& judgement) {
        if (const auto* answer = std::get_if<HttpResponse>(&judgement.outcome)) {
            return std::to_string(answer->status) + " " + judgement.record.error_code;
        }
        if (std::holds_alternative<BodyWanted>(judgement.outcome)) return "body";
        const HttpRequest& passed = std::get<Passage>(judgement.outcome).request;
        return passed.method + " " + passed.target;
    }
    std::string outcome(HttpRequest made, bool is_body_there = false) {
        return outcome_of(judge(std::move(made), is_body_there));
    }
};

TEST_F(GuardTest, WhatIsAllowedPasses) {
    const Judgement judgement = judge(signed_s3("GET", "/docs/a"));
    EXPECT_EQ(outcome_of(judgement), "GET /docs/a");
    const Passage& passage = std::get<Passage>(judgement.outcome);
    EXPECT_EQ(passage.upstream, &upstreams_.front());
    EXPECT_FALSE(passage.body);
    EXPECT_EQ(*find_header(passage.request.headers, "host"), "127.0.0.1:9000");
    EXPECT_EQ(find_header(passage.request.headers, "authorization"), nullptr);
    const GuardRecord& record = judgement.record;
    EXPECT_EQ(record.service, "s3");
    EXPECT_EQ(record.operation, "GetObject");
    EXPECT_EQ(record.action, "s3:GetObject");
    EXPECT_EQ(record.resource, "arn:aws:s3:::docs/a");
    EXPECT_EQ(record.decision, "allowed");
    EXPECT_EQ(record.caller_arn, "arn:aws:iam::123456789012:user/ada");
}

TEST_F(GuardTest, WhatIsNotAllowedIsDeniedInTheWordsOfTheService) {
    const Judgement judgement = judge(signed_s3("GET", "/docs/secret/a"));
    EXPECT_EQ(outcome_of(judgement), "403 AccessDenied");
    EXPECT_EQ(
        judgement.record.error_message,
        "User: arn:aws:iam::123456789012:user/ada is not authorized to perform: s3:GetObject on resource: "
        "\"arn:aws:s3:::docs/secret/a\" with an explicit deny in an identity-based policy (explained)");
    EXPECT_EQ(judgement.record.decision, "explicitDeny");
    EXPECT_EQ(judgement.record.decided_by, "identity");
    EXPECT_EQ(outcome(signed_s3("GET", "/other/a")), "403 AccessDenied");
}

TEST_F(GuardTest, NobodyPassesWithoutAValidSignature) {
    EXPECT_EQ(outcome(request("GET", "/docs/a")), "403 AccessDenied");
    HttpRequest changed = signed_s3("GET", "/docs/a");
    changed.target = "/docs/b";
    EXPECT_EQ(outcome(changed), "403 SignatureDoesNotMatch");
    changed = signed_s3("GET", "/docs/a");
    changed.headers.emplace_back("x-amz-request-payer", "requester");
    EXPECT_EQ(judge(changed).record.error_message,
              "There were headers present in the request which were not signed");
    changed = signed_s3("GET", "/docs/a");
    clock_.advance(std::chrono::minutes(16));
    EXPECT_EQ(outcome(changed), "403 RequestTimeTooSkewed");
}

TEST_F(GuardTest, PresignedRequestsExpire) {
    HttpRequest made = request("GET", "/docs/a");
    const crypto::SigningForm form{.is_path_encoded_once = true, .payload_hash = "UNSIGNED-PAYLOAD"};
    crypto::presign(made, credentials(), region, "s3", clock_.now(), std::chrono::hours(1), form);
    EXPECT_EQ(outcome(made), "GET /docs/a");
    clock_.advance(std::chrono::minutes(59));
    EXPECT_EQ(outcome(made), "GET /docs/a");
    clock_.advance(std::chrono::minutes(2));
    EXPECT_EQ(judge(made).record.error_message, "Request has expired");
}

TEST_F(GuardTest, ConditionsSeeTheRequest) {
    EXPECT_EQ(outcome(signed_s3("DELETE", "/docs/a")), "403 AccessDenied");
    HttpRequest secure = signed_s3("DELETE", "/docs/a");
    secure.tls = true;
    EXPECT_EQ(outcome(secure), "DELETE /docs/a");

    const crypto::SigningForm form{.is_path_encoded_once = true, .payload_hash = "UNSIGNED-PAYLOAD"};
    HttpRequest presigned = request("GET", "/docs/a?acl=");
    crypto::presign(presigned, credentials(), region, "s3", clock_.now(), std::chrono::hours(1), form);
    EXPECT_EQ(outcome(presigned), "GET /docs/a?acl=");
    EXPECT_EQ(outcome(signed_s3("GET", "/docs/a?acl=")), "403 AccessDenied");
    clock_.advance(std::chrono::minutes(2));
    EXPECT_EQ(outcome(presigned), "403 AccessDenied") << "the signature is too old for the policy";
}

TEST_F(GuardTest, UploadsPassAsTheyCome) {
    HttpRequest made = request("PUT", "/docs/a", {{"Content-Length", "1000000"}});
    sign_s3(made);
    const Judgement judgement = judge(made);
    ASSERT_EQ(outcome_of(judgement), "PUT /docs/a");
    ASSERT_TRUE(std::get<Passage>(judgement.outcome).body);
    EXPECT_EQ(std::get<Passage>(judgement.outcome).body->upstream_bytes(), 1'000'000U);
}

TEST_F(GuardTest, OfOtherServicesTheBodyIsReadBefore) {
    HttpRequest made = request("POST", "/",
                               {{"X-Amz-Target", "AmazonSQS.ListQueues"},
                                {"Content-Type", "application/x-amz-json-1.0"},
                                {"Content-Length", "2"}});
    made.body = "{}";
    crypto::sign(made, credentials(), region, "sqs", clock_.now());
    HttpRequest head = made;
    head.body.clear();
    EXPECT_EQ(outcome(head), "body");
    const Judgement judgement = judge(made, true);
    EXPECT_EQ(outcome_of(judgement), "POST /");
    EXPECT_EQ(std::get<Passage>(judgement.outcome).request.body, "{}");
    made.body = "[]";
    EXPECT_EQ(outcome(made, true), "400 InvalidSignatureException");
}

TEST_F(GuardTest, AConfiguredOperationNeedsWhatConfigurationSays) {
    const std::string body = R"({"QueueUrl":"http://127.0.0.1:9000/123456789012/jobs"})";
    HttpRequest made = request("POST", "/",
                               {{"X-Amz-Target", "AmazonSQS.PurgeQueue"},
                                {"Content-Type", "application/x-amz-json-1.0"},
                                {"Content-Length", std::to_string(body.size())}});
    made.body = body;
    crypto::sign(made, credentials(), region, "sqs", clock_.now());
    EXPECT_EQ(outcome(made, true), "400 AccessDeniedException") << "ada may not purge";
    upstreams_.front().operations = {{"PurgeQueue", {"sqs:ListQueues", "*"}}};
    EXPECT_EQ(outcome(made, true), "POST /") << "but list, which the operation is said to need";
    upstreams_.front().operations.push_back({"PurgeQueue", {"sqs:PurgeQueue", "*"}});
    EXPECT_EQ(outcome(made, true), "400 AccessDeniedException") << "all that configuration names is needed";
}

TEST_F(GuardTest, GoesOnBehindTheHeadOnceTheBodyIsThere) {
    Guard guard(config(), services());
    HttpRequest made = request("POST", "/",
                               {{"X-Amz-Target", "AmazonSQS.ListQueues"},
                                {"Content-Type", "application/x-amz-json-1.0"},
                                {"Content-Length", "2"}});
    made.body = "{}";
    crypto::sign(made, credentials(), region, "sqs", clock_.now());
    for (const auto& [body, expected] :
         {std::pair{"{}", "POST /"}, std::pair{"[]", "400 InvalidSignatureException"}}) {
        made.body.clear();
        const Judgement wanted = guard.judge(made, false);
        ASSERT_EQ(outcome_of(wanted), "body");
        made.body = body;
        const Judgement judgement = std::get<BodyWanted>(wanted.outcome).go_on();
        EXPECT_EQ(outcome_of(judgement), expected);
        EXPECT_EQ(judgement.record.operation, "ListQueues");
    }
    made.body.clear();
    const Judgement wanted = guard.judge(made, false);
    clock_.advance(std::chrono::minutes(16));
    made.body = "{}";
    EXPECT_EQ(outcome_of(std::get<BodyWanted>(wanted.outcome).go_on()), "400 InvalidSignatureException")
        << "the signature is verified when the body is there";
}

TEST_F(GuardTest, OfS3TheSignatureIsVerifiedBeforeTheBodyIsRead) {
    Guard guard(config(), services());
    HttpRequest made = request("PUT", "/docs/a?acl", {{"Content-Length", "9"}});
    sign_s3(made);
    const Judgement wanted = guard.judge(made, false);
    ASSERT_EQ(outcome_of(wanted), "body");
    made.body = "<Unknown>";
    EXPECT_EQ(outcome_of(std::get<BodyWanted>(wanted.outcome).go_on()).substr(0, 3), "400") << "is no XML";
    made.target = "/docs/b?acl";
    made.body.clear();
    EXPECT_EQ(outcome_of(guard.judge(made, false)), "403 SignatureDoesNotMatch");
}

TEST_F(GuardTest, AServiceWithoutUpstreamIsDenied) {
    HttpRequest made = request(
        "POST", "/",
        {{"X-Amz-Target", "DynamoDB_20120810.ListTables"}, {"Content-Type", "application/x-amz-json-1.0"}});
    crypto::sign(made, credentials(), region, "dynamodb", clock_.now());
    EXPECT_EQ(outcome(made), "400 AccessDeniedException");
}

TEST_F(GuardTest, HostStyleIsPassedOnPathStyle) {
    HttpRequest made = signed_s3("GET", "/a");
    EXPECT_EQ(outcome(made), "403 AccessDenied") << "path-style, it is the bucket a";
    made = request("GET", "/a");
    made.headers.front().second = "docs.s3.gateway.test:7700";
    sign_s3(made);
    EXPECT_EQ(outcome(made), "GET /docs/a");
}

TEST_F(GuardTest, UpstreamsThatObserveLetEverythingPass) {
    upstreams_.front().mode = Mode::observe;
    const Judgement judgement = judge(signed_s3("GET", "/other/a"));
    EXPECT_EQ(outcome_of(judgement), "GET /other/a");
    EXPECT_TRUE(judgement.record.is_observed);
    EXPECT_EQ(judgement.record.error_code, "AccessDenied");
    EXPECT_EQ(outcome(request("GET", "/other/a")), "GET /other/a");
    EXPECT_EQ(outcome(request("GET", "/other//a")), "400 InvalidURI")
        << "but nothing that servers read differently";
}

TEST_F(GuardTest, TheRecordTellsWhatARequestNeeds) {
    upstreams_.front().mode = Mode::learn;
    upstreams_.front().records_use = true;
    const Judgement judgement = judge(signed_s3("GET", "/other/?list-type=2&prefix=a%2F"));
    EXPECT_EQ(outcome_of(judgement), "GET /other/?list-type=2&prefix=a%2F");
    const GuardRecord& record = judgement.record;
    EXPECT_TRUE(record.is_use_recorded);
    EXPECT_EQ(record.region, region);
    ASSERT_NE(record.caller, nullptr);
    EXPECT_EQ(record.caller->principal->arn, "arn:aws:iam::123456789012:user/ada");
    ASSERT_EQ(record.demands.size(), 1U);
    EXPECT_EQ(record.demands.front().action, "s3:ListBucket");
    EXPECT_EQ(record.demands.front().resource, "arn:aws:s3:::other");
    EXPECT_EQ(record.demands.front().resource_account, "123456789012");
    const auto prefix = std::ranges::find(record.demands.front().keys, "s3:prefix", &RequestKey::name);
    ASSERT_NE(prefix, record.demands.front().keys.end());
    EXPECT_EQ(prefix->values, std::vector<std::string>{"a/"});
}

TEST_F(GuardTest, TheRecordOfADenialTellsTheSame) {
    const Judgement judgement = judge(signed_s3("GET", "/other/a"));
    EXPECT_EQ(outcome_of(judgement), "403 AccessDenied");
    EXPECT_FALSE(judgement.record.is_use_recorded);
    ASSERT_EQ(judgement.record.demands.size(), 1U);
    EXPECT_EQ(judgement.record.demands.front().resource, "arn:aws:s3:::other/a");
    EXPECT_NE(judgement.record.caller, nullptr);
}

TEST_F(GuardTest, AStoreThatCannotBeReadDenies) {
    const HttpRequest made = signed_s3("GET", "/docs/a");
    for (std::uint64_t first = 1;; ++first) {
        subjects_ = std::make_unique<authz::Subjects>(faulty_, environment_);  // Nothing is kept.
        resources_ = std::make_unique<authz::Resources>(faulty_, environment_);
        faulty_.fail({.first = first});
        const Judgement judgement = judge(made);
        if (!faulty_.has_failed()) {
            EXPECT_EQ(outcome_of(judgement), "GET /docs/a");
            EXPECT_GT(first, 4U);
            break;
        }
        EXPECT_TRUE(std::holds_alternative<HttpResponse>(judgement.outcome)) << first;
        EXPECT_NE(judgement.record.defect, "") << first;
    }
}

/// The same with what is known of resources, for ada who may do everything in S3 but read secrets.
class ObservingGuardTest : public GuardTest {
  protected:
    void SetUp() override {
        GuardTest::SetUp();
        auto transaction = store_->write();
        ASSERT_TRUE(transaction);
        directory::AccountEdit account(**transaction, std::string(account_id), environment_);
        ASSERT_TRUE(directory::put_inline_policy(
            account, {directory::OwnerKind::user, "ada"}, "all",
            R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*","sqs:*"],"Resource":"*"}]})"));
        ASSERT_TRUE((*transaction)->commit());
    }
    Judgement judge(HttpRequest made) {
        GuardServices known = services();
        known.resources = &resources_;
        known.changes = &changes_;
        Guard guard(config(), known);
        return guard.judge(made, true);
    }
    HttpRequest put_policy(std::string_view policy) {
        HttpRequest made =
            request("PUT", "/docs?policy", {{"Content-Length", std::to_string(policy.size())}});
        made.body = policy;
        sign_s3(made);
        return made;
    }
    static const Observation* observation(const Judgement& judgement) {
        const auto* passage = std::get_if<Passage>(&judgement.outcome);
        return passage == nullptr ? nullptr : passage->observation.get();
    }

    authz::Resources resources_{faulty_, environment_};
    ChangeLog changes_{faulty_, environment_, resources_};
};

constexpr std::string_view denies_reading =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:GetObject",)"
    R"("Resource":"arn:aws:s3:::docs/*"}]})";

TEST_F(ObservingGuardTest, WhatChangesNothingCarriesNothing) {
    const Judgement read = judge(signed_s3("GET", "/docs/a"));
    EXPECT_EQ(outcome_of(read), "GET /docs/a");
    EXPECT_EQ(observation(read), nullptr);
    EXPECT_EQ(observation(judge(signed_s3("PUT", "/docs/a", {{"Content-Length", "0"}}))), nullptr);
}

TEST_F(ObservingGuardTest, APolicyDecidesOnceItsChangeIsWritten) {
    const Judgement judgement = judge(put_policy(denies_reading));
    EXPECT_EQ(outcome_of(judgement), "PUT /docs?policy");
    ASSERT_NE(observation(judgement), nullptr);
    EXPECT_EQ(observation(judgement)->operation(), "PutBucketPolicy");
    EXPECT_EQ(observation(judgement)->answer_bytes_max(), 0U);
    EXPECT_EQ(outcome_of(judge(signed_s3("GET", "/docs/a"))), "GET /docs/a");
    const auto seen = observation(judgement)->changes({}, {});
    ASSERT_TRUE(seen);
    ASSERT_TRUE(changes_.apply(*seen));
    const Judgement denied = judge(signed_s3("GET", "/docs/a"));
    EXPECT_EQ(outcome_of(denied), "403 AccessDenied");
    EXPECT_EQ(denied.record.decision, "explicitDeny");
}

TEST_F(ObservingGuardTest, APolicyThatCannotBeReadNeverArrives) {
    const Judgement refused =
        judge(put_policy(R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny"}]})"));
    EXPECT_EQ(outcome_of(refused), "400 MalformedPolicy");
    // Who may not set one is not told what is wrong with it.
    HttpRequest anonymous = request("PUT", "/docs?policy", {{"Content-Length", "1"}});
    anonymous.body = "x";
    EXPECT_EQ(outcome_of(judge(anonymous)), "403 AccessDenied");
}

TEST_F(ObservingGuardTest, WhatIsInDoubtIsDenied) {
    faulty_.fail({.first = 1, .count = store::Fault::all});
    EXPECT_FALSE(changes_.apply({{std::string(account_id), DeletePolicy{"arn:aws:s3:::docs"}}}));
    faulty_.mend();
    const Judgement denied = judge(signed_s3("GET", "/docs/a"));
    EXPECT_EQ(outcome_of(denied), "403 AccessDenied");
    EXPECT_FALSE(denied.record.defect.empty());
    changes_.retry();
    EXPECT_EQ(outcome_of(judge(signed_s3("GET", "/docs/a"))), "GET /docs/a");
}

TEST_F(ObservingGuardTest, AnswersThatAreReadComeUnpacked) {
    ASSERT_TRUE(changes_.apply({{std::string(account_id), SetTags{"arn:aws:s3:::docs/a", {{"x", "1"}}}}}));
    const Judgement copied = judge(signed_s3(
        "PUT", "/docs/b",
        {{"Content-Length", "0"}, {"x-amz-copy-source", "docs/a"}, {"Accept-Encoding", "gzip, br"}}));
    EXPECT_EQ(outcome_of(copied), "PUT /docs/b");
    ASSERT_NE(observation(copied), nullptr);
    EXPECT_GT(observation(copied)->answer_bytes_max(), 0U);
    EXPECT_EQ(find_header(std::get<Passage>(copied.outcome).request.headers, "accept-encoding"), nullptr);
}

}  // namespace
}  // namespace writ::gateway
