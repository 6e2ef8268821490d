#include "questions/native/form.h"

#include <gtest/gtest.h>
#include <string>

/// RFC 9110, 12.5.1, as far as two media types need it.
namespace writ::questions::internal {
namespace {

HttpRequest request(const std::string& type, const std::string& accept = {}) {
    HttpRequest http;
    if (!type.empty()) http.headers.emplace_back("content-type", type);
    if (!accept.empty()) http.headers.emplace_back("accept", accept);
    return http;
}

TEST(Form, OfARequestIsItsContentType) {
    EXPECT_EQ(request_form(request("application/json")), Form::json);
    EXPECT_EQ(request_form(request("Application/JSON ; charset=utf-8")), Form::json);
    EXPECT_EQ(request_form(request("application/cbor")), Form::compact);
    EXPECT_EQ(request_form(request("application/cbor;version=1")), Form::compact);
    EXPECT_EQ(request_form(request("text/plain")), std::nullopt);
    EXPECT_EQ(request_form(request("application/cbor-seq")), std::nullopt);
    EXPECT_EQ(request_form(request("")), std::nullopt);
}

TEST(Form, OfAnAnswerIsWhatIsAccepted) {
    EXPECT_EQ(answer_form(request("application/json", "application/cbor")), Form::compact);
    EXPECT_EQ(answer_form(request("application/cbor", "application/json")), Form::json);
    EXPECT_EQ(answer_form(request("application/cbor", "text/html, APPLICATION/JSON;q=0.1")), Form::json);
    EXPECT_EQ(answer_form(request("", "application/json;q=0.2, application/cbor; v=1 ; q=0.3")),
              Form::compact);
    EXPECT_EQ(answer_form(request("", "application/json, application/cbor")), Form::json);
    HttpRequest twice = request("application/json", "text/plain");
    twice.headers.emplace_back("Accept", "application/cbor");
    EXPECT_EQ(answer_form(twice), Form::compact);
}

TEST(Form, OfAnAnswerIsElseThatOfTheRequest) {
    for (const char* accept : {"", "*/*", "application/*", "text/html", "application/json;q=0", ",;,"}) {
        EXPECT_EQ(answer_form(request("application/cbor", accept)), Form::compact) << accept;
    }
    EXPECT_EQ(answer_form(request("application/json", "application/cbor;q=0")), Form::json);
    EXPECT_EQ(answer_form(request("text/plain")), Form::json);
}

}  // namespace
}  // namespace writ::questions::internal
