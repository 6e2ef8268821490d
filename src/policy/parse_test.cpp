#include "policy/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace writ::policy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

DocumentPtr parsed(std::string_view text) {
    auto document = parse(text);
    EXPECT_TRUE(document) << text << "\n" << (document ? "" : document.error().hint);
    return document ? *document : nullptr;
}

std::vector<std::string_view> texts(std::span<const Scalar> scalars) {
    std::vector<std::string_view> out;
    for (const Scalar& scalar : scalars) out.push_back(scalar.text);
    return out;
}

TEST(Parse, KeepsEveryElement) {
    const auto document = parsed(R"({"Version": "2012-10-17", "Id": "the id", "Statement": [
        {"Sid": "A1", "Effect": "Allow", "Principal": {"AWS": ["1", "*"], "Service": "s.amazonaws.com",
         "Federated": "f", "CanonicalUser": "c"}, "Action": ["s3:Get*", "s3:Put*"], "Resource": "*",
         "Condition": {"StringEquals": {"a:b": ["x", 10, 10.0, true], "a:B": "y"}, "Nonsense": {"k": []}, "Bool": {}}},
        {"Effect": "dEnY", "NotPrincipal": "*", "NotAction": "a:b", "NotResource": []},
        {"Effect": "Deny", "Principal": "arn:aws:iam::1:root"}]})");
    ASSERT_NE(document, nullptr);
    EXPECT_EQ(document->version(), Version::v2012_10_17);
    EXPECT_EQ(document->version_element()->text, "2012-10-17");
    EXPECT_EQ(document->id()->text, "the id");
    EXPECT_TRUE(document->statement_is_array());
    ASSERT_EQ(document->statements().size(), 3U);

    const Statement& first = document->statements()[0];
    EXPECT_EQ(first.sid->text, "A1");
    EXPECT_EQ(first.effect, Effect::allow);
    ASSERT_EQ(first.principal->entries.size(), 5U);
    EXPECT_EQ(first.principal->entries[1].type, PrincipalType::aws);
    EXPECT_EQ(first.principal->entries[1].value.text, "*");
    EXPECT_EQ(first.principal->entries[2].type, PrincipalType::service);
    EXPECT_EQ(first.principal->entries[3].type, PrincipalType::federated);
    EXPECT_EQ(first.principal->entries[4].type, PrincipalType::canonical_user);
    EXPECT_THAT(texts(first.action->patterns), ElementsAre("s3:Get*", "s3:Put*"));
    EXPECT_THAT(texts(first.resource->patterns), ElementsAre("*"));
    EXPECT_FALSE(first.resource->is_array);
    ASSERT_EQ(first.conditions.size(), 3U);
    EXPECT_THAT(texts(first.conditions[0].values), ElementsAre("x", "10", "10.0", "true"));
    EXPECT_EQ(first.conditions[0].values[1].lexeme, Lexeme::number);
    EXPECT_EQ(first.conditions[0].values[3].lexeme, Lexeme::boolean);
    EXPECT_EQ(first.conditions[0].op->comparison, Comparison::string_equals);
    EXPECT_EQ(first.conditions[1].key.text, "a:B");
    EXPECT_FALSE(first.conditions[2].op);
    EXPECT_EQ(first.conditions[2].operator_name.text, "Nonsense");
    EXPECT_TRUE(first.conditions[2].values.empty());

    const Statement& second = document->statements()[1];
    EXPECT_EQ(second.effect, Effect::deny);
    EXPECT_EQ(second.effect_text.text, "dEnY");
    EXPECT_TRUE(second.principal->negated);
    EXPECT_EQ(second.principal->entries[0].type, PrincipalType::everyone);
    EXPECT_TRUE(second.action->negated);
    EXPECT_TRUE(second.resource->negated);
    EXPECT_TRUE(second.resource->patterns.empty());

    const Statement& third = document->statements()[2];
    EXPECT_TRUE(third.principal->entries[0].bare);
    EXPECT_FALSE(third.action);
    EXPECT_FALSE(third.resource);
    EXPECT_FALSE(third.has_condition_element);
}

