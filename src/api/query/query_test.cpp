#include <array>
#include <gtest/gtest.h>

#include "api/query/form.h"
#include "api/query/print.h"
#include "api/query/read.h"
#include "api/validate.h"

// The models below name only what they need.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

namespace writ::api {
namespace {

using reference::Member;
using reference::Shape;
using reference::ShapeType;

// A small model of our own in the forms that the IAM and STS models use.
constexpr std::array<std::string_view, 2> colours{"Red", "Green"};
const Shape tag_key{.name = "tagKeyType", .min = 1, .max = 128, .pattern = R"([\p{L}\p{Z}\p{N}_.:/=+\-@]+)"};
const Shape tag_value{.name = "tagValueType", .min = 0, .max = 256};
const std::array<Member, 2> tag_members{
    Member{.name = "Key", .wire_name = "Key", .shape = &tag_key, .required = true},
    Member{.name = "Value", .wire_name = "Value", .shape = &tag_value, .required = true}};
const Shape tag{.name = "Tag", .type = ShapeType::structure, .members = tag_members};
const Member tag_element{.name = "member", .wire_name = "member", .shape = &tag};
const Shape tags{.name = "tagListType", .type = ShapeType::list, .max = 2, .element = &tag_element};
const Shape text{.name = "text"};
const Member text_element{.name = "member", .wire_name = "member", .shape = &text};
const Shape texts{.name = "texts", .type = ShapeType::list, .element = &text_element};
const Shape user_name{.name = "userNameType", .min = 2, .max = 4, .pattern = R"([\w+=,.@-]+)"};
const Shape path{.name = "pathType", .pattern = R"((\u002F)|(\u002F[\u0021-\u007E]+\u002F))"};
const Shape colour{.name = "colour", .values = colours};
const Shape number{.name = "number", .type = ShapeType::integer, .min = 900, .max = 43200};
const Shape flag{.name = "flag", .type = ShapeType::boolean};
const Shape secret{.name = "secretType", .max = 3, .sensitive = true};
const Shape document{.name = "policyDocumentType"};
const Shape date{.name = "dateType", .type = ShapeType::timestamp};
const std::array<Member, 9> members{
    Member{.name = "UserName", .wire_name = "UserName", .shape = &user_name, .required = true},
    Member{.name = "Path", .wire_name = "Path", .shape = &path},
    Member{.name = "Colour", .wire_name = "Colour", .shape = &colour},
    Member{.name = "DurationSeconds", .wire_name = "DurationSeconds", .shape = &number},
    Member{.name = "Reset", .wire_name = "Reset", .shape = &flag},
    Member{.name = "Tags", .wire_name = "Tags", .shape = &tags},
    Member{.name = "Names", .wire_name = "Names", .shape = &texts},
    Member{.name = "First", .wire_name = "First", .shape = &tag},
    Member{.name = "Password", .wire_name = "Password", .shape = &secret}};
const Shape input_shape{.name = "Input", .type = ShapeType::structure, .members = members};

Result<Input> read(std::string_view body) {
    query::Form form;
    if (auto added = form.add(body); !added) return std::unexpected(added.error());
    form.sort();
    return query::read_input(form, &input_shape);
}

std::string violations(std::string_view body) {
    Patterns patterns;
    const auto input = read(body);
    if (!input) return "unreadable: " + input.error().code + " " + input.error().message;
    const auto valid = validate(*input, patterns);
    return valid ? "" : valid.error().message;
}

TEST(QueryRead, DecodesScalarsAndTakesTheFirstOfARepeatedOne) {  // Spec 7.1.
    const auto input = read("UserName=a%20b%2Bc+d&UserName=second&Unknown=1&Reset=TRUE");
    ASSERT_TRUE(input);
    EXPECT_EQ(input->text("UserName"), "a b+c d");
    EXPECT_EQ(input->boolean("Reset"), true);
    EXPECT_FALSE(input->has("Path"));
    EXPECT_EQ(input->maybe_text("Path"), std::nullopt);
    EXPECT_FALSE(input->has("Unknown"));
}

TEST(QueryRead, ReadsListsByNumberAndNotByPlaceOnTheWire) {
    const auto input = read("Names.member.10=c&Names.member.2=b&Names.member.1=a&Names.member.x=y");
    ASSERT_TRUE(input);
    const auto names = input->list("Names");
    ASSERT_EQ(names.size(), 3U);
    EXPECT_EQ(names[0].text(), "a");
    EXPECT_EQ(names[1].text(), "b");
    EXPECT_EQ(names[2].text(), "c");
}

TEST(QueryRead, ReadsListsOfStructuresAndStructures) {
    const auto input = read("Tags.member.1.Key=team&Tags.member.1.Value=&First.Key=k");
    ASSERT_TRUE(input);
    ASSERT_EQ(input->list("Tags").size(), 1U);
    EXPECT_EQ(input->list("Tags")[0].text("Key"), "team");
    EXPECT_TRUE(input->list("Tags")[0].has("Value"));
    ASSERT_TRUE(input->has("First"));
    EXPECT_EQ(input->find("First")->text("Key"), "k");
}

TEST(QueryRead, TellsAnEmptyListFromAnAbsentOne) {
    EXPECT_TRUE(read("Tags=")->has("Tags"));
    EXPECT_FALSE(read("Path=/")->has("Tags"));
}

TEST(QueryRead, NumbersFollowS5) {
    EXPECT_EQ(read("DurationSeconds=%2B900")->integer("DurationSeconds"), 900);
    EXPECT_EQ(read("DurationSeconds=0900")->integer("DurationSeconds"), 900);
    EXPECT_EQ(read("DurationSeconds=-1")->integer("DurationSeconds"), -1);
    for (const char* bad : {"900.5", "abc", "2147483648", "-2147483649", "+", "+-9", "9 "}) {
        const auto input = read("DurationSeconds=" + std::string(bad == std::string("+") ? "%2B" : bad));
        ASSERT_FALSE(input) << bad;
        EXPECT_EQ(input.error(), (Error{"MalformedInput", 400, ""})) << bad;
    }
    EXPECT_EQ(read("DurationSeconds=").error(),
              (Error{"MalformedInput", 400, "missing value for decimal type"}));
}

TEST(QueryRead, RefusesBrokenEncodings) {
    EXPECT_EQ(read("UserName=%zz").error().code, "MalformedQueryString");
    EXPECT_EQ(read("UserName=%ff").error().code, "MalformedInput");
}

TEST(Validation, WordsOneViolation) {  // Spec 7.9.
    EXPECT_EQ(violations("UserName=bob"), "");
    EXPECT_EQ(violations(""),
              "1 validation error detected: Value null at 'userName' failed to satisfy constraint: "
              "Member must not be null");
    EXPECT_EQ(violations("UserName=a"),
              "1 validation error detected: Value 'a' at 'userName' failed to satisfy constraint: "
              "Member must have length greater than or equal to 2");
    EXPECT_EQ(violations("UserName=abcde"),
              "1 validation error detected: Value 'abcde' at 'userName' failed to satisfy constraint: "
              "Member must have length less than or equal to 4");
    EXPECT_EQ(violations("UserName=a!b"),
              "1 validation error detected: Value 'a!b' at 'userName' failed to satisfy constraint: "
              R"(Member must satisfy regular expression pattern: [\w+=,.@-]+)");
    EXPECT_EQ(violations("UserName=bob&DurationSeconds=899"),
              "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: "
              "Member must have value greater than or equal to 900");
    EXPECT_EQ(violations("UserName=bob&DurationSeconds=43201"),
              "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy "
              "constraint: Member must have value less than or equal to 43200");
    EXPECT_EQ(violations("UserName=bob&Colour=Blue"),
              "1 validation error detected: Value 'Blue' at 'colour' failed to satisfy constraint: "
              "Member must satisfy enum value set: [Red, Green]");
}

TEST(Validation, CountsAndJoinsSeveralInTheOrderOfTheModel) {
    EXPECT_EQ(
        violations("Path=x&UserName=a"),
        "2 validation errors detected: Value 'a' at 'userName' failed to satisfy constraint: Member "
        "must have length greater than or equal to 2; Value 'x' at 'path' failed to satisfy "
        R"(constraint: Member must satisfy regular expression pattern: (\u002F)|(\u002F[\u0021-\u007E]+\u002F))");
}

TEST(Validation, NamesPlacesInsideLists) {
    EXPECT_EQ(violations("UserName=bob&Tags.member.1.Key=!&Tags.member.1.Value=v"),
              "1 validation error detected: Value '!' at 'tags.1.member.key' failed to satisfy constraint: "
              R"(Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+)");
    EXPECT_EQ(violations("UserName=bob&Tags.member.1.Key=k"),
              "1 validation error detected: Value null at 'tags.1.member.value' failed to satisfy "
              "constraint: Member must not be null");
    EXPECT_EQ(violations("UserName=bob&Tags.member.1.Key=a&Tags.member.2.Key=b&Tags.member.3.Key=c"),
              "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have "
              "length less than or equal to 2");
}

TEST(Validation, CountsScalarsAndNotBytes) {
    EXPECT_EQ(violations("UserName=bob&Tags.member.1.Value=&Tags.member.1.Key=" +
                         [] {
                             std::string umlauts;
                             for (int i = 0; i < 128; ++i) umlauts += "%C3%A4";
                             return umlauts;
                         }()),
              "");
}

TEST(Validation, NeverRepeatsASecret) {
    const std::string message = violations("UserName=bob&Password=hunter2");
    EXPECT_EQ(message,
              "1 validation error detected: Value at 'password' failed to satisfy constraint: Member "
              "must have length less than or equal to 3");
}

TEST(QueryPrint, PrintsAnAnswerInTheOrderGiven) {  // Spec Q3, Q5.
    const Shape names{.name = "names", .type = ShapeType::list, .element = &text_element};
    const std::array<Member, 6> out{Member{.name = "Flag", .wire_name = "Flag", .shape = &flag},
                                    Member{.name = "Tags", .wire_name = "Tags", .shape = &tags},
                                    Member{.name = "Names", .wire_name = "Names", .shape = &names},
                                    Member{.name = "Document", .wire_name = "Document", .shape = &document},
                                    Member{.name = "Name", .wire_name = "Name", .shape = &text},
                                    Member{.name = "Date", .wire_name = "Date", .shape = &date}};
    const Shape shape{.name = "Out", .type = ShapeType::structure, .members = out};
    const reference::Operation operation{
        .name = "GetThing", .output = &shape, .result_wrapper = "GetThingResult"};
    const reference::ApiService service{.name = "iam",
                                        .xml_namespace = "https://iam.amazonaws.com/doc/2010-05-08/"};
    Output output;
    output.set("Name", "a<b & c")
        .set("Document", R"({"a":"b c"})")
        .set("Date", Instant(std::chrono::milliseconds(1767225600999)))
        .set("Flag", true)
        .set("Tags", Output::list())
        .set("Names", Output::list().add("x").add("y"));
    const HttpResponse response = query::print_answer(service, operation, output, "rid-1");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(*find_header(response.headers, "Content-Type"), "text/xml");
    EXPECT_EQ(response.body, R"(<GetThingResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <GetThingResult>
    <Name>a&lt;b &amp; c</Name>
    <Document>%7B%22a%22%3A%22b%20c%22%7D</Document>
    <Date>2026-01-01T00:00:00Z</Date>
    <Flag>true</Flag>
    <Tags />
    <Names>
      <member>x</member>
      <member>y</member>
    </Names>
  </GetThingResult>
  <ResponseMetadata>
    <RequestId>rid-1</RequestId>
  </ResponseMetadata>
</GetThingResponse>
)");
}

TEST(QueryPrint, LeavesOutTheResultOfOperationsWithoutOutput) {
    const reference::Operation operation{.name = "DeleteThing"};
    const reference::ApiService service{.name = "iam", .xml_namespace = "urn:x"};
    EXPECT_EQ(query::print_answer(service, operation, {}, "r").body, R"(<DeleteThingResponse xmlns="urn:x">
  <ResponseMetadata>
    <RequestId>r</RequestId>
  </ResponseMetadata>
</DeleteThingResponse>
)");
}

TEST(QueryPrint, PrintsErrors) {  // Spec Q4.
    const HttpResponse response = query::print_error("https://sts.amazonaws.com/doc/2011-06-15/",
                                                     {"AccessDenied", 403, "No & no."}, "r");
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(response.body, R"(<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>AccessDenied</Code>
    <Message>No &amp; no.</Message>
  </Error>
  <RequestId>r</RequestId>
</ErrorResponse>
)");
    const std::string silent = query::print_error("n", {"MalformedInput", 400, ""}, "r").body;
    EXPECT_EQ(silent.find("<Message"), std::string::npos);
    EXPECT_NE(query::print_error("n", {"ServiceFailure", 500, "x"}, "r").body.find("Receiver"),
              std::string::npos);
}

TEST(QueryPrint, NeverPrintsControlCharacters) {
    const std::string body = query::print_error("n",
                                                {"X", 400,
                                                 std::string("a\x01"
                                                             "b",
                                                             3)},
                                                "r")
                                 .body;
    EXPECT_NE(body.find("<Message>a?b</Message>"), std::string::npos);
}

}  // namespace
}  // namespace writ::api
