#include <gtest/gtest.h>

#include "gate.h"

namespace writ::raw_http {
namespace {

/// One request of root's making, so that nothing but it is in question.
Stream plain(Gate& gate, std::string_view target, const std::string& mark) {
    HttpRequest request;
    request.method = "GET";
    request.target = target;
    const Signer signer = gate.signer();
    request.headers = {{"Host", std::string(signer.host)},
                       {"user-agent", mark},
                       {"x-amz-content-sha256", "UNSIGNED-PAYLOAD"}};
    crypto::sign(request, signer.credentials, "us-east-1", "s3", signer.now,
                 {.is_path_encoded_once = true, .payload_hash = "UNSIGNED-PAYLOAD"});
    Stream stream{{{.mark = mark}}, "GET " + request.target + " HTTP/1.1\r\n", 0};
    for (const auto& [name, value] : request.headers)
        stream.bytes.append(name).append(": ").append(value).append("\r\n");
    stream.bytes += "\r\n";
    return stream;
}

TEST(RawHttp, OnlyWhatIsAllowedArrivesAndAsItWasAllowed) {
    Gate gate;
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        differential::Choices choices(seed);
        const std::vector<Stream> play = make_play(choices, gate.signer(), seed);
        const std::string complaints = gate.play(play);
        if (complaints.empty()) continue;
        std::string bytes;
        for (const Stream& stream : play) bytes += stream.bytes + "\n----\n";
        FAIL() << "seed " << seed << "\n" << complaints << bytes.substr(0, 10'000);
    }
    EXPECT_GT(gate.passed(), 150U);  // It is no use if nothing passes.
}

TEST(RawHttp, WhatPassesIsSeen) {
    Gate gate;
    EXPECT_EQ(gate.play({plain(gate, "/docs/public/a", "1"), plain(gate, "/docs/secret/a", "2")}), "");
    EXPECT_EQ(gate.passed(), 1U);
}

// Whoever watches is watched: each kind of complaint can be made.
TEST(RawHttp, WhatIsWrongIsComplainedAbout) {
    const auto about = [](std::string line, const char* operation, const char* resource,
                          std::string header = "") {
        std::string stream = line + "\r\nHost: h\r\n" + header + "\r\n";
        Message message;
        std::string why;
        EXPECT_EQ(take_request(stream, message, why), Taken::whole) << why;
        return complaint_about(message, {"1", operation, resource});
    };
    constexpr const char* arn = "arn:aws:s3:::docs/public/a";
    EXPECT_EQ(about("GET /docs/public/a HTTP/1.1", "GetObject", arn), "");
    EXPECT_EQ(about("GET /docs?list-type=2 HTTP/1.1", "ListObjectsV2", "arn:aws:s3:::docs"), "");
    EXPECT_NE(about("GET /docs/public/b HTTP/1.1", "GetObject", arn), "");
    EXPECT_NE(about("PUT /docs/public/a HTTP/1.1", "GetObject", arn), "");
    EXPECT_NE(about("GET /docs/public/a?acl HTTP/1.1", "GetObject", arn), "");
    EXPECT_NE(about("GET /docs/secret/a HTTP/1.1", "GetObject", "arn:aws:s3:::docs/secret/a"), "");
    EXPECT_NE(about("GET /docs/public/../a HTTP/1.1", "GetObject", "arn:aws:s3:::docs/public/../a"), "");
    EXPECT_NE(about("GET /docs/public/a HTTP/1.1", "GetObject", arn, "Authorization: x\r\n"), "");
    EXPECT_NE(
        about("PUT /docs/public/a HTTP/1.1", "CopyObject", arn, "x-amz-copy-source: /docs/secret/a\r\n"), "");
}

TEST(RawHttp, TheRecorderReadsStrictly) {
    for (const std::string_view head :
         {"GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n", "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
          "GET / HTTP/1.1\r\n\r\n", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET / HTTP/1.0\r\nHost: h\r\n\r\n", "GET / HTTP/1.1\nHost: h\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\n", "GET /\\ HTTP/1.1\r\nHost: h\r\n\r\n"}) {
        std::string stream(head), why;
        Message message;
        EXPECT_EQ(take_request(stream, message, why), Taken::wrong) << head;
    }
}

}  // namespace
}  // namespace writ::raw_http