TEST(Parse, OwnsItsText) {
    std::string text = R"({"Statement":{"Effect":"Allow","Action":"s3:Get\u004fbject","Resource":"*"}})";
    const auto document = parsed(text);
    std::string copy = text;
    text.assign(text.size(), 'x');
    EXPECT_EQ(document->text(), copy);
    EXPECT_EQ(document->statements()[0].action->patterns[0].text, "s3:GetObject");
    EXPECT_EQ(document->version(), Version::v2008_10_17);
    EXPECT_FALSE(document->version_element());
    EXPECT_FALSE(document->statement_is_array());
}

TEST(Parse, CountsLinesColumnsAndBytes) {
    const auto document = parsed(
        "{\n"
        "  \"Statement\": [{\n"
        "    \"Sid\": \"\u00e9\u00e9\", \"Effect\": \"Allow\",\r\n"
        "\t\"Action\": \"a:b\", \"Resource\": \"*\"\n"
        "  }]\n"
        "}\n");
    const Statement& statement = document->statements()[0];
    EXPECT_EQ(statement.span.begin, (Position{18, 2, 17}));
    EXPECT_EQ(statement.sid->span, (Span{{31, 3, 12}, {37, 3, 16}}));
    EXPECT_EQ(statement.effect_text.span, (Span{{49, 3, 28}, {56, 3, 35}}));
    EXPECT_EQ(statement.action->span, (Span{{60, 4, 2}, {75, 4, 17}}));
    EXPECT_EQ(statement.span.end, (Position{96, 5, 4}));
    EXPECT_EQ(document->span().end.line, 6U);
    EXPECT_EQ(document->text().substr(statement.action->span.begin.byte, 15), "\"Action\": \"a:b\"");
}

struct Defect {
    std::string_view text;
    std::uint32_t byte;  // Where the diagnostic points.
    std::string_view hint;
    DiagnosticCode code = DiagnosticCode::syntax;
};

constexpr auto json = DiagnosticCode::json;
using namespace std::string_view_literals;

