#include "policy/print.h"

#include "policy/internal/lexer.h"

namespace writ::policy {

using internal::Lexer;
using internal::Token;
using internal::TokenKind;

namespace {

// The token as it stands in the text; a string with its quotes.
std::string_view spelling(const Document& document, const Token& token) {
    const auto begin = token.span.begin.byte;
    return document.text().substr(begin, token.span.end.byte - begin);
}

bool opens(TokenKind kind) {
    return kind == TokenKind::begin_object || kind == TokenKind::begin_array;
}
bool closes(TokenKind kind) {
    return kind == TokenKind::end_object || kind == TokenKind::end_array;
}

}  // namespace

// The text is known to be good, so both printers only move white space.
std::string print_compact(const Document& document) {
    std::string out;
    out.reserve(document.text().size());
    Lexer lexer(document.text());
    for (lexer.advance(); lexer.token().kind != TokenKind::end; lexer.advance())
        out += spelling(document, lexer.token());
    return out;
}

std::string print_pretty(const Document& document, unsigned indent) {
    std::string out;
    out.reserve(document.text().size() * 2);
    std::size_t depth = 0;
    const auto new_line = [&] { out.append("\n").append(depth * indent, ' '); };
    TokenKind last = TokenKind::end;
    Lexer lexer(document.text());
    for (lexer.advance(); lexer.token().kind != TokenKind::end; lexer.advance()) {
        const TokenKind kind = lexer.token().kind;
        if (closes(kind)) {
            --depth;
            if (!opens(last)) new_line();
        } else if (opens(last) || last == TokenKind::comma) {
            new_line();
        }
        out += spelling(document, lexer.token());
        if (kind == TokenKind::colon) out += ' ';
        if (opens(kind)) ++depth;
        last = kind;
    }
    return out;
}

}  // namespace writ::policy
