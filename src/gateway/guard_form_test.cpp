#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "gateway/guard.h"
#include "gateway/internal/world_for_tests.h"

// Uploads to S3 by HTML forms, through the whole guard.
namespace writ::gateway {
namespace {

constexpr std::string_view content = "the file";

/// S3 behind the gateway; ada may put objects into the bucket docs, but below secret/.
class GuardFormTest : public GuardWorld {
  protected:
    void SetUp() override {
        GuardWorld::SetUp();
        add_upstream("service=s3,url=http://127.0.0.1:9000");
    }

    /// Fields that are signed, with a policy of these conditions and of those on the signature.
    FormFields signed_fields(FormFields fields, std::string conditions) const {
        const std::string date = format_iso8601_basic(clock_.now());
        const std::string scope = date.substr(0, 8) + "/us-east-1/s3/aws4_request";
        fields.emplace_back("x-amz-algorithm", "AWS4-HMAC-SHA256");
        fields.emplace_back("x-amz-credential", key_id_ + "/" + scope);
        fields.emplace_back("x-amz-date", date);
        const std::string policy =
            R"({"expiration": ")" + format_iso8601(clock_.now() + std::chrono::hours(1)) +
            R"(", "conditions": [{"x-amz-algorithm": "AWS4-HMAC-SHA256"},)" + R"({"x-amz-credential": ")" +
            key_id_ + "/" + scope + R"("},)" + R"({"x-amz-date": ")" + date + R"("},)" + conditions + "]}";
        fields.emplace_back("policy", base64_encode(as_bytes(policy)));
        const crypto::SigningKey key(secret_, date.substr(0, 8), "us-east-1", "s3");
        fields.emplace_back("x-amz-signature", hex_encode(key.sign(fields.back().second)));
        return fields;
    }
    static std::string part(std::string_view disposition, std::string_view text) {
        std::string out = "--B\r\nContent-Disposition: form-data; ";
        return out.append(disposition).append("\r\n\r\n").append(text).append("\r\n");
    }
    static HttpRequest form(const FormFields& fields, std::string_view target = "/docs") {
        std::string body;
        for (const auto& [name, value] : fields) body += part("name=\"" + name + "\"", value);
        body += part("name=\"file\"; filename=\"a.txt\"", content) + "--B--\r\n";
        HttpRequest made = request("POST", target,
                                   {{"Content-Type", "multipart/form-data; boundary=B"},
                                    {"Content-Length", std::to_string(body.size())},
                                    {"User-Agent", "browser"},
                                    {"x-amz-acl", "public-read"}});
        made.body = std::move(body);
        return made;
    }
    Judgement judge(HttpRequest made) {
        Guard guard(config(), services());
        return guard.judge(made, true);
    }
    /// "PUT /docs/a", or the code of the refusal.
    std::string outcome(HttpRequest made) {
        const Judgement judgement = judge(std::move(made));
        if (!std::holds_alternative<Passage>(judgement.outcome)) return judgement.record.error_code;
        const HttpRequest& passed = std::get<Passage>(judgement.outcome).request;
        return passed.method + " " + passed.target;
    }
    std::string outcome(FormFields fields, std::string conditions) {
        return outcome(form(signed_fields(std::move(fields), std::move(conditions))));
    }
    static constexpr std::string_view any_key = R"(["starts-with", "$key", ""])";
};

TEST_F(GuardFormTest, OnlyTheFieldsAreWantedBeforeTheDecision) {
    HttpRequest made = form(signed_fields({{"key", "a"}}, std::string(any_key)));
    made.body.clear();
    Guard guard(config(), services());
    const Judgement judgement = guard.judge(made, false);
    ASSERT_TRUE(std::holds_alternative<BodyWanted>(judgement.outcome));
    EXPECT_NE(std::get<BodyWanted>(judgement.outcome).form, nullptr);
}

TEST_F(GuardFormTest, AFormIsThePutOfAnObject) {
    Judgement judgement =
        judge(form(signed_fields({{"key", "up/${filename}"}, {"Content-Type", "text/plain"}},
                                 R"(["starts-with", "$key", "up/"], {"Content-Type": "text/plain"})")));
    ASSERT_TRUE(std::holds_alternative<Passage>(judgement.outcome)) << judgement.record.error_message;
    Passage& passage = std::get<Passage>(judgement.outcome);
    EXPECT_EQ(passage.request.method, "PUT");
    EXPECT_EQ(passage.request.target, "/docs/up/a.txt");
    EXPECT_EQ(
        passage.request.headers,
        (HttpHeaders{{"content-type", "text/plain"}, {"user-agent", "browser"}, {"Host", "127.0.0.1:9000"}}))
        << "nothing of the POST but who sends it";
    ASSERT_TRUE(passage.form);
    EXPECT_EQ(passage.form->status, 204);
    EXPECT_EQ(passage.form->location, "http://127.0.0.1:7700/docs/up/a.txt");
    ASSERT_TRUE(passage.body);
    EXPECT_FALSE(passage.body->is_length_known());
    std::string file;
    EXPECT_TRUE(passage.body->finish(file));
    EXPECT_EQ(file, content);
    EXPECT_EQ(judgement.record.operation, "PutObject");
    EXPECT_EQ(judgement.record.action, "s3:PutObject");
    EXPECT_EQ(judgement.record.resource, "arn:aws:s3:::docs/up/a.txt");
    EXPECT_EQ(judgement.record.caller_arn, "arn:aws:iam::123456789012:user/ada");
}

