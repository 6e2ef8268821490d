#include "gateway/payload.h"

#include <gtest/gtest.h>

namespace writ::gateway {
namespace {

using Kind = Payload::Kind;

Result<Payload> read(HttpHeaders headers, Signing signing = Signing::header,
                     BodyFraming framing = {.is_chunked = false, .length = 100}) {
    HttpRequest head;
    head.headers = std::move(headers);
    return read_payload(head, framing, signing);
}
std::string code_of(const Result<Payload>& payload) {
    return payload ? "" : payload.error().code;
}

const std::string hash(64, 'a');

TEST(Payload, IsReadFromTheHead) {
    const auto hashed = read({{"X-Amz-Content-Sha256", hash}});
    ASSERT_TRUE(hashed);
    EXPECT_EQ(hashed->kind, Kind::hashed);
    EXPECT_EQ(hashed->signed_text, hash);
    EXPECT_EQ(hashed->bytes, 100U);
    EXPECT_EQ(read({{"x-amz-content-sha256", "UNSIGNED-PAYLOAD"}})->kind, Kind::not_signed);
    EXPECT_EQ(read({}, Signing::query)->signed_text, "UNSIGNED-PAYLOAD");
    EXPECT_EQ(read({}, Signing::none)->kind, Kind::not_signed);

    const auto chunked = read({{"x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"},
                               {"x-amz-decoded-content-length", "66560"}});
    ASSERT_TRUE(chunked);
    EXPECT_EQ(chunked->kind, Kind::signed_chunks);
    EXPECT_EQ(chunked->bytes, 66'560U);
    EXPECT_FALSE(chunked->has_trailer);

    const auto trailer = read({{"x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"},
                               {"x-amz-trailer", "X-Amz-Checksum-CRC32"},
                               {"content-encoding", "gzip,aws-chunked"},
                               {"x-amz-decoded-content-length", "5"}});
    ASSERT_TRUE(trailer);
    EXPECT_EQ(trailer->kind, Kind::unsigned_chunks);
    EXPECT_EQ(trailer->trailer_names, std::vector<std::string>{"x-amz-checksum-crc32"});
}

TEST(Payload, WhatDoesNotFitIsRefused) {
    const HttpHeaders::value_type chunks{"x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"};
    const HttpHeaders::value_type trailer{"x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"};
    const HttpHeaders::value_type length{"x-amz-decoded-content-length", "5"};
    EXPECT_EQ(code_of(read({})), "InvalidRequest");
    EXPECT_EQ(code_of(read({{"x-amz-content-sha256", "abc"}})), "InvalidArgument");
    EXPECT_EQ(code_of(read({{"x-amz-content-sha256", std::string(64, 'A')}})), "InvalidArgument");
    EXPECT_EQ(code_of(read({chunks})), "MissingContentLength");
    EXPECT_EQ(code_of(read({chunks, {"x-amz-decoded-content-length", "-1"}})), "InvalidArgument");
    EXPECT_EQ(code_of(read({chunks, length, {"x-amz-trailer", "x-amz-checksum-crc32"}})), "InvalidRequest");
    EXPECT_EQ(code_of(read({trailer, length, {"x-amz-trailer", "x-amz-acl"}})), "InvalidRequest");
    EXPECT_EQ(code_of(read({{"x-amz-content-sha256", hash}, {"content-encoding", "aws-chunked"}})),
              "InvalidRequest");
    EXPECT_EQ(
        code_of(read({{"x-amz-content-sha256", hash}}, Signing::header, {.is_chunked = true, .length = {}})),
        "MissingContentLength");
    EXPECT_EQ(code_of(read({{"x-amz-content-sha256", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD"}})),
              "NotImplemented");
}

TEST(Payload, ChecksumsHaveTheirLengths) {
    EXPECT_EQ(checksum_characters("x-amz-checksum-crc32"), 8U);
    EXPECT_EQ(checksum_characters("x-amz-checksum-crc64nvme"), 12U);
    EXPECT_EQ(checksum_characters("x-amz-checksum-sha1"), 28U);
    EXPECT_EQ(checksum_characters("x-amz-checksum-sha256"), 44U);
    EXPECT_EQ(checksum_characters("x-amz-acl"), 0U);
}

TEST(Payload, TheCodingOfChunksIsTakenOut) {
    std::string rest;
    EXPECT_TRUE(take_aws_chunked("aws-chunked", rest));
    EXPECT_EQ(rest, "");
    EXPECT_TRUE(take_aws_chunked("gzip, AWS-Chunked , br", rest));
    EXPECT_EQ(rest, "gzip,br");
    EXPECT_FALSE(take_aws_chunked("gzip", rest));
    EXPECT_EQ(rest, "gzip");
}

}  // namespace
}  // namespace writ::gateway
