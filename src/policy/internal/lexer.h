#pragma once

#include <cstdint>
#include <string_view>

#include "policy/document.h"

namespace writ::policy::internal {

enum class TokenKind : std::uint8_t {
    begin_object,
    end_object,
    begin_array,
    end_array,
    colon,
    comma,
    string,
    number,
    boolean,
    null,
    end,
    bad,
};

/// Why a token is `bad`.
enum class LexicalDefect : std::uint8_t {
    none,
    unexpected_character,
    byte_order_mark,
    single_quote,
    comment,
    word,
    number,
    unterminated_string,
    control_character,
    escape,
    lone_surrogate,
    invalid_utf8,
    character_out_of_range,
};

struct Token {
    TokenKind kind = TokenKind::end;
    LexicalDefect defect = LexicalDefect::none;
    bool escaped = false;   ///< A string with backslashes: decode() tells what it says.
    std::string_view text;  ///< A string without its quotes; a number or word as written.
    Span span;              ///< Of the token; of the offending character when bad.
};

/// Cuts RFC 8259 JSON over the characters of spec G1 into tokens and counts lines and columns on the way.
/// Accepts any bytes; a NUL is a character like any other. After an `end` or `bad` token advance() must not
/// be called again. Allocates nothing.
class Lexer {
  public:
    /// REQUIRES: `text` is shorter than 4 GiB and outlives the lexer and its tokens.
    explicit Lexer(std::string_view text) noexcept
        : begin_(text.data()), next_(text.data()), end_(text.data() + text.size()) {}

    void advance() noexcept;
    [[nodiscard]] const Token& token() const noexcept { return token_; }

  private:
    [[nodiscard]] Position position(const char* at) const noexcept {
        const auto byte = static_cast<std::uint32_t>(at - begin_);
        return {byte, line_, byte - column_origin_ + 1};
    }
    void skip_white_space() noexcept;
    void punctuation(TokenKind kind) noexcept;
    void word() noexcept;
    void number() noexcept;
    void string() noexcept;
    bool escape(const char*& at) noexcept;
    bool character(const char*& at) noexcept;
    void unexpected() noexcept;
    bool bad(LexicalDefect defect, const char* from, const char* to) noexcept;

    const char* begin_;
    const char* next_;
    const char* end_;
    std::uint32_t line_ = 1;
    // Byte at which the line begins, plus the continuation bytes met on it: columns count scalars.
    std::uint32_t column_origin_ = 0;
    Token token_;
};

/// Writes what the string token says to `out`, which has room for `token.text.size()` bytes: escapes never
/// grow. Returns the number of bytes written.
std::size_t decode(const Token& token, char* out) noexcept;

/// What to do about it, for people.
[[nodiscard]] std::string_view hint(LexicalDefect defect) noexcept;

/// True when the text is one JSON value, whatever it says. Recursion-free.
[[nodiscard]] bool is_json(std::string_view text);

}  // namespace writ::policy::internal