TEST_F(GuardFormTest, TheBucketMayBeInTheHost) {
    HttpRequest made = form(signed_fields({{"key", "a"}}, R"({"bucket": "docs"}, {"key": "a"})"), "/");
    for (auto& [name, value] : made.headers) {
        if (name == "Host") value = "docs.s3.gateway.test:7700";
    }
    const Judgement judgement = judge(made);
    ASSERT_TRUE(std::holds_alternative<Passage>(judgement.outcome)) << judgement.record.error_message;
    const Passage& passage = std::get<Passage>(judgement.outcome);
    EXPECT_EQ(passage.request.target, "/docs/a");
    EXPECT_EQ(passage.form->location, "http://docs.s3.gateway.test:7700/a");
}

TEST_F(GuardFormTest, TheCallerMustBeAllowedToPut) {
    EXPECT_EQ(outcome({{"key", "a"}}, std::string(any_key)), "PUT /docs/a");
    const Judgement judgement = judge(form(signed_fields({{"key", "secret/a"}}, std::string(any_key))));
    EXPECT_EQ(
        judgement.record.error_message,
        "User: arn:aws:iam::123456789012:user/ada is not authorized to perform: s3:PutObject on resource: "
        "\"arn:aws:s3:::docs/secret/a\" with an explicit deny in an identity-based policy (explained)");
    const Judgement acl = judge(form(signed_fields({{"key", "a"}, {"acl", "public-read"}},
                                                   std::string(any_key) + R"(, {"acl": "public-read"})")));
    EXPECT_EQ(acl.record.action, "s3:PutObjectAcl");
    EXPECT_EQ(acl.record.error_code, "AccessDenied");
    const std::string tags = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
    const Judgement tagging = judge(form(signed_fields(
        {{"key", "a"}, {"tagging", tags}}, std::string(any_key) + R"(, ["starts-with", "$tagging", ""])")));
    EXPECT_EQ(tagging.record.action, "s3:PutObjectTagging");
    EXPECT_EQ(tagging.record.error_code, "AccessDenied");
}

TEST_F(GuardFormTest, ThePolicyBindsTheForm) {
    const Judgement judgement = judge(form(signed_fields({{"key", "b"}}, R"({"key": "a"})")));
    EXPECT_EQ(judgement.record.error_code, "AccessDenied");
    EXPECT_EQ(judgement.record.error_message,
              "Invalid according to Policy: Policy Condition failed: [\"eq\", \"$key\", \"a\"]");
    EXPECT_EQ(outcome({{"key", "a"}}, R"({"bucket": "other"}, {"key": "a"})"), "AccessDenied");
    EXPECT_EQ(outcome({{"key", "a"}, {"x-amz-meta-a", "b"}}, R"({"key": "a"})"), "AccessDenied")
        << "extra field";

    const HttpRequest made = form(signed_fields({{"key", "a"}}, R"({"key": "a"})"));
    clock_.advance(std::chrono::minutes(59));
    EXPECT_EQ(outcome(made), "PUT /docs/a");
    clock_.advance(std::chrono::minutes(1));
    EXPECT_EQ(judge(made).record.error_message, "Invalid according to Policy: Policy expired.");
}

