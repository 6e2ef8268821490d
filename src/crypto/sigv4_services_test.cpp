#include <fmt/format.h>
#include <gtest/gtest.h>

#include "crypto/sigv4.h"
#include "crypto/sigv4_signer.h"

// What services other than IAM and STS do with a signature: spec Z5, Z7, Z9, Z10 and 7.7.
namespace writ::crypto {
namespace {

constexpr std::string_view day = "20130524", region = "us-east-1", s3 = "s3";
constexpr std::string_view example_secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const SigningForm unsigned_s3{.is_path_encoded_once = true, .payload_hash = "UNSIGNED-PAYLOAD"};

SigningKey example_key() {
    return {Secret(example_secret), day, region, s3};
}
SigningCredentials example_credentials() {
    return {"AKIAIOSFODNN7EXAMPLE", Secret(example_secret), ""};
}
Instant at(std::string_view text) {
    return *parse_iso8601_basic(text);
}

/// The "GET Object" example of the S3 API reference for signatures in a query.
HttpRequest presigned_example() {
    HttpRequest request;
    request.method = "GET";
    request.target = fmt::format(
        "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F{}%2F{}%2F{}"
        "%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&"
        "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        day, region, s3);
    request.headers = {{"Host", "examplebucket.s3.amazonaws.com"}};
    return request;
}

TEST(SigV4OfServices, PresignedExampleOfS3) {
    const HttpRequest request = presigned_example();
    const auto authorization = parse_authorization(request);
    ASSERT_TRUE(authorization);
    EXPECT_EQ(authorization->expires, "86400");
    EXPECT_TRUE(verify_signature(request, *authorization, example_key(), unsigned_s3));
}

struct Moment {
    std::string_view now;
    bool is_good;
};
TEST(SigV4OfServices, PresignedRequestsExpire) {
    const HttpRequest request = presigned_example();
    const auto authorization = parse_authorization(request);
    ASSERT_TRUE(authorization);
    for (const auto& [now, is_good] : {Moment{"20130523T234459Z", false}, Moment{"20130523T234500Z", true},
                                       Moment{"20130524T120000Z", true}, Moment{"20130525T000000Z", true},
                                       Moment{"20130525T000001Z", false}}) {
        EXPECT_EQ(check_expiry(*authorization, at(now)).has_value(), is_good) << now;
    }
    const auto expired = check_expiry(*authorization, at("20130525T000001Z"));
    ASSERT_FALSE(expired);
    EXPECT_EQ(expired.error().fault, CredentialFault::presigned_expired);
    const Error told = to_error(expired.error(), CredentialDialect::s3);
    EXPECT_EQ(told.code, "AccessDenied");
    EXPECT_EQ(told.http_status, 403);
    EXPECT_EQ(told.message, "Request has expired");
    EXPECT_EQ(
        to_error(expired.error(), CredentialDialect::query).message,
        "Signature expired: 20130524T000000Z is now earlier than 20130524T000001Z (20130525T000001Z - 86400 "
        "s.)");
}

TEST(SigV4OfServices, TheLifetimeIsASecondToSevenDays) {
    for (const auto& [lifetime, is_good] :
         {std::pair{"1", true}, std::pair{"604800", true}, std::pair{"0", false}, std::pair{"604801", false},
          std::pair{"-1", false}, std::pair{"60s", false}}) {
        HttpRequest request = presigned_example();
        request.target.replace(request.target.find("86400"), 5, lifetime);
        const auto authorization = parse_authorization(request);
        ASSERT_TRUE(authorization);
        EXPECT_EQ(check_expiry(*authorization, at("20130524T000000Z")).has_value(), is_good) << lifetime;
    }
}

TEST(SigV4OfServices, WithoutExpiresTheWindowCounts) {
    HttpRequest request;
    request.method = "GET";
    request.target = "/";
    request.headers = {{"Host", "localhost"}};
    sign(request, example_credentials(), region, s3, at("20130524T000000Z"));
    const auto authorization = parse_authorization(request);
    ASSERT_TRUE(authorization);
    EXPECT_TRUE(check_expiry(*authorization, at("20130524T001500Z")));
    EXPECT_FALSE(check_expiry(*authorization, at("20130524T001501Z")));
}

// Spec Z7: what S3 signs is the path as it was meant.
TEST(SigV4OfServices, S3KeepsThePath) {
    struct Row {
        std::string_view target, canonical;
    };
    for (const auto& [target, canonical] :
         {Row{"/bucket//a/./b/../c", "/bucket//a/./b/../c"}, Row{"/bucket/a%2Fb", "/bucket/a/b"},
          Row{"/bucket/a%20b%c3%a9", "/bucket/a%20b%C3%A9"}, Row{"/bucket/a+b*", "/bucket/a%2Bb%2A"},
          Row{"/bucket/%2e%2E", "/bucket/.."}}) {
        HttpRequest request;
        request.method = "GET";
        request.target = target;
        request.headers = {{"Host", "localhost"}};
        sign(request, example_credentials(), region, s3, at("20130524T000000Z"), unsigned_s3);
        const auto authorization = parse_authorization(request);
        ASSERT_TRUE(authorization);
        EXPECT_TRUE(verify_signature(request, *authorization, example_key(), unsigned_s3));
        const std::string text = canonical_request(request, *authorization, unsigned_s3).value_or("");
        EXPECT_EQ(text.substr(4, text.find('\n', 4) - 4), canonical);
        EXPECT_TRUE(text.ends_with("\nUNSIGNED-PAYLOAD"));
    }
}

TEST(SigV4OfServices, APathThatCannotBeDecodedIsNotBelieved) {
    HttpRequest request;
    request.method = "GET";
    request.target = "/bucket/100%";
    request.headers = {{"Host", "localhost"}};
    sign(request, example_credentials(), region, s3, at("20130524T000000Z"), unsigned_s3);
    const auto authorization = parse_authorization(request);
    ASSERT_TRUE(authorization);
    EXPECT_FALSE(verify_signature(request, *authorization, example_key(), unsigned_s3));
}

TEST(SigV4OfServices, UnsignedHeadersAreNamed) {
    HttpRequest request;
    request.method = "GET";
    request.target = "/";
    request.headers = {{"Host", "localhost"}, {"X-Amz-Acl", "private"}};
    sign(request, example_credentials(), region, s3, at("20130524T000000Z"));
    EXPECT_EQ(unsigned_amz_header(request, *parse_authorization(request)), "");
    request.headers.emplace_back("X-AMZ-Tagging", "a=b");
    EXPECT_EQ(unsigned_amz_header(request, *parse_authorization(request)), "x-amz-tagging");
}

// Spec 7.7, the columns of the table.
TEST(SigV4OfServices, EachDialectHasItsCodes) {
    struct Row {
        CredentialFault fault;
        CredentialDialect dialect;
        int status;
        std::string_view code;
    };
    using Fault = CredentialFault;
    using Dialect = CredentialDialect;
    for (const Row& row :
         {Row{Fault::invalid_token, Dialect::s3, 403, "InvalidAccessKeyId"},
          Row{Fault::expired_token, Dialect::s3, 400, "ExpiredToken"},
          Row{Fault::bad_signature, Dialect::s3, 403, "SignatureDoesNotMatch"},
          Row{Fault::missing_authentication, Dialect::s3, 403, "AccessDenied"},
          Row{Fault::unsigned_headers, Dialect::s3, 403, "AccessDenied"},
          Row{Fault::bad_signature, Dialect::ec2, 401, "AuthFailure"},
          Row{Fault::invalid_token, Dialect::ec2, 401, "AuthFailure"},
          Row{Fault::missing_authentication, Dialect::ec2, 403, "MissingAuthenticationToken"},
          Row{Fault::invalid_token, Dialect::rest, 403, "UnrecognizedClientException"},
          Row{Fault::invalid_token, Dialect::json, 400, "UnrecognizedClientException"}}) {
        const Error told = to_error(credential_error(row.fault), row.dialect);
        EXPECT_EQ(told.code, row.code);
        EXPECT_EQ(told.http_status, row.status) << row.code;
    }
}

}  // namespace
}  // namespace writ::crypto
