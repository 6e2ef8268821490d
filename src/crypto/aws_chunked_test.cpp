#include "crypto/aws_chunked.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/secret.h"
#include "crypto/sigv4.h"
#include "crypto/sigv4_signer.h"

// The examples of "Signature Calculations for the Authorization Header: Transferring Payload in Multiple
// Chunks" and "… for trailing headers" of the S3 API reference: 65 KiB of the letter 'a' in chunks of 64 KiB.
namespace writ::crypto {
namespace {

constexpr std::string_view date = "20130524T000000Z";
constexpr std::string_view scope = "20130524/us-east-1/s3/aws4_request";
constexpr std::string_view seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
constexpr std::string_view seed_of_trailer =
    "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";
constexpr std::string_view chunk_signatures[] = {
    "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
    "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"};
constexpr std::string_view chunk_signatures_of_trailer[] = {
    "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
    "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
    "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"};
constexpr std::string_view trailer_signature =
    "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435";
constexpr std::size_t decoded_bytes = 66'560;

std::shared_ptr<const SigningKey> key() {
    static const auto made = std::make_shared<const SigningKey>(
        Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "20130524", "us-east-1", "s3");
    return made;
}

AwsChunkedForm signed_form(std::string_view seed_signature, bool has_trailer) {
    AwsChunkedForm form;
    form.signing = ChunkSigning{key(), std::string(date), std::string(scope), std::string(seed_signature)};
    form.decoded_bytes = decoded_bytes;
    form.has_trailer = has_trailer;
    if (has_trailer) form.trailer_names = {"x-amz-checksum-crc32c"};
    return form;
}

AwsChunkedForm unsigned_form(std::uint64_t bytes, std::vector<std::string> names) {
    AwsChunkedForm form;
    form.decoded_bytes = bytes;
    form.has_trailer = true;
    form.trailer_names = std::move(names);
    return form;
}

std::string chunks(std::span<const std::string_view> signatures) {
    return fmt::format(
        "10000;chunk-signature={}\r\n{}\r\n400;chunk-signature={}\r\n{}\r\n0;chunk-signature={}\r\n",
        signatures[0], std::string(65'536, 'a'), signatures[1], std::string(1'024, 'a'), signatures[2]);
}
std::string signed_body() {
    return chunks(chunk_signatures) + "\r\n";
}
std::string body_with_trailer() {
    return chunks(chunk_signatures_of_trailer) +
           fmt::format("x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:{}\r\n\r\n",
                       trailer_signature);
}

/// The code of the first error; empty: none.
std::string decode(AwsChunkedDecoder& decoder, std::string_view body, std::size_t piece_bytes,
                   std::string& decoded) {
    for (std::size_t at = 0; at < body.size(); at += piece_bytes) {
        if (auto taken = decoder.take(body.substr(at, piece_bytes), decoded); !taken)
            return taken.error().code;
    }
    const auto finished = decoder.finish();
    return finished ? "" : finished.error().code;
}
std::string decode(AwsChunkedForm form, std::string_view body, std::size_t piece_bytes = 1 << 16) {
    AwsChunkedDecoder decoder(std::move(form));
    std::string decoded;
    return decode(decoder, body, piece_bytes, decoded);
}

TEST(AwsChunked, SeedSignaturesOfTheExamplesVerify) {
    HttpRequest request;
    request.method = "PUT";
    request.target = "/examplebucket/chunkObject.txt";
    request.headers = {
        {"Host", "s3.amazonaws.com"},
        {"x-amz-date", std::string(date)},
        {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
        {"x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"},
        {"Content-Encoding", "aws-chunked"},
        {"x-amz-decoded-content-length", "66560"},
        {"Content-Length", "66824"},
        {"Authorization", fmt::format("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/{},SignedHeaders="
                                      "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;"
                                      "x-amz-decoded-content-length;x-amz-storage-class,Signature={}",
                                      scope, seed)}};
    const auto authorization = parse_authorization(request);
    ASSERT_TRUE(authorization);
    const SigningForm form{.is_path_encoded_once = true,
                           .payload_hash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"};
    EXPECT_TRUE(verify_signature(request, *authorization, *key(), form));
    EXPECT_FALSE(verify_signature(request, *authorization, *key()));
}

TEST(AwsChunked, TheExamplesDecodeWhereverTheyAreCut) {
    for (const std::size_t piece_bytes : {1U, 2U, 3U, 63U, 64U, 65'536U, 1'000'000U}) {
        SCOPED_TRACE(piece_bytes);
        AwsChunkedDecoder plain(signed_form(seed, false));
        std::string decoded;
        EXPECT_EQ(decode(plain, signed_body(), piece_bytes, decoded), "");
        EXPECT_EQ(decoded, std::string(decoded_bytes, 'a'));
        EXPECT_EQ(plain.decoded_bytes(), decoded_bytes);

        AwsChunkedDecoder with_trailer(signed_form(seed_of_trailer, true));
        decoded.clear();
        EXPECT_EQ(decode(with_trailer, body_with_trailer(), piece_bytes, decoded), "");
        EXPECT_EQ(decoded, std::string(decoded_bytes, 'a'));
        EXPECT_EQ(with_trailer.trailer(), (HttpHeaders{{"x-amz-checksum-crc32c", "sOO8/Q=="}}));
    }
}

TEST(AwsChunked, AChangeAnywhereIsNoticed) {
    for (const std::size_t at : {40U, 100U, 40'000U, 65'640U, 66'700U, 66'800U}) {
        SCOPED_TRACE(at);
        std::string body = signed_body();
        ASSERT_LT(at, body.size());
        body[at] = body[at] == 'b' ? 'c' : 'b';
        EXPECT_NE(decode(signed_form(seed, false), body), "");
    }
    std::string body = body_with_trailer();
    body.replace(body.find("sOO8"), 4, "sOO9");
    EXPECT_EQ(decode(signed_form(seed_of_trailer, true), body), "SignatureDoesNotMatch");
    EXPECT_EQ(decode(signed_form(seed_of_trailer, false), signed_body()), "SignatureDoesNotMatch");
}

TEST(AwsChunked, NothingIsTakenAfterABadChunk) {
    AwsChunkedDecoder decoder(signed_form(seed, false));
    std::string body = signed_body();
    body[40'000] = 'b';
    std::string decoded;
    ASSERT_FALSE(decoder.take(std::string_view(body).substr(0, 65'700), decoded));
    decoded.clear();
    EXPECT_FALSE(decoder.take("400;chunk-signature=", decoded));
    EXPECT_FALSE(decoder.finish());
    EXPECT_EQ(decoded, "");
}

TEST(AwsChunked, ChunksInAnotherOrderAreNoticed) {
    const std::string body = signed_body();
    const std::size_t second = body.find("400;"), last = body.find("0;chunk-signature=", second + 10);
    EXPECT_EQ(decode(signed_form(seed, false),
                     body.substr(second, last - second) + body.substr(0, second) + body.substr(last)),
              "SignatureDoesNotMatch");
}

TEST(AwsChunked, ABodyThatEndsEarlyIsNoticed) {
    const std::string body = signed_body(), with_trailer = body_with_trailer();
    for (const std::size_t bytes : {0UL, 5UL, 100UL, 65'640UL, body.find("0;chunk", 66'000)}) {
        EXPECT_EQ(decode(signed_form(seed, false), body.substr(0, bytes)), "IncompleteBody") << bytes;
    }
    for (const std::string_view line : {"x-amz-checksum-crc32c", "x-amz-trailer-signature"}) {
        EXPECT_EQ(decode(signed_form(seed_of_trailer, true), with_trailer.substr(0, with_trailer.find(line))),
                  "IncompleteBody");
    }
}

struct UnsignedBody {
    std::string_view id, body, code;
};
constexpr UnsignedBody unsigned_bodies[] = {
    {"usual", "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", ""},
    {"feeds", "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\n\r\n\r\n\r\n", ""},
    {"two chunks", "2\r\nhe\r\n3\r\nllo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", ""},
    {"upper case", "5\r\nhello\r\n0\r\nX-Amz-Checksum-Crc32: NhCmhg== \r\n\r\n", ""},
    {"no trailer", "5\r\nhello\r\n0\r\n\r\n", "IncompleteBody"},
    {"too long", "6\r\nhello!\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", "InvalidRequest"},
    {"too short", "4\r\nhell\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", "IncompleteBody"},
    {"chunk overflows", "4\r\nhello\r\n0\r\n", "InvalidRequest"},
    {"no size", "\r\nhello\r\n", "InvalidRequest"},
    {"negative", "-5\r\nhello\r\n", "InvalidRequest"},
    {"prefix", "0x5\r\nhello\r\n", "InvalidRequest"},
    {"too large", "fffffffffffffffff\r\nhello\r\n", "InvalidRequest"},
    {"extension", "5;a=b\r\nhello\r\n", "InvalidRequest"},
    {"not announced", "5\r\nhello\r\n0\r\nx-amz-acl:public-read\r\n\r\n", "MalformedTrailerError"},
    {"twice", "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:a\r\nx-amz-checksum-crc32:b\r\n\r\n",
     "MalformedTrailerError"},
    {"no colon", "5\r\nhello\r\n0\r\nx-amz-checksum-crc32\r\n\r\n", "MalformedTrailerError"},
    {"more behind", "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\nPUT / HTTP/1.1\r\n",
     "MalformedTrailerError"},
};

TEST(AwsChunked, UnsignedChunksWithTrailer) {
    for (const UnsignedBody& row : unsigned_bodies) {
        for (const std::size_t piece_bytes : {1U, 1'000U}) {
            EXPECT_EQ(decode(unsigned_form(5, {"x-amz-checksum-crc32"}), row.body, piece_bytes), row.code)
                << row.id;
        }
    }
}

TEST(AwsChunked, LinesAreBounded) {
    AwsChunkedDecoder decoder(unsigned_form(5, {"x-amz-checksum-crc32"}));
    std::string decoded;
    const std::string line(AwsChunkedDecoder::line_bytes_max + 1, '0');
    EXPECT_FALSE(decoder.take(line, decoded));
    std::string body = "5\r\nhello\r\n0\r\n";
    for (std::size_t i = 0; i <= AwsChunkedDecoder::trailer_lines_max; ++i) body += "\r\n";
    EXPECT_EQ(decode(unsigned_form(5, {"x-amz-checksum-crc32"}), body), "MalformedTrailerError");
}

TEST(AwsChunked, SignaturesThatNobodyCanVerifyAreSkippedOnDemandOnly) {
    AwsChunkedForm form = signed_form(seed_of_trailer, true);
    form.signing.reset();
    EXPECT_EQ(decode(form, body_with_trailer()), "InvalidRequest");
    form.are_signatures_skipped = true;
    EXPECT_EQ(decode(form, body_with_trailer()), "");
}

TEST(AwsChunked, AnEmptyObject) {
    EXPECT_EQ(decode(unsigned_form(0, {}), "0\r\n\r\n"), "");
}

}  // namespace
}  // namespace writ::crypto