TEST_F(GuardFormTest, TheSignatureBindsThePolicy) {
    FormFields fields = signed_fields({{"key", "a"}}, R"({"key": "a"})");
    const FormFields genuine = fields;
    for (auto& [name, value] : fields) {
        if (name == "policy") value = base64_encode(as_bytes("{}"));
    }
    EXPECT_EQ(outcome(form(fields)), "SignatureDoesNotMatch");
    for (const std::string_view missing :
         {"policy", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature"}) {
        FormFields fewer = genuine;
        std::erase_if(fewer, [&](const auto& field) { return field.first == missing; });
        EXPECT_EQ(outcome(form(fewer)), "InvalidArgument") << missing;
    }
    fields = genuine;
    fields.emplace_back("AWSAccessKeyId", "AKIA");
    EXPECT_EQ(outcome(form(fields)), "InvalidRequest") << "another kind of signature";
    fields = genuine;
    fields.emplace_back("x-amz-security-token", "token");
    EXPECT_NE(outcome(form(fields)), "PUT /docs/a");
}

TEST_F(GuardFormTest, WithoutPolicyTheCallerIsAnonymous) {
    const Judgement judgement = judge(form({{"key", "a"}}));
    EXPECT_EQ(judgement.record.error_code, "AccessDenied");
    EXPECT_EQ(judgement.record.error_message, "Access Denied");
    EXPECT_EQ(judgement.record.caller_arn, "");
}

TEST_F(GuardFormTest, FormsAreSignedNowhereElse) {
    HttpRequest made = request(
        "POST", "/docs", {{"Content-Type", "multipart/form-data; boundary=B"}, {"Content-Length", "10"}});
    sign_s3(made);
    Guard guard(config(), services());
    EXPECT_EQ(guard.judge(made, false).record.error_code, "InvalidRequest");
}

TEST_F(GuardFormTest, ALongFileIsToldItsLengthBefore) {
    GuardConfig small = config();
    small.body_bytes_max = 4;
    Guard guard(small, services());
    HttpRequest made =
        form(signed_fields({{"key", "a"}}, R"({"key": "a"}, ["content-length-range", 1, 100])"));
    HttpRequest again = made;
    Judgement judgement = guard.judge(made, true);
    ASSERT_TRUE(std::holds_alternative<Passage>(judgement.outcome)) << judgement.record.error_message;
    BodyPassage& body = *std::get<Passage>(judgement.outcome).body;
    EXPECT_TRUE(body.is_length_known());
    EXPECT_EQ(body.upstream_bytes(), content.size());
    std::string file;
    EXPECT_TRUE(body.take("", file));
    EXPECT_LT(file.size(), content.size()) << "the end is kept until all is known to be right";
    EXPECT_TRUE(body.finish(file));
    EXPECT_EQ(file, content);

    again.body = form(signed_fields({{"key", "a"}}, R"({"key": "a"}, ["content-length-range", 1, 7])")).body;
    EXPECT_EQ(guard.judge(again, true).record.error_code, "EntityTooLarge");
}

TEST_F(GuardFormTest, WhatFollowsALongFileIsNotIgnored) {
    GuardConfig small = config();
    small.body_bytes_max = 4;
    Guard guard(small, services());
    HttpRequest made = form(signed_fields({{"key", "a"}}, R"({"key": "a"})"));
    made.body.insert(made.body.rfind("--B--"), part("name=\"submit\"", "go"));
    for (auto& [name, value] : made.headers) {
        if (name == "Content-Length") value = std::to_string(made.body.size());
    }
    Judgement judgement = guard.judge(made, true);
    ASSERT_TRUE(std::holds_alternative<Passage>(judgement.outcome)) << judgement.record.error_message;
    BodyPassage& body = *std::get<Passage>(judgement.outcome).body;
    std::string file;
    EXPECT_TRUE(body.take("", file));
    EXPECT_EQ(body.finish(file).error().code, "MalformedPOSTRequest");
    EXPECT_LT(file.size(), body.upstream_bytes());
}

TEST_F(GuardFormTest, KeysThatServersReadDifferently) {
    EXPECT_EQ(outcome({{"key", "../other/a"}}, std::string(any_key)), "InvalidURI");
    EXPECT_EQ(outcome({{"key", "/a"}}, std::string(any_key)), "InvalidURI");
    EXPECT_EQ(outcome({{"key", "a?acl"}}, std::string(any_key)), "PUT /docs/a%3Facl");
    EXPECT_EQ(outcome({{"key", "a%2Fb"}}, std::string(any_key)), "PUT /docs/a%252Fb");
    upstreams_.front().paths = PathRule::verbatim;
    EXPECT_EQ(outcome({{"key", "/a"}}, std::string(any_key)), "PUT /docs//a");
}

TEST_F(GuardFormTest, BrokenForms) {
    HttpRequest made = form(signed_fields({{"key", "a"}}, R"({"key": "a"})"));
    HttpRequest other = made;
    other.headers.front().second = "multipart/form-data; boundary=C";
    EXPECT_EQ(outcome(other), "MalformedPOSTRequest");
    other = made;
    other.body.resize(other.body.find("name=\"file\""));
    EXPECT_EQ(outcome(other), "MalformedPOSTRequest");
    other = made;
    std::erase_if(other.headers, [](const auto& header) { return header.first == "Content-Length"; });
    other.headers.emplace_back("Transfer-Encoding", "chunked");
    Guard guard(config(), services());
    EXPECT_EQ(guard.judge(other, false).record.error_code, "MissingContentLength");
}

TEST_F(GuardFormTest, UpstreamsThatObserveLetFormsPass) {
    upstreams_.front().mode = Mode::observe;
    const Judgement judgement =
        judge(form(signed_fields({{"key", "a"}}, R"({"key": "b"}, ["content-length-range", 100, 200])")));
    ASSERT_TRUE(std::holds_alternative<Passage>(judgement.outcome));
    EXPECT_TRUE(judgement.record.is_observed);
    EXPECT_EQ(judgement.record.error_code, "AccessDenied");
}

}  // namespace
}  // namespace writ::gateway
