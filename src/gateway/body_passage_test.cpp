#include "gateway/body_passage.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace writ::gateway {
namespace {

struct Passed {
    std::string before_the_end, all;
    std::string error;  ///< Code; empty: none.
};

Passed pass(BodyPassage passage, std::string_view body, std::size_t piece_bytes) {
    Passed passed;
    for (std::size_t at = 0; at < body.size(); at += piece_bytes) {
        if (auto taken = passage.take(body.substr(at, piece_bytes), passed.all); !taken) {
            passed.error = taken.error().code;
            return passed;
        }
    }
    passed.before_the_end = passed.all;
    if (auto finished = passage.finish(passed.all); !finished) passed.error = finished.error().code;
    return passed;
}

std::string hash_of(std::string_view text) {
    return hex_encode(crypto::sha256(text));
}

crypto::AwsChunkedForm unsigned_form(std::uint64_t bytes, std::string_view trailer_name) {
    crypto::AwsChunkedForm form;
    form.decoded_bytes = bytes;
    form.has_trailer = true;
    if (!trailer_name.empty()) form.trailer_names = {std::string(trailer_name)};
    return form;
}

TEST(BodyPassage, UnverifiedBodiesPassAsTheyCome) {
    const Passed passed = pass(BodyPassage::unverified(11), "hello world", 4);
    EXPECT_EQ(passed.all, "hello world");
    EXPECT_EQ(passed.error, "");
}

TEST(BodyPassage, TheEndOfAHashedBodyWaitsForItsHash) {
    for (const std::size_t piece_bytes : {1U, 4U, 100U}) {
        const Passed right =
            pass(BodyPassage::hashed(11, hash_of("hello world")), "hello world", piece_bytes);
        EXPECT_EQ(right.error, "");
        EXPECT_EQ(right.all, "hello world");
        EXPECT_LT(right.before_the_end.size(), right.all.size());

        const Passed wrong = pass(BodyPassage::hashed(11, hash_of("hello")), "hello world", piece_bytes);
        EXPECT_EQ(wrong.error, "XAmzContentSHA256Mismatch");
        EXPECT_LT(wrong.all.size(), right.all.size());
    }
}

TEST(BodyPassage, AnEmptyBodyHasAHashToo) {
    EXPECT_EQ(pass(BodyPassage::hashed(0, hash_of("")), "", 1).error, "");
    EXPECT_EQ(pass(BodyPassage::hashed(0, hash_of("a")), "", 1).error, "XAmzContentSHA256Mismatch");
}

TEST(BodyPassage, ChunksAreTakenOff) {
    for (const std::size_t piece_bytes : {1U, 7U, 100U}) {
        BodyPassage passage = BodyPassage::chunked(unsigned_form(11, ""));
        EXPECT_EQ(passage.upstream_bytes(), 11U);
        const Passed passed = pass(std::move(passage), "6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n", piece_bytes);
        EXPECT_EQ(passed.error, "");
        EXPECT_EQ(passed.all, "hello world");
        EXPECT_LT(passed.before_the_end.size(), passed.all.size());
    }
    const Passed cut = pass(BodyPassage::chunked(unsigned_form(11, "")), "b\r\nhello world\r\n", 100);
    EXPECT_EQ(cut.error, "IncompleteBody");
    EXPECT_LT(cut.all.size(), 11U);
}

TEST(BodyPassage, BytesPassWithoutBeingCopied) {
    const std::string body(1'000, 'x');
    BodyPassage passage = BodyPassage::hashed(3'000, hash_of(body + body + body));
    const auto is_of_body = [&](std::string_view piece) {
        return piece.data() >= body.data() && piece.data() + piece.size() <= body.data() + body.size();
    };
    std::size_t copied = 0, passed = 0;
    for (int i = 0; i < 3; ++i) {
        BodyPassage::Pieces pieces;
        ASSERT_TRUE(passage.take(body, pieces));
        const bool is_finished = i < 2 || passage.finish(pieces).has_value();
        EXPECT_TRUE(is_finished);
        for (const std::string_view piece : pieces) {
            passed += piece.size();
            if (!is_of_body(piece)) copied += piece.size();
        }
    }
    EXPECT_EQ(passed, 3'000U);
    EXPECT_EQ(copied, 3U) << "the last byte of each piece, which waited";
}

TEST(BodyPassage, ATrailingChecksumGoesOnInChunksOfOurOwn) {
    constexpr std::string_view sent =
        "6\r\nhello \r\n5\r\nworld\r\n0\r\nX-Amz-Checksum-Crc32:DUoRhQ==\r\n\r\n";
    constexpr std::string_view passed_on = "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n";
    BodyPassage passage = BodyPassage::chunked(unsigned_form(11, "x-amz-checksum-crc32"));
    EXPECT_EQ(passage.upstream_bytes(), passed_on.size());
    const Passed passed = pass(std::move(passage), sent, 5);
    EXPECT_EQ(passed.error, "");
    EXPECT_EQ(passed.all, passed_on);

    const Passed wrong = pass(BodyPassage::chunked(unsigned_form(1, "x-amz-checksum-crc32")),
                              "1\r\na\r\n0\r\nx-amz-checksum-crc32:short\r\n\r\n", 100);
    EXPECT_EQ(wrong.error, "InvalidRequest");
}

TEST(BodyPassage, TheLengthOfOurChunksIsKnownBefore) {
    constexpr std::size_t chunk = AwsChunkedWriter::chunk_bytes;
    for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, chunk - 1, chunk, chunk + 1, 3 * chunk}) {
        for (const std::size_t piece_bytes : {std::size_t{1'000}, chunk, 10 * chunk}) {
            AwsChunkedWriter writer;
            std::string out;
            const std::string body(bytes, 'x');
            for (std::size_t at = 0; at < bytes; at += piece_bytes) {
                writer.put(std::string_view(body).substr(at, piece_bytes), out);
            }
            writer.finish({{"x-amz-checksum-crc64nvme", std::string(12, 'A')}}, out);
            EXPECT_EQ(out.size(), AwsChunkedWriter::total_bytes(bytes, "x-amz-checksum-crc64nvme")) << bytes;
            crypto::AwsChunkedDecoder decoder(unsigned_form(bytes, "x-amz-checksum-crc64nvme"));
            std::string decoded;
            ASSERT_TRUE(decoder.take(out, decoded));
            EXPECT_TRUE(decoder.finish());
            EXPECT_EQ(decoded, body);
        }
    }
}

}  // namespace
}  // namespace writ::gateway
