#include <gtest/gtest.h>
#include <string>

#include "policy/parse.h"
#include "policy/print.h"
#include "policy/validate.h"

// Texts that nobody writes by hand: each gets an answer with a place in it, or is read.
namespace writ::policy {
namespace {

void expect_located(const std::string& text, DiagnosticCode code, const ParseOptions& options = {}) {
    const auto document = parse(text, options);
    ASSERT_FALSE(document);
    const Diagnostic& diagnostic = document.error();
    EXPECT_EQ(name(diagnostic.code), name(code));
    EXPECT_FALSE(diagnostic.message.empty());
    EXPECT_FALSE(diagnostic.hint.empty());
    EXPECT_LE(diagnostic.span.begin.byte, diagnostic.span.end.byte);
    EXPECT_LE(diagnostic.span.end.byte, text.size());
    EXPECT_GE(diagnostic.span.begin.line, 1U);
    EXPECT_GE(diagnostic.span.begin.column, 1U);
}

constexpr ParseOptions raised{.characters_max = 1U << 30U};

std::string with_id(std::string_view id) {
    return R"({"Id":")" + std::string(id) +
           R"(","Statement":{"Effect":"Deny","Action":"a:b","Resource":"*"}})";
}

// A document of exactly so many characters, most of them this one.
std::string of_length(std::size_t characters, std::string_view character = "x") {
    std::string id;
    for (std::size_t i = with_id("").size(); i < characters; ++i) id += character;
    return with_id(id);
}

std::string many_statements(std::size_t count) {
    std::string text = R"({"Version":"2012-10-17","Statement":[)";
    for (std::size_t i = 0; i < count; ++i) {
        text += i == 0 ? "" : ",";
        text += R"({"Sid":"S)" + std::to_string(i) +
                R"(","Effect":"Allow","Action":"s3:GetObject","Resource":"*"})";
    }
    return text + "]}";
}

// Spec G2: characters count, of two bytes as well.
TEST(BadInput, LongestDocumentIsReadAndNoneLonger) {
    EXPECT_TRUE(parse(of_length(policy_characters_max)));
    EXPECT_TRUE(parse(of_length(policy_characters_max, "\xC3\xA9")));
    expect_located(of_length(policy_characters_max + 1, "\xC3\xA9"), DiagnosticCode::quota);
    expect_located(of_length(policy_characters_max + 1), DiagnosticCode::quota);
    expect_located(std::string(policy_characters_max, ' '), DiagnosticCode::json);
}

TEST(BadInput, AnyNumberOfBracketsIsAnswered) {
    constexpr std::size_t brackets = 200'000;
    expect_located(std::string(brackets, '['), DiagnosticCode::quota);
    for (const char bracket : {'[', '{', ']', '}'})
        expect_located(std::string(brackets, bracket), DiagnosticCode::json, raised);
    std::string objects;
    for (std::size_t i = 0; i < brackets; ++i) objects += R"({"Statement":)";
    expect_located(objects, DiagnosticCode::json, raised);
    // As JSON it is fine, so it is the grammar that refuses it.
    expect_located(std::string(brackets, '[') + std::string(brackets, ']'), DiagnosticCode::syntax, raised);
}

TEST(BadInput, BytesThatAreNoTextAreAnswered) {
    for (const std::string_view bytes :
         {"\xFF", "\xC3", "\xC3(", "\xE4\xB8", "\xED\xA0\x80", "\xC0\x80", "\xF5\x80\x80\x80"}) {
        expect_located(std::string(bytes), DiagnosticCode::json);
        expect_located(with_id(bytes), DiagnosticCode::json);
    }
    using namespace std::string_view_literals;
    expect_located(std::string("\0"sv), DiagnosticCode::json);
    expect_located(with_id("\0"sv), DiagnosticCode::json);
    expect_located(with_id("") + std::string("\0"sv), DiagnosticCode::json);
    expect_located("", DiagnosticCode::json);
}

TEST(BadInput, TenThousandStatementsAreReadWhenTheLimitAllows) {
    constexpr std::size_t count = 10'000;
    const std::string text = many_statements(count);
    expect_located(text, DiagnosticCode::quota);
    const auto document = parse(text, raised);
    ASSERT_TRUE(document);
    EXPECT_EQ((*document)->statements().size(), count);
    EXPECT_TRUE(validate(**document, {PolicyType::identity, true, false}).empty());
    EXPECT_EQ(print_compact(**document), text);
    EXPECT_EQ(print_normal(**document), text);
}

TEST(BadInput, EveryDefectOfManyStatementsIsReported) {
    constexpr std::size_t count = 10'000;
    std::string text = R"({"Version":"2012-10-17","Statement":[)";
    for (std::size_t i = 0; i < count; ++i)
        text +=
            std::string(i == 0 ? "" : ",") + R"({"Sid":"S","Effect":"Allow","Action":"x","Resource":"*"})";
    const auto document = parse(text + "]}", raised);
    ASSERT_TRUE(document);
    EXPECT_EQ(validate(**document, {PolicyType::identity, true, false}).size(), count - 1 + count);
}

TEST(BadInput, ManyPatternsAreReduced) {
    constexpr std::size_t count = 20'000;
    std::string text = R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":[)";
    for (std::size_t i = 0; i < count; ++i) text += R"("s3:)" + std::to_string(i) + R"(*",)";
    const auto document = parse(text + R"("s3:*"],"Resource":"*"}})", raised);
    ASSERT_TRUE(document);
    EXPECT_EQ(print_normal(**document),
              R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})");
}

}  // namespace
}  // namespace writ::policy
