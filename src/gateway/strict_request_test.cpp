#include "gateway/strict_request.h"

#include <gtest/gtest.h>

namespace writ::gateway {
namespace {

HttpRequest request(std::string_view method, std::string_view target, HttpHeaders headers = {}) {
    HttpRequest made;
    made.method = method;
    made.target = target;
    made.headers = std::move(headers);
    if (find_header(made.headers, "host") == nullptr) made.headers.emplace_back("Host", "gateway:7700");
    return made;
}

struct Head {
    std::string_view id;
    HttpRequest head;
    bool is_accepted;
};

TEST(StrictRequest, WhatServersReadDifferentlyIsRefused) {
    const Head heads[] = {
        {"plain", request("GET", "/bucket/key"), true},
        {"length", request("PUT", "/b/k", {{"Content-Length", "5"}}), true},
        {"chunked", request("PUT", "/b/k", {{"Transfer-Encoding", "chunked"}}), true},
        {"accept twice", request("GET", "/", {{"Accept", "a"}, {"accept", "b"}}), true},
        {"both lengths", request("PUT", "/b/k", {{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}),
         false},
        {"length twice", request("PUT", "/b/k", {{"Content-Length", "5"}, {"content-length", "5"}}), false},
        {"length list", request("PUT", "/b/k", {{"Content-Length", "5, 5"}}), false},
        {"negative length", request("PUT", "/b/k", {{"Content-Length", "-5"}}), false},
        {"signed length", request("PUT", "/b/k", {{"Content-Length", "+5"}}), false},
        {"other coding", request("PUT", "/b/k", {{"Transfer-Encoding", "gzip, chunked"}}), false},
        {"identity", request("PUT", "/b/k", {{"Transfer-Encoding", "identity"}}), false},
        {"host twice", request("GET", "/", {{"Host", "a"}, {"Host", "a"}}), false},
        {"no host", request("GET", "/", {{"Host", ""}}), false},
        {"copy source twice",
         request("PUT", "/b/k", {{"x-amz-copy-source", "/a/b"}, {"X-Amz-Copy-Source", "/a/c"}}), false},
        {"absolute form", request("GET", "http://other/bucket/key"), false},
        {"asterisk", request("OPTIONS", "*"), false},
        {"authority", request("GET", "other:443"), false},
        {"fragment", request("GET", "/a#b"), false},
        {"blank", request("GET", "/a b"), false},
        {"other bytes", request("GET", "/\xc3\xa9"), false},
        {"method", request("TRACE", "/"), false},
        {"lower method", request("get", "/"), false},
    };
    for (const Head& row : heads) EXPECT_EQ(check_head(row.head).has_value(), row.is_accepted) << row.id;
}

TEST(StrictRequest, FramingIsTold) {
    EXPECT_FALSE(check_head(request("GET", "/"))->has_body());
    EXPECT_FALSE(check_head(request("PUT", "/", {{"Content-Length", "0"}}))->has_body());
    EXPECT_EQ(check_head(request("PUT", "/", {{"Content-Length", "5368709120"}}))->length, 5'368'709'120U);
    EXPECT_TRUE(check_head(request("PUT", "/", {{"Transfer-Encoding", "Chunked"}}))->is_chunked);
}

struct Target {
    std::string_view sent, passed_on;  ///< Empty: refused.
};

TEST(StrictRequest, PathsOfS3AreDecodedAndEncodedOnce) {
    for (const auto& [sent, passed_on] : {
             Target{"/", "/"},
             {"/bucket", "/bucket"},
             {"/bucket/", "/bucket/"},
             {"/bucket/a%2Fb", "/bucket/a/b"},
             {"/bucket/a+b~c%7e", "/bucket/a%2Bb~c~"},
             {"/bucket/%c3%a9", "/bucket/%C3%A9"},
             {"/bucket/a?acl", "/bucket/a?acl"},
             {"/bucket/a?versionId=x%2Fy&&acl=", "/bucket/a?versionId=x%2Fy&acl="},
             {"/bucket/a?prefix=a+b", "/bucket/a?prefix=a%20b"},
             {"/bucket//a", ""},
             {"/bucket/%2Fa", ""},
             {"//bucket/a", ""},
             {"/bucket/../other", ""},
             {"/bucket/%2e%2E/other", ""},
             {"/bucket/a%2F..%2Fb", ""},
             {"/bucket/.", ""},
             {"/bucket/a%00b", ""},
             {"/bucket/%", ""},
             {"/bucket/a?acl&acl", ""},
             {"/bucket/a?a%63l&acl", ""},
             {"/bucket/a?x=%", ""},
         }) {
        const auto rebuilt = rebuild_head(request("GET", sent), true, PathRule::strict);
        EXPECT_EQ(rebuilt ? rebuilt->target : "", passed_on) << sent;
    }
}

TEST(StrictRequest, KeysMayBeTakenVerbatim) {
    for (const std::string_view path : {"/bucket//a", "/bucket/../other", "/bucket/./a"}) {
        EXPECT_EQ(rebuild_head(request("GET", path), true, PathRule::verbatim)->target, path);
        EXPECT_FALSE(is_strict_path(path)) << path;
    }
}

TEST(StrictRequest, StrictPathsAreTold) {
    EXPECT_TRUE(is_strict_path("/bucket/a/?prefix=//"));
    EXPECT_TRUE(is_strict_path("/"));
    EXPECT_FALSE(is_strict_path("/bucket/a%00"));
}

TEST(StrictRequest, OtherPathsAreRebuiltBySegment) {
    for (const auto& [sent, passed_on] :
         {Target{"/2015-03-31/functions/f/invocations", "/2015-03-31/functions/f/invocations"},
          {"/tags/arn%3aaws%3Alambda", "/tags/arn%3Aaws%3Alambda"},
          {"/tags/a%2fb", "/tags/a%2Fb"},
          {"/tags/x/", "/tags/x/"},
          {"/?tagKeys=a&tagKeys=b", "/?tagKeys=a&tagKeys=b"},
          {"/a//b", ""},
          {"/tags/%2Fa", ""},
          {"/tags/a%2F..%2Fb", ""},
          {"/a/%2e%2e/b", ""},
          {"/a/./b", ""},
          {"/a/%zz", ""}}) {
        const auto rebuilt = rebuild_head(request("GET", sent), false, PathRule::verbatim);
        EXPECT_EQ(rebuilt ? rebuilt->target : "", passed_on) << sent;
    }
}

TEST(StrictRequest, TheSignatureInAQueryEndsHere) {
    const auto rebuilt = rebuild_head(
        request("GET",
                "/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=c&X-Amz-Date=d&X-Amz-Expires=9&"
                "X-Amz-SignedHeaders=host&X-Amz-Signature=s&X-Amz-Security-Token=t&versionId=1"),
        true, PathRule::strict);
    ASSERT_TRUE(rebuilt);
    EXPECT_EQ(rebuilt->target, "/b/k?versionId=1");
}

// S3 takes parameters of that name for headers, and so must whoever decides.
TEST(StrictRequest, ParametersThatStandForHeadersBecomeHeaders) {
    const auto rebuilt =
        rebuild_head(request("PUT", "/b/k?x-id=PutObject&X-Amz-Acl=public-read"), true, PathRule::strict);
    ASSERT_TRUE(rebuilt);
    EXPECT_EQ(rebuilt->target, "/b/k?x-id=PutObject");
    ASSERT_NE(find_header(rebuilt->headers, "x-amz-acl"), nullptr);
    EXPECT_EQ(*find_header(rebuilt->headers, "x-amz-acl"), "public-read");
    EXPECT_FALSE(rebuild_head(request("PUT", "/b/k?X-Amz-Acl=public-read", {{"x-amz-acl", "private"}}), true,
                              PathRule::strict));
    for (const std::string_view sent : {"/b/k?X-Amz-Acl=a%0d%0aX-Other:%20b", "/b/k?X-Amz-Acl:public-read=b",
                                        "/b/k?X-Amz-Acl%3Apublic-read%20=b", "/b/k?X-Amz-%0d%0aX-Other=b"}) {
        EXPECT_FALSE(rebuild_head(request("PUT", sent), true, PathRule::strict)) << sent;
    }
}

}  // namespace
}  // namespace writ::gateway
