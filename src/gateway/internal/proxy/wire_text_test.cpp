#include "gateway/internal/proxy/wire_text.h"

#include <gtest/gtest.h>

namespace writ::gateway::internal {
namespace {

std::string request_head(std::string_view method, std::uint64_t length, bool keep_alive) {
    HttpRequest request;
    request.method = method;
    request.target = "/bucket/key?acl";
    request.headers = {{"Host", "upstream"}, {"x-amz-acl", "private"}};
    std::string out;
    append_request_head(request, length, keep_alive, out);
    return out;
}

TEST(WireText, OfRequests) {
    EXPECT_EQ(request_head("GET", 0, true),
              "GET /bucket/key?acl HTTP/1.1\r\nHost: upstream\r\nx-amz-acl: private\r\n\r\n");
    EXPECT_EQ(
        request_head("PUT", 5, true),
        "PUT /bucket/key?acl HTTP/1.1\r\nHost: upstream\r\nx-amz-acl: private\r\nContent-Length: 5\r\n\r\n");
    EXPECT_EQ(request_head("POST", 0, false),
              "POST /bucket/key?acl HTTP/1.1\r\nHost: upstream\r\nx-amz-acl: private\r\nContent-Length: "
              "0\r\nConnection: close\r\n\r\n");
}

TEST(WireText, OfAnswersLeavesOutWhatIsAboutTheOtherConnection) {
    std::string out;
    append_response_head(200, "OK",
                         {{"Content-Length", "9"},
                          {"Transfer-Encoding", "chunked"},
                          {"Connection", "Keep-Alive, X-Hop"},
                          {"Keep-Alive", "timeout=5"},
                          {"x-hop", "1"},
                          {"ETag", "\"a\""}},
                         {.length = 9, .is_chunked = false, .keep_alive = true}, out);
    EXPECT_EQ(out, "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 9\r\nConnection: keep-alive\r\n\r\n");
    out.clear();
    append_response_head(204, "", {}, {.length = {}, .is_chunked = true, .keep_alive = false}, out);
    EXPECT_EQ(out, "HTTP/1.1 204 \r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
}

TEST(WireText, OfChunks) {
    std::string out;
    append_chunk("", out);
    append_chunk("0123456789abcdefg", out);
    EXPECT_EQ(out, "11\r\n0123456789abcdefg\r\n");
}

TEST(WireText, FoldedLinesAreFound) {
    EXPECT_FALSE(has_folded_line("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT_TRUE(has_folded_line("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n"));
    EXPECT_TRUE(has_folded_line("GET / HTTP/1.1\r\nHost: a\r\n\tb\r\n\r\n"));
}

}  // namespace
}  // namespace writ::gateway::internal
