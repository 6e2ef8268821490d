#include "gateway/services/dynamodb_expressions.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace writ::gateway::internal {
namespace {

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Words with the '#' or ':' before them; every other byte alone. Blanks are left out.
std::vector<std::string_view> tokens(std::string_view text) {
    constexpr std::size_t usual_tokens = 16;
    std::vector<std::string_view> found;
    found.reserve(usual_tokens);
    while (!text.empty()) {
        std::size_t size = text.front() == '#' || text.front() == ':' || is_word(text.front()) ? 1 : 0;
        if (size != 0) {
            while (size < text.size() && is_word(text[size])) ++size;
        }
        if (size != 0 || !is_blank(text.front()))
            found.push_back(text.substr(0, std::max<std::size_t>(size, 1)));
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return found;
}

bool is_keyword(std::string_view word) {
    static constexpr auto keywords = std::to_array<std::string_view>(
        {"and", "or", "not", "between", "in", "set", "remove", "add", "delete"});
    return std::ranges::any_of(keywords, [&](std::string_view keyword) {
        return keyword.size() == word.size() && equals_ignoring_case(keyword, word);
    });
}

bool is_name(std::string_view token) {
    const char first = token.front();
    return first == '#' || (is_word(first) && !(first >= '0' && first <= '9') && !is_keyword(token));
}

std::optional<std::string> attribute(std::string_view token, const NameOf& name_of) {
    return token.front() == '#' ? name_of(token) : std::optional<std::string>(token);
}

}  // namespace

std::optional<std::vector<std::string>> attributes_of_expression(std::string_view expression,
                                                                 const NameOf& name_of) {
    std::vector<std::string> found;
    const auto all = tokens(expression);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool nested = i > 0 && all[i - 1] == ".";
        const bool function = i + 1 < all.size() && all[i + 1] == "(" && all[i].front() != '#';
        if (!is_name(all[i]) || nested || function) continue;
        auto name = attribute(all[i], name_of);
        if (!name) return std::nullopt;
        if (std::ranges::find(found, *name) == found.end()) found.push_back(std::move(*name));
    }
    return found;
}

std::optional<std::vector<KeyEquality>> key_equalities(std::string_view expression, const NameOf& name_of) {
    std::vector<KeyEquality> found;
    const auto all = tokens(expression);
    for (std::size_t i = 1; i + 1 < all.size(); ++i) {
        const bool inequality = all[i - 1] == "<" || all[i - 1] == ">";
        if (all[i] != "=" || inequality) continue;
        const bool value_first = all[i - 1].front() == ':';
        const auto name = value_first ? all[i + 1] : all[i - 1];
        const auto value = value_first ? all[i - 1] : all[i + 1];
        if (!is_name(name) || value.front() != ':') return std::nullopt;
        auto resolved = attribute(name, name_of);
        if (!resolved) return std::nullopt;
        found.push_back({std::move(*resolved), std::string(value)});
    }
    return found;
}

}  // namespace writ::gateway::internal
