#include "questions/native/compact_form.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "base/text.h"
#include "questions/internal/json.h"

/// CBOR by RFC 8949, whose appendix A has the bytes of each kind of value.
namespace writ::questions::internal {
namespace {

/// From "a2 01 …".
std::string bytes_of(std::string_view hex) {
    std::string bytes;
    std::string pair;
    for (const char c : hex) {
        if (c == ' ') continue;
        pair += c;
        if (pair.size() < 2) continue;
        bytes += static_cast<char>(std::stoi(pair, nullptr, 16));
        pair.clear();
    }
    return bytes;
}

/// What was read as JSON, or the sentence of the error.
std::string read(const std::string& bytes) {
    rapidjson::Document document;
    if (const auto done = read_compact(bytes, document); !done) {
        EXPECT_EQ(done.error().code, "SerializationException");
        EXPECT_EQ(done.error().http_status, 400);
        return done.error().message;
    }
    JsonBuffer buffer;
    JsonWriter json(buffer);
    document.Accept(json);
    return std::string(written(buffer));
}

std::string repeated(std::string_view hex, std::size_t times) {
    const std::string piece = bytes_of(hex);
    std::string bytes;
    for (std::size_t i = 0; i < times; ++i) bytes += piece;
    return bytes;
}

struct Row {
    std::string_view hex;
    std::string_view read;
};

TEST(CompactForm, NamesMembersByTheirNumbers) {
    EXPECT_EQ(
        read(bytes_of("a2 02 6d 73333a4c6973744275636b6574 03 73 61726e3a6177733a73333a3a3a6f7264657273")),
        R"({"action":"s3:ListBucket","resource":"arn:aws:s3:::orders"})");
    EXPECT_EQ(read(bytes_of("a8 01 a2 08 61 6b 09 61 74 02 61 61 03 61 72 04 61 34 05 a1 63 613a62 61 76"
                            " 06 f5 07 81 a0 00 01")),
              R"({"principal":{"access_key_id":"k","session_token":"t"},"action":"a","resource":"r",)"
              R"("resource_account":"4","context":{"a:b":"v"},"explain":true,"questions":[{}]})");
    EXPECT_EQ(read(bytes_of("a0")), "{}");
}

TEST(CompactForm, ReadsValuesOfEveryKindThatConditionsCompare) {
    const std::vector<Row> rows{{"00", "0"},
                                {"17", "23"},
                                {"18 18", "24"},
                                {"19 03e8", "1000"},
                                {"1a 000f4240", "1000000"},
                                {"1b ffffffffffffffff", "18446744073709551615"},
                                {"20", "-1"},
                                {"38 63", "-100"},
                                {"39 03e7", "-1000"},
                                {"3a 7fffffff", "-2147483648"},
                                {"3b 7fffffffffffffff", "-9223372036854775808"},
                                {"f9 3e00", "1.5"},
                                {"fa 47c35000", "100000.0"},
                                {"fb c010666666666666", "-4.1"},
                                {"f4", "false"},
                                {"f5", "true"},
                                {"f6", "null"},
                                {"60", "\"\""},
                                {"62 c3bc", "\"\xc3\xbc\""},
                                {"78 03 616263", "\"abc\""},
                                {"80", "[]"},
                                {"83 01 61 32 f5", "[1,\"2\",true]"},
                                {"9f 01 02 ff", "[1,2]"}};
    for (const Row& row : rows) {
        EXPECT_EQ(read(bytes_of("a1 05 a1 61 61 " + std::string(row.hex))),
                  R"({"context":{"a":)" + std::string(row.read) + "}}")
            << row.hex;
        EXPECT_EQ(read(bytes_of("bf 05 bf 61 61 " + std::string(row.hex) + " ff ff")),
                  R"({"context":{"a":)" + std::string(row.read) + "}}")
            << row.hex;
    }
}

TEST(CompactForm, RefusesWhatIsNoRequest) {
    const std::vector<Row> rows{
        {"80", "is no map"},
        {"01", "is no map"},
        {"61 61", "is no map"},
        {"f6", "is no map"},
        {"ff", "has a break that ends nothing"},
        {"a0 00", "is followed by something else"},
        {"a0 a0", "is followed by something else"},
        {"1c", "is not CBOR"},
        {"a1 02 fc", "is not CBOR"},
        {"a1 00 02", "has a version that is not known here"},
        {"a1 00 61 31", "has a version that is not known here"},
        {"a1 00 80", "has a version that is not known here"},
        {"a2 00 01 00 01", "has a member of a number that is not known here, or twice"},
        {"a1 07 81 a1 00 01", "has a member of a number that is not known here, or twice"},
        {"a1 0a 01", "has a member of a number that is not known here, or twice"},
        {"a1 10 01", "has a member of a number that is not known here, or twice"},
        {"a1 19 0102 01", "has a member of a number that is not known here, or twice"},
        {"a1 66 616374696f6e 61 61", "has a name where members have numbers"},
        {"a1 20 01", "has a key that is neither a number nor a text"},
        {"a1 f5 01", "has a key that is neither a number nor a text"},
        {"a1 a0 01", "has a key that is neither a number nor a text"},
        {"a1 05 a1 01 61 76", "has a condition key that is no text"},
        {"a2 05 61 61 01 a1 61 62 01", "has a name where members have numbers"},
        {"a1 02 41 61", "has a byte string"},
        {"a1 02 5f 41 61 ff", "has a byte string"},
        {"a1 02 7f 61 61 ff", "has a text in pieces"},
        {"a1 02 c0 61 61", "has a tag"},
        {"a1 02 f7", "has an undefined value"},
        {"a1 05 a1 61 61 f9 7e00", "has a number that is none"},
        {"a1 05 a1 61 61 fa 7f800000", "has a number that is none"},
        {"a1 05 a1 61 61 3b ffffffffffffffff", "has a number that is too small"},
        {"a1 02 61 ff", "has a text that is not UTF-8"},
        {"a1 05 a1 61 ff 01", "has a text that is not UTF-8"},
        {"a1 05 ff", "has a break that ends nothing"},
        {"bf 05 ff", "has a break that ends nothing"},
        {"a1 05 82 01 ff", "has a break that ends nothing"}};
    for (const Row& row : rows) {
        EXPECT_EQ(read(bytes_of(row.hex)), "The body of the request " + std::string(row.read) + ".")
            << row.hex;
    }
}

TEST(CompactForm, RefusesEveryBeginningOfARequest) {
    const std::string whole = bytes_of(
        "bf 00 01 02 6d 73333a4c6973744275636b6574 05 a1 63 613a62 82 19 03e8 fb 3ff199999999999a"
        " 07 9f a1 06 f5 a0 ff ff");
    ASSERT_TRUE(read(whole).starts_with("{\"action\""));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_EQ(read(whole.substr(0, size)), "The body of the request is cut off.") << size;
    }
}

/// What a length promises is not believed until it has come.
TEST(CompactForm, IsNotMisledByHugeLengthsOrDepths) {
    const std::string huge = " ffffffffffffffff";
    for (const char* type : {"a1 02 7b", "a1 07 9b", "bb", "a1 05 bb"}) {
        EXPECT_EQ(read(bytes_of(type + huge)), "The body of the request is cut off.") << type;
    }
    const std::string context = bytes_of("a1 05");
    for (const char* nest : {"81", "9f"}) {
        EXPECT_EQ(read(context + repeated(nest, 1'000'000)),
                  "The body of the request is nested deeper than questions are.")
            << nest;
    }
    for (const char* nest : {"a1 01", "bf 07", "a1 05 a1 61 61 81"}) {
        EXPECT_EQ(read(repeated(nest, 1'000'000)),
                  "The body of the request is nested deeper than questions are.")
            << nest;
    }
    for (const char* pieces : {"7f", "5f", "c0", "d9 ffff"}) {
        EXPECT_NE(read(context + repeated(pieces, 1'000'000)).find("The body of the request has a"),
                  std::string::npos)
            << pieces;
    }
    EXPECT_EQ(read(bytes_of("a1 07 9a 001e8480") + repeated("00", 2'000'000)),
              "The body of the request has more than a million values.");
}

Reply reply_of(engine::Verdict verdict, engine::Layer decided_by) {
    Reply reply;
    reply.decision.verdict = verdict;
    reply.decision.decided_by = decided_by;
    return reply;
}

TEST(CompactForm, PrintsAnswers) {
    CompactWriter allowed;
    allowed.add(reply_of(engine::Verdict::allowed, engine::Layer::identity));
    EXPECT_EQ(allowed.written(), bytes_of("a2 10 01 11 68 6964656e74697479"));

    CompactWriter many;
    many.start_answers(2);
    Reply denied = reply_of(engine::Verdict::explicit_deny, engine::Layer::scp);
    denied.message = "no";
    denied.explanation = "{}";
    many.add(denied);
    Reply failed = reply_of(engine::Verdict::allowed, engine::Layer::identity);
    failed.error = Error{"NoSuchEntity", 404, "x"};
    many.add(failed);
    EXPECT_EQ(many.written(), bytes_of("a1 15 82 a4 10 02 11 63 736370 13 62 6e6f 14 62 7b7d"
                                       " a3 10 00 11 68 696d706c69636974 12 6c 4e6f53756368456e74697479"));
}

}  // namespace
}  // namespace writ::questions::internal
