// The glob matcher of the engine against RE2: every pattern is also a regular expression (spec M1).
#include <gtest/gtest.h>
#include <re2/re2.h>
#include <string>
#include <vector>

#include "choices.h"
#include "engine/internal/glob.h"

namespace writ::engine {
namespace {

using differential::Choices;

// Characters of the basic plane only: for RE2 '?' is a code point, for IAM a UTF-16 unit (?30).
std::string random_text(Choices& choices, std::span<const std::string_view> alphabet,
                        std::uint32_t length_max) {
    std::string text;
    const std::uint32_t length = choices.below(length_max + 1);
    for (std::uint32_t i = 0; i < length; ++i) text += choices.of(alphabet);
    return text;
}

std::string regular_expression(std::string_view pattern) {
    std::string expression = "(?s)";
    for (const char c : pattern) {
        if (c == '*')
            expression += ".*";
        else if (c == '?')
            expression += ".";
        else
            expression +=
                static_cast<unsigned char>(c) < 0x80 ? RE2::QuoteMeta(std::string(1, c)) : std::string(1, c);
    }
    return expression;
}

TEST(Glob, MatchesAsRe2Does) {
    constexpr auto pattern_alphabet =
        std::to_array<std::string_view>({"a", "b", "a", "ab", "*", "*", "?", "é", "/", ".", "$", "{", "\n"});
    constexpr auto text_alphabet =
        std::to_array<std::string_view>({"a", "b", "a", "ab", "é", "/", "*", "?", ".", "$", "{", "\n"});
    const Context no_context;
    Choices choices(42);
    std::uint64_t matched = 0, total = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string pattern = random_text(choices, pattern_alphabet, 8);
        Arena arena(1024);
        std::vector<Token> tokens;
        tokenize(pattern, {.wildcards = true, .variables = false}, arena, tokens);
        const Glob glob = compile_glob(tokens, arena);
        const RE2 expression(regular_expression(pattern));
        ASSERT_TRUE(expression.ok()) << pattern;
        for (int j = 0; j < 10; ++j, ++total) {
            const std::string text = random_text(choices, text_alphabet, 8);
            const bool expected = RE2::FullMatch(text, expression);
            ASSERT_EQ(matches(glob, text, no_context), expected) << pattern << " on " << text;
            matched += expected;
        }
    }
    EXPECT_GT(matched, total / 50);  // Both answers must occur, or the comparison says nothing.
}

}  // namespace
}  // namespace writ::engine
