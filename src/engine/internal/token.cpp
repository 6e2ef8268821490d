#include "engine/internal/token.h"

#include "engine/internal/hash.h"

namespace writ::engine {
namespace {

class Tokenizer {
  public:
    Tokenizer(std::string_view text, TokenRules rules, Arena& arena, std::vector<Token>& tokens)
        : text_(text), rules_(rules), arena_(arena), tokens_(tokens), first_(tokens.size()) {}

    void run() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (rules_.wildcards && (c == '*' || c == '?')) {
                take_wildcard(c);
            } else if (!(rules_.variables && c == '$' && take_variable())) {
                ++at_;
            }
        }
        flush_literal(at_);
    }

  private:
    void flush_literal(std::size_t end) {
        if (end > literal_begin_) {
            tokens_.push_back(
                {Token::Kind::literal, false, text_.substr(literal_begin_, end - literal_begin_), {}});
        }
    }
    void resume_at(std::size_t next) { at_ = literal_begin_ = next; }

    void take_wildcard(char c) {
        flush_literal(at_);
        const bool repeated = c == '*' && tokens_.size() > first_ && tokens_.back().kind == Token::Kind::any;
        if (!repeated) tokens_.push_back({c == '*' ? Token::Kind::any : Token::Kind::one, false, {}, {}});
        resume_at(at_ + 1);
    }

    // At a '$'. False when no complete variable begins here: the '$' is then an ordinary character.
    bool take_variable() {
        const std::string_view rest = text_.substr(at_);
        if (!rest.starts_with("${")) return false;
        const std::size_t end = rest.find('}');
        if (end == std::string_view::npos || end == 2) return false;
        flush_literal(at_);
        const std::string_view inside = rest.substr(2, end - 2);
        if (inside == "*" || inside == "?" || inside == "$") {
            tokens_.push_back({Token::Kind::literal, false, inside, {}});
        } else {
            push_variable_or_default(inside);
        }
        resume_at(at_ + end + 1);
        return true;
    }

    // "key" or "key, 'default'": a comma, perhaps blanks, single quotes. Any other text behind the comma
    // makes a key that no request has.
    void push_variable_or_default(std::string_view inside) {
        const std::size_t comma = inside.find(',');
        const std::size_t open =
            comma == std::string_view::npos ? comma : inside.find_first_not_of(' ', comma + 1);
        const bool quoted = open != std::string_view::npos && open + 1 < inside.size() &&
                            inside[open] == '\'' && inside.back() == '\'';
        if (quoted) {
            push_variable(inside.substr(0, comma), true, inside.substr(open + 1, inside.size() - open - 2));
        } else {
            push_variable(inside, false, {});
        }
    }

    void push_variable(std::string_view key, bool has_default, std::string_view text) {
        const std::string_view folded = arena_.keep_folded(key);
        tokens_.push_back({Token::Kind::variable, has_default, text, {hash_text(folded), folded}});
    }

    std::string_view text_;
    TokenRules rules_;
    Arena& arena_;
    std::vector<Token>& tokens_;
    std::size_t first_;
    std::size_t at_ = 0;
    std::size_t literal_begin_ = 0;
};

}  // namespace

void tokenize(std::string_view text, TokenRules rules, Arena& arena, std::vector<Token>& tokens) {
    Tokenizer(text, rules, arena, tokens).run();
}

std::optional<std::string_view> resolve(const Token& token, const Context& context) noexcept {
    if (token.kind == Token::Kind::literal) return token.text;
    const ContextEntry* entry = context.find(token.key);
    if (entry == nullptr) return token.has_default ? std::optional(token.text) : std::nullopt;
    if (entry->multivalued || entry->values.empty()) return std::nullopt;
    return entry->values.front();
}

bool has_unresolved(std::span<const Token> tokens, const Context& context) noexcept {
    return std::ranges::any_of(tokens, [&](const Token& token) {
        return token.kind == Token::Kind::variable && !resolve(token, context);
    });
}

std::optional<std::string_view> TokenRange::piece(std::size_t index, const Context& context) const noexcept {
    auto text = resolve(tokens[index], context);
    if (!text) return text;
    if (index + 1 == tokens.size() && end_offset != whole) *text = text->substr(0, end_offset);
    if (index == 0) text->remove_prefix(std::min(begin_offset, text->size()));
    return text;
}

}  // namespace writ::engine
