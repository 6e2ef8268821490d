#include "crypto/sigv4.h"

#include <array>
#include <gtest/gtest.h>

#include "crypto/sigv4_signer.h"

namespace writ::crypto {
namespace {

using Fault = CredentialFault;

constexpr std::string_view now_text = "2026-11-24T04:23:00Z";
Instant now() {
    return *parse_iso8601(now_text);
}

HttpRequest bare_request() {
    HttpRequest request;
    request.method = "POST";
    request.target = "/";
    request.headers = {{"Host", "127.0.0.1:7600"}};
    request.body = "Action=GetCallerIdentity&Version=2011-06-15";
    return request;
}

SigningCredentials credentials() {
    return {"AKIAXVJ2QWERTZUIOPAS", Secret("secret"), ""};
}

HttpRequest with_authorization(std::string_view value) {
    HttpRequest request = bare_request();
    request.headers.emplace_back("X-Amz-Date", "20261124T042300Z");
    request.headers.emplace_back("Authorization", value);
    return request;
}

struct Refusal {
    std::string_view id;
    std::string_view authorization;
    Fault fault;
    std::string_view message;
};

// Spec Z2, Z3, Z5.
constexpr auto header_refusals = std::to_array<Refusal>({
    {"algorithm", "AWS4-HMAC-SHA1 Credential=a", Fault::malformed_authorization,
     "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1'"},
    {"basic", "Basic YTpi", Fault::malformed_authorization, "Unsupported AWS 'algorithm': 'Basic'"},
    {"nothing", "AWS4-HMAC-SHA256", Fault::malformed_authorization,
     "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' "
     "parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256"},
    {"no credential", "AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00", Fault::malformed_authorization,
     "Authorization header requires 'Credential' parameter. Authorization=AWS4-HMAC-SHA256 "
     "SignedHeaders=host, "
     "Signature=00"},
    {"no signature", "AWS4-HMAC-SHA256 Credential=k/d/r/s/aws4_request,SignedHeaders=host",
     Fault::malformed_authorization,
     "Authorization header requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256 "
     "Credential=k/d/r/s/aws4_request,SignedHeaders=host"},
    {"no equal-sign", "AWS4-HMAC-SHA256 Credential", Fault::malformed_authorization,
     "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header: "
     "'AWS4-HMAC-SHA256 "
     "Credential'."},
    {"four elements", "AWS4-HMAC-SHA256 Credential=k/d/r/s, SignedHeaders=host, Signature=00",
     Fault::malformed_authorization,
     "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
     "'k/d/r/s'"},
    {"six elements", "AWS4-HMAC-SHA256 Credential=k/d/r/s/t/u, SignedHeaders=host, Signature=00",
     Fault::malformed_authorization,
     "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
     "'k/d/r/s/t/u'"},
    {"host not signed", "AWS4-HMAC-SHA256 Credential=k/d/r/s/t, SignedHeaders=x-amz-date, Signature=00",
     Fault::bad_signature, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."},
    {"date not signed", "AWS4-HMAC-SHA256 Credential=k/d/r/s/t, SignedHeaders=host, Signature=00",
     Fault::bad_signature, "'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization."},
});

TEST(SigV4, RefusesMalformedHeaders) {
    for (const Refusal& row : header_refusals) {
        SCOPED_TRACE(row.id);
        const HttpRequest request = with_authorization(row.authorization);
        EXPECT_TRUE(claims_signature(request));
        const auto parsed = parse_authorization(request);
        ASSERT_FALSE(parsed);
        EXPECT_EQ(parsed.error(), (CredentialError{row.fault, std::string(row.message)}));
    }
}

TEST(SigV4, WantsADate) {
    HttpRequest request =
        with_authorization("AWS4-HMAC-SHA256 Credential=k/d/r/s/t, SignedHeaders=host, Signature=0");
    std::erase_if(request.headers, [](const auto& header) { return header.first == "X-Amz-Date"; });
    EXPECT_EQ(parse_authorization(request).error().message,
              "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
              "Authorization=AWS4-HMAC-SHA256 Credential=k/d/r/s/t, SignedHeaders=host, Signature=0");

    request.headers.emplace_back("Date", "Tue, 24 Nov 2026 04:23:00 GMT");
    EXPECT_EQ(parse_authorization(request).error().message,
              "Date must be in ISO-8601 'basic format'. Got 'Tue, 24 Nov 2026 04:23:00 GMT'. See "
              "http://en.wikipedia.org/wiki/ISO_8601");
    request.headers.back().second = "20261124T042300Z";
    EXPECT_TRUE(parse_authorization(request));
    request.headers.emplace_back("X-Amz-Date", "");  // Wins over Date.
    EXPECT_EQ(parse_authorization(request).error().fault, Fault::malformed_authorization);
}

TEST(SigV4, TellsRequestsWithoutAnyAuthentication) {
    const HttpRequest request = bare_request();
    EXPECT_FALSE(claims_signature(request));
    EXPECT_EQ(parse_authorization(request).error(),
              (CredentialError{Fault::missing_authentication, "Request is missing Authentication Token"}));
}

TEST(SigV4, RefusesTwoMechanismsAtOnce) {
    HttpRequest request = bare_request();
    presign(request, credentials(), "us-east-1", "sts", now(), std::chrono::seconds{60});
    ASSERT_TRUE(parse_authorization(request));
    sign(request, credentials(), "us-east-1", "sts", now());
    EXPECT_EQ(parse_authorization(request).error().fault, Fault::malformed_authorization);
}

// Spec Z10.
TEST(SigV4, NamesMissingQueryParameters) {
    HttpRequest request = bare_request();
    request.target =
        "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261124T042300Z&X-Amz-SignedHeaders=host";
    EXPECT_EQ(parse_authorization(request).error(),
              (CredentialError{
                  Fault::malformed_authorization,
                  "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string "
                  "parameters must include 'X-Amz-Signature'. Re-examine the query-string parameters."}));
    request.target = "/?X-Amz-Algorithm=AWS3&X-Amz-Signature=0";
    EXPECT_EQ(parse_authorization(request).error().message, "Unsupported AWS 'algorithm': 'AWS3'");
}

TEST(SigV4, WantsTheTokenHeaderSigned) {
    HttpRequest request = bare_request();
    sign(request, credentials(), "us-east-1", "sts", now());
    request.headers.emplace_back("x-amz-security-token", "token");
    EXPECT_EQ(parse_authorization(request).error(),
              (CredentialError{Fault::bad_signature,
                               "'X-Amz-Security-Token' must be a 'SignedHeader' in the AWS Authorization."}));
}

TEST(SigV4, RefusesSignaturesOverUndecodableQueries) {
    HttpRequest request = bare_request();
    request.target = "/?a=%zz";
    sign(request, credentials(), "us-east-1", "sts", now());
    const auto authorization = parse_authorization(request);
    ASSERT_TRUE(authorization);
    EXPECT_EQ(canonical_request(request, *authorization), std::nullopt);
    EXPECT_FALSE(verify_signature(request, *authorization,
                                  SigningKey(Secret("secret"), "20261124", "us-east-1", "sts")));
}

TEST(SigV4, ReadsAbsoluteTargets) {
    HttpRequest request = bare_request();
    sign(request, credentials(), "us-east-1", "sts", now());
    request.target = "http://127.0.0.1:7600/";
    const auto authorization = parse_authorization(request);
    ASSERT_TRUE(authorization);
    EXPECT_TRUE(verify_signature(request, *authorization,
                                 SigningKey(Secret("secret"), "20261124", "us-east-1", "sts")));
}

// Spec Z4 and the clock row of 7.7: fifteen minutes to the second, on both sides.
TEST(SigV4, HoldsTheTimeWindow) {
    HttpRequest request = bare_request();
    sign(request, credentials(), "us-east-1", "sts", now());
    const auto authorization = parse_authorization(request);
    ASSERT_TRUE(authorization);
    using namespace std::chrono_literals;
    EXPECT_TRUE(check_window(*authorization, now() + 15min + 999ms));
    EXPECT_TRUE(check_window(*authorization, now() - 15min));
    EXPECT_EQ(check_window(*authorization, now() + 15min + 1s).error(),
              (CredentialError{Fault::outside_time_window,
                               "Signature expired: 20261124T042300Z is now earlier than "
                               "20261124T042301Z (20261124T043801Z - 15 min.)"}));
    EXPECT_EQ(check_window(*authorization, now() - 15min - 1ms).error(),
              (CredentialError{Fault::outside_time_window,
                               "Signature not yet current: 20261124T042300Z is still later "
                               "than 20261124T042259Z (20261124T040759Z + 15 min.)"}));
    EXPECT_FALSE(check_window(*authorization, now() + 6min, 5min));
}

// Spec 7.7 step 3 and Z3: region first, texts joined, blanks at the end as AWS sends them.
TEST(SigV4, ChecksTheScope) {
    HttpRequest request = bare_request();
    sign(request, credentials(), "eu-west-1", "iam", now());
    const auto authorization = parse_authorization(request);
    ASSERT_TRUE(authorization);
    const std::array<std::string_view, 2> regions{"us-east-1", "eu-west-1"};
    const auto only_virginia = std::span(regions).first(1);
    EXPECT_TRUE(check_scope(*authorization, "iam", regions));
    EXPECT_EQ(
        check_scope(*authorization, "sts", regions).error(),
        (CredentialError{Fault::wrong_scope, "Credential should be scoped to correct service: 'sts'. "}));
    EXPECT_EQ(check_scope(*authorization, "iam", only_virginia).error().message,
              "Credential should be scoped to a valid region. ");
    EXPECT_EQ(check_scope(*authorization, "sts", only_virginia).error().message,
              "Credential should be scoped to a valid region. Credential should be scoped to correct "
              "service: 'sts'. ");
}

TEST(SigV4, ChecksTerminatorAndDateOfTheScope) {
    const HttpRequest request = with_authorization(
        "AWS4-HMAC-SHA256 Credential=k/20261123/us-east-1/sts/aws5, SignedHeaders=host;x-amz-date, "
        "Signature=00");
    const auto authorization = parse_authorization(request);
    ASSERT_TRUE(authorization);
    const std::array<std::string_view, 1> regions{"us-east-1"};
    EXPECT_EQ(
        check_scope(*authorization, "sts", regions).error().message,
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'. Date in Credential "
        "scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261123' != '20261124', "
        "from "
        "'20261124T042300Z'.");
}

struct CodeRow {
    Fault fault;
    Error query, json;
};

TEST(SigV4, AnswersWithTheCodesOfEachProtocol) {
    const std::string long_text =
        "The request signature we calculated does not match the signature you provided. Check your AWS "
        "Secret "
        "Access Key and signing method. Consult the service documentation for details.";
    const std::string invalid = "The security token included in the request is invalid.";
    const std::string expired = "The security token included in the request is expired";
    const std::string missing = "Request is missing Authentication Token";
    const std::array<CodeRow, 4> rows{{
        {Fault::invalid_token,
         {"InvalidClientTokenId", 403, invalid},
         {"UnrecognizedClientException", 400, invalid}},
        {Fault::expired_token, {"ExpiredToken", 403, expired}, {"ExpiredTokenException", 400, expired}},
        {Fault::bad_signature,
         {"SignatureDoesNotMatch", 403, long_text},
         {"InvalidSignatureException", 400, long_text}},
        {Fault::missing_authentication,
         {"MissingAuthenticationToken", 403, missing},
         {"MissingAuthenticationTokenException", 400, missing}},
    }};
    for (const CodeRow& row : rows) {
        EXPECT_EQ(to_error(credential_error(row.fault), CredentialDialect::query), row.query);
        EXPECT_EQ(to_error(credential_error(row.fault), CredentialDialect::json), row.json);
    }
    EXPECT_EQ(to_error({Fault::malformed_authorization, "m"}, CredentialDialect::query),
              (Error{"IncompleteSignature", 400, "m"}));
    EXPECT_EQ(to_error({Fault::wrong_scope, "m"}, CredentialDialect::query),
              (Error{"SignatureDoesNotMatch", 403, "m"}));
    EXPECT_EQ(to_error({Fault::outside_time_window, "m"}, CredentialDialect::json),
              (Error{"InvalidSignatureException", 400, "m"}));
}

// "Example: Browser-Based Upload using HTTP POST" in the API reference of S3.
TEST(SigV4, VerifiesTheExampleFormOfS3) {
    constexpr std::string_view policy =
        "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1"
        "Y2tldCI6ICJzaWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8i"
        "XSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDov"
        "L3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0"
        "YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUx"
        "MjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFy"
        "dHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZP"
        "RE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGht"
        "IjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9";
    FormSignature form{.algorithm = "AWS4-HMAC-SHA256",
                       .credential = "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request",
                       .date = "20151229T000000Z",
                       .signature = "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e"};
    const auto authorization = parse_form_authorization(form);
    ASSERT_TRUE(authorization);
    EXPECT_EQ(authorization->credential.access_key_id, "AKIAIOSFODNN7EXAMPLE");
    constexpr auto regions = std::to_array<std::string_view>({"us-east-1"});
    EXPECT_TRUE(check_scope(*authorization, "s3", regions));
    const SigningKey key(Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "20151229", "us-east-1", "s3");
    EXPECT_TRUE(verify_text_signature(policy, *authorization, key));
    EXPECT_EQ(verify_text_signature(policy.substr(1), *authorization, key).error().fault,
              Fault::bad_signature);

    EXPECT_TRUE(check_expiry(*authorization, *parse_iso8601("2016-01-05T00:00:00Z"))) << "seven days";
    EXPECT_EQ(check_expiry(*authorization, *parse_iso8601("2016-01-05T00:00:01Z")).error().fault,
              Fault::presigned_expired);
    EXPECT_FALSE(check_expiry(*authorization, *parse_iso8601("2015-12-28T23:44:59Z"))) << "not yet";

    form.algorithm = "AWS4-ECDSA-P256-SHA256";
    EXPECT_FALSE(parse_form_authorization(form));
    form.algorithm = "AWS4-HMAC-SHA256";
    form.date = "2015-12-29";
    EXPECT_FALSE(parse_form_authorization(form));
}

}  // namespace
}  // namespace writ::crypto
