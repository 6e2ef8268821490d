// The glob matcher of the engine, variables included, answers as a matcher does that tries everything.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "choices.h"
#include "engine/internal/glob.h"

namespace {

using namespace writ::engine;
using writ::differential::Choices;

// Private characters stand for the wildcards and for a variable without a value in what is matched naively.
constexpr char16_t star = u'\uE000', question_mark = u'\uE001', no_value = u'\uE002';

// A piece of a pattern, and the UTF-16 units it stands for (M1, M2, X1, X5, ?30).
struct Symbol {
    std::string_view text;
    std::u16string_view units;
};
constexpr auto pattern_symbols = std::to_array<Symbol>({
    {"a", u"a"},
    {"b", u"b"},
    {"ab", u"ab"},
    {"é", u"é"},
    {"😀", u"😀"},
    {"/", u"/"},
    {"*", u"\uE000"},
    {"*", u"\uE000"},
    {"?", u"\uE001"},
    {"${*}", u"*"},
    {"${?}", u"?"},
    {"${$}", u"$"},
    {"${k}", u"a😀*"},
    {"${K, 'z'}", u"a😀*"},
    {"${missing, 'a*'}", u"a*"},
    {"${empty}", u""},
    {"${missing}", u"\uE002"},
    {"${list}", u"\uE002"},
    {"${}", u"${}"},
    {"}", u"}"},
});
constexpr auto text_symbols = std::to_array<Symbol>({
    {"a", u"a"},
    {"b", u"b"},
    {"ab", u"ab"},
    {"é", u"é"},
    {"😀", u"😀"},
    {"/", u"/"},
    {"*", u"*"},
    {"?", u"?"},
    {"$", u"$"},
    {"a😀*", u"a😀*"},
    {"${}", u"${}"},
    {"}", u"}"},
});

struct Chosen {
    std::string text;
    std::u16string units;
};
Chosen choose(Choices& choices, std::span<const Symbol> symbols) {
    Chosen chosen;
    const std::uint32_t count = choices.below(10);
    for (std::uint32_t i = 0; i < count; ++i) {
        const Symbol& symbol = choices.of(symbols);
        chosen.text += symbol.text;
        chosen.units += symbol.units;
    }
    return chosen;
}

bool matches_naively(std::u16string_view pattern, std::u16string_view text) {
    // Behind how many units of the text the part of the pattern that was read may end.
    std::vector<bool> ends(text.size() + 1);
    ends[0] = true;
    for (const char16_t unit : pattern) {
        std::vector<bool> next(text.size() + 1);
        next[0] = unit == star && ends[0];
        for (std::size_t i = 1; i <= text.size(); ++i) {
            next[i] = unit == star ? ends[i] || next[i - 1]
                                   : ends[i - 1] && (unit == question_mark || unit == text[i - 1]);
        }
        ends = std::move(next);
    }
    return ends.back();
}

Context make_context() {
    Context context;
    context.set("k", "a😀*");
    context.set("empty", "");
    context.set_list("list", std::vector<std::string>{"a"});
    return context;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Context context = make_context();
    Choices choices(std::span(data, size));
    const Chosen pattern = choose(choices, pattern_symbols), text = choose(choices, text_symbols);
    Arena arena(256);
    std::vector<Token> tokens;
    tokenize(pattern.text, {.wildcards = true, .variables = true}, arena, tokens);
    const bool expected =
        pattern.units.find(no_value) == std::u16string::npos && matches_naively(pattern.units, text.units);
    if (matches(compile_glob(tokens, arena), text.text, context) != expected) std::abort();
    return 0;
}
