#include "gateway/upstream_request.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "base/text.h"
#include "crypto/signing_key.h"
#include "crypto/sigv4.h"

namespace writ::gateway {
namespace {

const Instant now = *parse_iso8601_basic("20261124T042300Z");

Upstream upstream(bool is_signed) {
    Upstream made;
    made.authority = "127.0.0.1:9000";
    if (is_signed)
        made.credentials = crypto::SigningCredentials{"AKIAUPSTREAM", Secret("upstream secret"), ""};
    return made;
}

HttpRequest client_request() {
    HttpRequest request;
    request.method = "PUT";
    request.target = "/bucket/a%20key?x=1";
    request.headers = {{"Host", "gateway:7700"},
                       {"Authorization", "AWS4-HMAC-SHA256 Credential=client"},
                       {"X-Amz-Date", "20261124T042259Z"},
                       {"X-Amz-Security-Token", "token"},
                       {"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"},
                       {"X-Amz-Acl", "private"},
                       {"x-amz-meta-a", "b"},
                       {"x-amz-expected-bucket-owner", "123456789012"},
                       {"Content-Encoding", "aws-chunked,gzip"},
                       {"Content-Length", "5"},
                       {"Connection", "keep-alive, x-amz-acl"},
                       {"Transfer-Encoding", "chunked"},
                       {"Expect", "100-continue"},
                       {"Content-Type", "text/plain"},
                       {"X-Forwarded-For", "10.0.0.1"},
                       {"X-HTTP-Method-Override", "DELETE"},
                       {"x_amz_acl", "public-read"},
                       {"Cookie", "a=b"}};
    return request;
}

std::vector<std::string> names_of(const HttpRequest& request) {
    std::vector<std::string> names;
    for (const auto& [name, value] : request.headers) names.push_back(ascii_lower(name));
    std::ranges::sort(names);
    return names;
}

TEST(UpstreamRequest, OnlyWhatMeansSomethingToAServiceGoesOn) {
    const Upstream to = upstream(false);
    const HttpRequest made =
        make_upstream_request(client_request(), {to, "s3", "us-east-1", nullptr}, {"UNSIGNED-PAYLOAD"}, now);
    EXPECT_EQ(made.method, "PUT");
    EXPECT_EQ(made.target, "/bucket/a%20key?x=1");
    EXPECT_EQ(names_of(made), (std::vector<std::string>{"content-encoding", "content-type", "host",
                                                        "x-amz-acl", "x-amz-meta-a"}));
    EXPECT_EQ(*find_header(made.headers, "host"), "127.0.0.1:9000");
    EXPECT_EQ(*find_header(made.headers, "content-encoding"), "gzip");
    EXPECT_EQ(*find_header(made.headers, "x-amz-acl"), "private");
}

TEST(UpstreamRequest, TheGatewaySignsForTheUpstream) {
    const Upstream to = upstream(true);
    const HttpRequest made = make_upstream_request(client_request(), {to, "s3", "eu-central-1", nullptr},
                                                   {"UNSIGNED-PAYLOAD"}, now);
    const auto authorization = crypto::parse_authorization(made);
    ASSERT_TRUE(authorization);
    EXPECT_EQ(authorization->credential.access_key_id, "AKIAUPSTREAM");
    EXPECT_EQ(authorization->credential.region, "eu-central-1");
    EXPECT_FALSE(authorization->session_token);
    const crypto::SigningKey key(Secret("upstream secret"), "20261124", "eu-central-1", "s3");
    EXPECT_TRUE(crypto::verify_signature(made, *authorization, key,
                                         {.is_path_encoded_once = true, .payload_hash = "UNSIGNED-PAYLOAD"}));
    EXPECT_EQ(crypto::unsigned_amz_header(made, *authorization), "");
}

TEST(UpstreamRequest, OtherServicesAreSignedWithTheirBody) {
    Upstream to = upstream(true);
    to.signing_region = "us-east-1";
    HttpRequest request;
    request.method = "POST";
    request.target = "/";
    request.headers = {{"X-Amz-Target", "DynamoDB_20120810.GetItem"}, {"x-amz-content-sha256", "something"}};
    request.body = "{}";
    const HttpRequest made =
        make_upstream_request(request, {to, "dynamodb", "eu-central-1", nullptr}, {}, now);
    EXPECT_EQ(find_header(made.headers, "x-amz-content-sha256"), nullptr);
    const auto authorization = crypto::parse_authorization(made);
    ASSERT_TRUE(authorization);
    const crypto::SigningKey key(Secret("upstream secret"), "20261124", "us-east-1", "dynamodb");
    EXPECT_TRUE(crypto::verify_signature(made, *authorization, key));
}

TEST(UpstreamRequest, ATrailerIsAnnounced) {
    const Upstream to = upstream(false);
    const HttpRequest made =
        make_upstream_request(client_request(), {to, "s3", "us-east-1", nullptr},
                              {"STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-checksum-crc32", 66'560}, now);
    EXPECT_EQ(*find_header(made.headers, "content-encoding"), "aws-chunked,gzip");
    EXPECT_EQ(*find_header(made.headers, "x-amz-trailer"), "x-amz-checksum-crc32");
    EXPECT_EQ(*find_header(made.headers, "x-amz-decoded-content-length"), "66560");
    EXPECT_EQ(*find_header(made.headers, "x-amz-content-sha256"), "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
}

TEST(UpstreamRequest, HeadersOfTheModelGoOn) {
    using Location = reference::RequestMember::Location;
    const reference::RequestMember members[] = {{.name = "Token",
                                                 .wire_name = "auth-token",
                                                 .query_name = {},
                                                 .shape = nullptr,
                                                 .location = Location::header},
                                                {.name = "Bad",
                                                 .wire_name = "Connection",
                                                 .query_name = {},
                                                 .shape = nullptr,
                                                 .location = Location::header}};
    reference::RequestShape input;
    input.members = members;
    reference::RequestOperation operation;
    operation.input = &input;
    const Upstream to = upstream(false);
    HttpRequest request;
    request.headers = {{"Auth-Token", "t"}, {"Connection", "close"}, {"Other", "o"}};
    EXPECT_EQ(names_of(make_upstream_request(request, {to, "x", "us-east-1", &operation}, {}, now)),
              (std::vector<std::string>{"auth-token", "host"}));
}

}  // namespace
}  // namespace writ::gateway
