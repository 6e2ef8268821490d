#include "gateway/services/partiql_tokens.h"

#include <algorithm>

namespace writ::gateway::internal {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

/// Size of the text in quotes at the beginning, or nothing when it has no end. A quote doubled is one quote.
std::optional<std::size_t> read_quoted(std::string_view text, std::string& value) {
    const char quote = text.front();
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == quote) {
            if (i + 1 == text.size() || text[i + 1] != quote) return i + 1;
            ++i;
        }
        value += text[i];
    }
    return std::nullopt;
}

std::size_t run(std::string_view text, auto belongs) {
    return static_cast<std::size_t>(std::ranges::find_if_not(text, belongs) - text.begin());
}

}  // namespace

std::optional<std::vector<PartiqlToken>> partiql_tokens(std::string_view text) {
    using enum PartiqlToken::Kind;
    std::vector<PartiqlToken> found;
    while (true) {
        text = trimmed(text);
        if (text.empty()) return found;
        if (text.starts_with("--") || text.starts_with("/*")) return std::nullopt;
        PartiqlToken token;
        std::size_t size = 1;
        if (text.front() == '"' || text.front() == '\'') {
            token.kind = text.front() == '"' ? quoted : string;
            const auto end = read_quoted(text, token.text);
            if (!end) return std::nullopt;
            size = *end;
        } else if (is_letter(text.front())) {
            token.kind = word;
            size = run(text, [](char c) { return is_letter(c) || is_digit(c); });
        } else if (is_digit(text.front()) || (text.front() == '-' && text.size() > 1 && is_digit(text[1]))) {
            token.kind = number;
            size = 1 + run(text.substr(1),
                           [](char c) { return is_digit(c) || c == '.' || c == 'e' || c == 'E'; });
        } else if (!std::string_view("(){}[],.:=<>!?*+-").contains(text.front())) {
            return std::nullopt;
        }
        if (token.kind != quoted && token.kind != string) token.text = text.substr(0, size);
        text.remove_prefix(size);
        found.push_back(std::move(token));
    }
}

}  // namespace writ::gateway::internal