// Spec 1.5 step 1, G5 to G8.
const Defect defects[] = {
    {"", 0, "The text ends here", json},
    {"  ", 2, "The text ends here", json},
    {"x", 0, "double quotes", json},
    {"[]", 0, "opening brace"},
    {"\"a\"", 0, "opening brace"},
    {"null", 0, "opening brace"},
    {"{}", 0, "needs a Statement"},
    {"{\"Statement\":[]}", 13, "at least one statement"},
    {"{\"Statement\":\"a\"}", 13, "statement in braces"},
    {"{\"Statement\":[1]}", 14, "statement in braces"},
    {"{\"Statement\":[[]]}", 14, "statement in braces"},
    {"{\"Statement\":{\"Effect\":\"Allow\"}} x", 33, "double quotes", json},
    {"{\"Statement\":{\"Effect\":\"Allow\"}}{}", 32, "end of the text", json},
    {"{\"Statement\":{\"Effect\":\"Allow\"},}", 31, "Remove the comma", json},
    {"{\"Statement\":[{\"Effect\":\"Allow\"},]}", 32, "Remove the comma", json},
    {"{\"Statement\":{\"Effect\":\"Allow\"}", 31, "The text ends here", json},
    {"{\"statement\":{\"Effect\":\"Allow\"}}", 1, "Did you mean Statement?"},
    {"{\"Versoin\":\"2012-10-17\"}", 1, "Did you mean Version?"},
    {"{\"Foo\":1}", 1, "no element of a policy"},
    {"{\"Version\":\"2012-10-18\"}", 11, "\"2012-10-17\""},
    {"{\"Version\":2012}", 11, "text of Version"},
    {"{\"Version\":\"2012-10-17\",\"Version\":\"2012-10-17\"}", 24, "twice"},
    {"{\"Id\":[]}", 6, "text of Id"},
    {"{\"Id\":\"\",\"Id\":\"\"}", 9, "twice"},
    {"{\"Statement\":{\"Effect\":\"Allow\"},\"Statement\":{}}", 32, "twice"},
    {"{\"Statement\":{}}", 13, "no Effect"},
    {"{\"Statement\":{\"Effect\":true}}", 23, "\"Allow\" or \"Deny\""},
    {"{\"Statement\":{\"Effect\":\"Permit\"}}", 23, "\"Allow\" or \"Deny\""},
    {"{\"Statement\":{\"Effect\":\"\"}}", 23, "\"Allow\" or \"Deny\""},
    {"{\"Statement\":{\"Effect\":\"Allow\",\"Effect\":\"Deny\"}}", 31, "twice"},
    {"{\"Statement\":{\"Efect\":\"Allow\"}}", 14, "Did you mean Effect?"},
    {"{\"Statement\":{\"action\":\"a:b\"}}", 14, "Did you mean Action?"},
    {"{\"Statement\":{\"Sid\":1}}", 20, "text of Sid"},
    {"{\"Statement\":{\"Sid\":\"\",\"Sid\":\"\"}}", 23, "twice"},
    {"{\"Statement\":{\"Action\":1}}", 23, "string or a list of strings"},
    {"{\"Statement\":{\"Action\":null}}", 23, "string or a list of strings"},
    {"{\"Statement\":{\"Action\":[1]}}", 24, "string or a list of strings"},
    {"{\"Statement\":{\"Action\":[[]]}}", 24, "string or a list of strings"},
    {"{\"Statement\":{\"Action\":{}}}", 23, "string or a list of strings"},
    {"{\"Statement\":{\"Resource\":{}}}", 25, "string or a list of strings"},
    {"{\"Statement\":{\"Action\":\"a:b\",\"Action\":\"a:b\"}}", 29, "twice"},
    {"{\"Statement\":{\"Action\":\"a:b\",\"NotAction\":\"a:b\"}}", 29, "not both"},
    {"{\"Statement\":{\"NotResource\":\"*\",\"Resource\":\"*\"}}", 32, "not both"},
    {"{\"Statement\":{\"NotPrincipal\":\"*\",\"Principal\":\"*\"}}", 33, "not both"},
    {"{\"Statement\":{\"Principal\":[\"*\"]}}", 26, "map such as"},
    {"{\"Statement\":{\"Principal\":{\"Aws\":\"*\"}}}", 27, "Did you mean AWS?"},
    {"{\"Statement\":{\"Principal\":{\"AWS\":1}}}", 33, "string or a list of strings"},
    {"{\"Statement\":{\"Principal\":{\"AWS\":\"1\",\"AWS\":\"2\"}}}", 37, "twice"},
    {"{\"Statement\":{\"Condition\":[]}}", 26, "map from operators"},
    {"{\"Statement\":{\"Condition\":\"a\"}}", 26, "map from operators"},
    {"{\"Statement\":{\"Condition\":{\"Bool\":[]}}}", 34, "map from condition keys"},
    {"{\"Statement\":{\"Condition\":{\"Bool\":{\"k\":null}}}}", 39, "string, number or boolean"},
    {"{\"Statement\":{\"Condition\":{\"Bool\":{\"k\":{}}}}}", 39, "string, number or boolean"},
    {"{\"Statement\":{\"Condition\":{\"Bool\":{\"k\":[[]]}}}}", 40, "string, number or boolean"},
    {"{\"Statement\":{\"Condition\":{\"Bool\":{\"k\":1,\"k\":1}}}}", 41, "twice"},
    {"{\"Statement\":{\"Condition\":{\"Bool\":{},\"Bool\":{}}}}", 37, "twice"},
    {"{\"Statement\":{\"Condition\":{},\"Condition\":{}}}", 29, "twice"},
    {"{'Statement':1}", 1, "double quotes", json},
    {"{\"Id\":\"a\" // b\n}", 10, "no comments", json},
    {"\xEF\xBB\xBF{}", 0, "byte order mark", json},
    {"{\"Id\":\"a", 6, "never ends", json},
    {"{\"Id\":\"a\nb\"}", 8, "Control characters", json},
    {"{\"Id\":\"a\0b\"}"sv, 8, "Control characters", json},
    {"{\0}"sv, 1, "no meaning", json},
    {"{\"Id\":\"\\x\"}", 7, "After a backslash", json},
    {"{\"Id\":\"\\u12g4\"}", 7, "After a backslash", json},
    {"{\"Id\":\"\\ud800\"}", 7, "surrogate", json},
    {"{\"Id\":\"\\udc00\"}", 7, "surrogate", json},
    {"{\"Id\":\"\xC3\"}", 7, "no UTF-8", json},
    {"{\"Id\":\"\xFF\"}", 7, "no UTF-8", json},
    {"{\"Id\":\"\xC0\x80\"}", 7, "no UTF-8", json},
    {"{\"Id\":\"\xED\xA0\x80\"}", 7, "no UTF-8", json},
    {"{\"Id\":\"\u0100\"}", 7, "U+00FF", json},
    {"{\"Id\":\"\u4e2d\"}", 7, "U+00FF", json},
    {"{\"Id\":01}", 6, "no JSON number", json},
    {"{\"Id\":1.}", 6, "no JSON number", json},
    {"{\"Id\":-}", 6, "no JSON number", json},
    {"{\"Id\":+1}", 6, "no meaning", json},
    {"{\"Id\" 1}", 6, "a colon", json},
    {"{1:1}", 1, "member name", json},
};

TEST(Parse, LocatesTheFirstDefect) {
    for (const Defect& defect : defects) {
        SCOPED_TRACE(defect.text);
        const auto result = parse(defect.text);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().message, "Syntax errors in policy.");
        EXPECT_EQ(result.error().code, defect.code);
        EXPECT_EQ(result.error().span.begin.byte, defect.byte);
        EXPECT_THAT(result.error().hint, HasSubstr(std::string(defect.hint)));
        EXPECT_LE(result.error().span.begin.byte, result.error().span.end.byte);
        EXPECT_LE(result.error().span.end.byte, defect.text.size());
    }
}

// Spec ?27: only a text that is no JSON, only for trust policies.
TEST(Parse, TrustPolicyThatIsNoJsonHasItsOwnMessage) {
    const ParseOptions trust{.type = PolicyType::trust};
    EXPECT_EQ(parse("{\"a\":1", trust).error().message, "This policy contains invalid Json");
    EXPECT_EQ(parse("{\"a\":1,", {}).error().message, "Syntax errors in policy.");
    EXPECT_EQ(parse("{\"a\":1}", trust).error().message, "Syntax errors in policy.");
    // The broken JSON lies behind the unknown element.
    EXPECT_EQ(parse("{\"a\":[1,2}", trust).error().message, "This policy contains invalid Json");
}

TEST(Parse, DecodesEscapes) {
    const auto document = parsed(
        R"({"Id":"\"\\\/\b\f\n\r\t\u0041\u00e9\u4e2d\ud83d\ude00","\u0053tatement":{"Effect":"\u0041llow"}})");
    EXPECT_EQ(document->id()->text, "\"\\/\b\f\n\r\tA\u00e9\u4e2d\U0001F600");
    EXPECT_EQ(document->statements()[0].effect, Effect::allow);
    EXPECT_EQ(parsed(R"({"Id":"\u0000","Statement":{"Effect":"Deny"}})")->id()->text, "\0"sv);
    EXPECT_FALSE(parse(R"({"Id":"a","\u0049d":"b","Statement":{"Effect":"Deny"}})"));
}

TEST(Parse, AcceptsTheCharactersOfTheGrammar) {
    // Spec G1 ends at U+00FF; U+007F to U+009F are in it.
    EXPECT_EQ(parsed("{\"Id\":\"\u007f\u0080\u00ff\",\"Statement\":{\"Effect\":\"Deny\"}}")->id()->text,
              "\u007f\u0080\u00ff");
}

TEST(Parse, KeepsNumbersAsWritten) {
    const auto document = parsed(
        R"({"Statement":{"Effect":"Deny","Condition":{"NumericEquals":{"k":[0,-0,1.10,1e400,12345678901234567890123]}}}})");
    EXPECT_THAT(texts(document->statements()[0].conditions[0].values),
                ElementsAre("0", "-0", "1.10", "1e400", "12345678901234567890123"));
}

}  // namespace
}  // namespace writ::policy
