#include "policy/internal/lexer.h"

#include <array>
#include <bit>
#include <cstring>
#include <vector>

namespace writ::policy::internal {
namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool is_word(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_continuation(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Moves to the first byte that is a quote, a backslash, a control character or not ASCII; eight bytes at a
// time. In each mask the lowest set bit is exact, the ones above may be borrowed.
const char* skip_plain(const char* at, const char* end) noexcept {
    if constexpr (std::endian::native == std::endian::little) {
        constexpr std::uint64_t ones = 0x0101010101010101U;
        constexpr std::uint64_t highs = 0x8080808080808080U;
        while (end - at >= 8) {
            std::uint64_t bytes = 0;
            std::memcpy(&bytes, at, 8);
            const std::uint64_t quote = bytes ^ (ones * '"');
            const std::uint64_t backslash = bytes ^ (ones * '\\');
            const std::uint64_t special = (((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) |
                                           ((bytes - ones * 0x20) & ~bytes) | bytes) &
                                          highs;
            if (special != 0) return at + std::countr_zero(special) / 8;
            at += 8;
        }
    }
    while (at != end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20 &&
           static_cast<unsigned char>(*at) < 0x80)
        ++at;
    return at;
}

// The value of four hexadecimal digits, or -1.
int hex4(const char* at, const char* end) noexcept {
    if (end - at < 4) return -1;
    int value = 0;
    for (int i = 0; i < 4; ++i) {
        const char c = at[i];
        int digit = 0;
        if (is_digit(c))
            digit = c - '0';
        else if (c >= 'a' && c <= 'f')
            digit = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F')
            digit = c - 'A' + 10;
        else
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

bool is_high_surrogate(int unit) noexcept {
    return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(int unit) noexcept {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

// Bytes of the UTF-8 sequence at `at`, or 0 when it is none.
int utf8_length(const char* at, const char* end) noexcept {
    const auto lead = static_cast<unsigned char>(*at);
    const int length = lead < 0x80   ? 1
                       : lead < 0xC2 ? 0
                       : lead < 0xE0 ? 2
                       : lead < 0xF0 ? 3
                       : lead < 0xF5 ? 4
                                     : 0;
    if (length == 0 || end - at < length) return 0;
    for (int i = 1; i < length; ++i)
        if (!is_continuation(at[i])) return 0;
    if (length < 3) return length;
    const auto second = static_cast<unsigned char>(at[1]);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool beyond = (lead == 0xED && second >= 0xA0) || (lead == 0xF4 && second >= 0x90);
    return overlong || beyond ? 0 : length;
}

std::size_t put_utf8(std::uint32_t scalar, char* out) noexcept {
    if (scalar < 0x80) {
        out[0] = static_cast<char>(scalar);
        return 1;
    }
    if (scalar < 0x800) {
        out[0] = static_cast<char>(0xC0U | (scalar >> 6U));
        out[1] = static_cast<char>(0x80U | (scalar & 0x3FU));
        return 2;
    }
    if (scalar < 0x10000) {
        out[0] = static_cast<char>(0xE0U | (scalar >> 12U));
        out[1] = static_cast<char>(0x80U | ((scalar >> 6U) & 0x3FU));
        out[2] = static_cast<char>(0x80U | (scalar & 0x3FU));
        return 3;
    }
    out[0] = static_cast<char>(0xF0U | (scalar >> 18U));
    out[1] = static_cast<char>(0x80U | ((scalar >> 12U) & 0x3FU));
    out[2] = static_cast<char>(0x80U | ((scalar >> 6U) & 0x3FU));
    out[3] = static_cast<char>(0x80U | (scalar & 0x3FU));
    return 4;
}

char simple_escape(char c) noexcept {
    switch (c) {
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        default:
            return c;  // '"', '\\' and '/' stand for themselves.
    }
}

}  // namespace

void Lexer::skip_white_space() noexcept {
    for (; next_ != end_; ++next_) {
        if (*next_ == '\n') {
            ++line_;
            column_origin_ = static_cast<std::uint32_t>(next_ + 1 - begin_);
        } else if (*next_ != ' ' && *next_ != '\t' && *next_ != '\r') {
            return;
        }
    }
}

void Lexer::advance() noexcept {
    skip_white_space();
    token_.span.begin = position(next_);
    if (next_ == end_) {
        token_.kind = TokenKind::end;
        token_.span.end = token_.span.begin;
        return;
    }
    switch (*next_) {
        case '{':
            return punctuation(TokenKind::begin_object);
        case '}':
            return punctuation(TokenKind::end_object);
        case '[':
            return punctuation(TokenKind::begin_array);
        case ']':
            return punctuation(TokenKind::end_array);
        case ':':
            return punctuation(TokenKind::colon);
        case ',':
            return punctuation(TokenKind::comma);
        case '"':
            return string();
        default:
            break;
    }
    if (is_digit(*next_) || *next_ == '-') return number();
    if (is_word(*next_)) return word();
    unexpected();
}

void Lexer::punctuation(TokenKind kind) noexcept {
    token_.kind = kind;
    token_.text = {next_, 1};
    ++next_;
    token_.span.end = position(next_);
}

void Lexer::word() noexcept {
    const char* at = next_;
    while (at != end_ && (is_word(*at) || is_digit(*at))) ++at;
    const std::string_view text(next_, static_cast<std::size_t>(at - next_));
    if (text == "true" || text == "false")
        token_.kind = TokenKind::boolean;
    else if (text == "null")
        token_.kind = TokenKind::null;
    else
        return void(bad(LexicalDefect::word, next_, at));
    token_.text = text;
    next_ = at;
    token_.span.end = position(at);
}

void Lexer::number() noexcept {
    const char* at = next_;
    const auto digits = [&] {
        const char* const first = at;
        while (at != end_ && is_digit(*at)) ++at;
        return at != first;
    };
    if (*at == '-') ++at;
    const char* const integer = at;
    bool good = digits() && (*integer != '0' || at - integer == 1);
    if (good && at != end_ && *at == '.') {
        ++at;
        good = digits();
    }
    if (good && at != end_ && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end_ && (*at == '+' || *at == '-')) ++at;
        good = digits();
    }
    if (!good || (at != end_ && (is_word(*at) || *at == '.')))
        return void(bad(LexicalDefect::number, next_, at == next_ ? at + 1 : at));
    token_.kind = TokenKind::number;
    token_.text = {next_, static_cast<std::size_t>(at - next_)};
    next_ = at;
    token_.span.end = position(at);
}

void Lexer::string() noexcept {
    const char* const content = next_ + 1;
    const char* at = content;
    bool escaped = false;
    for (;;) {
        at = skip_plain(at, end_);
        if (at == end_) return void(bad(LexicalDefect::unterminated_string, next_, next_ + 1));
        if (*at == '"') break;
        if (*at == '\\') {
            escaped = true;
            if (!escape(at)) return;
        } else if (static_cast<unsigned char>(*at) < 0x20) {
            return void(bad(LexicalDefect::control_character, at, at + 1));
        } else if (!character(at)) {
            return;
        }
    }
    token_.kind = TokenKind::string;
    token_.escaped = escaped;
    token_.text = {content, static_cast<std::size_t>(at - content)};
    next_ = at + 1;
    token_.span.end = position(next_);
}

// At a backslash. Moves behind the escape.
bool Lexer::escape(const char*& at) noexcept {
    const char* const start = at++;
    if (at == end_) return bad(LexicalDefect::unterminated_string, next_, next_ + 1);
    const char kind = *at++;
    if (kind != 'u') {
        constexpr std::string_view known = "\"\\/bfnrt";
        return known.contains(kind) || bad(LexicalDefect::escape, start, start + 1);
    }
    const int unit = hex4(at, end_);
    if (unit < 0) return bad(LexicalDefect::escape, start, start + 1);
    at += 4;
    if (is_low_surrogate(unit)) return bad(LexicalDefect::lone_surrogate, start, at);
    if (!is_high_surrogate(unit)) return true;
    const bool paired =
        end_ - at >= 6 && at[0] == '\\' && at[1] == 'u' && is_low_surrogate(hex4(at + 2, end_));
    if (!paired) return bad(LexicalDefect::lone_surrogate, start, at);
    at += 6;
    return true;
}

// At a byte that is not ASCII. Spec G1 ends at U+00FF.
bool Lexer::character(const char*& at) noexcept {
    const int length = utf8_length(at, end_);
    if (length == 0) return bad(LexicalDefect::invalid_utf8, at, at + 1);
    const bool in_range = static_cast<unsigned char>(*at) <= 0xC3;
    if (!in_range) return bad(LexicalDefect::character_out_of_range, at, at + length);
    at += length;
    column_origin_ += static_cast<std::uint32_t>(length - 1);
    return true;
}

void Lexer::unexpected() noexcept {
    const std::string_view rest(next_, static_cast<std::size_t>(end_ - next_));
    const int length = utf8_length(next_, end_);
    const auto defect = length == 0                        ? LexicalDefect::invalid_utf8
                        : rest.starts_with("\xEF\xBB\xBF") ? LexicalDefect::byte_order_mark
                        : rest.starts_with('\'')           ? LexicalDefect::single_quote
                        : rest.starts_with('/') || rest.starts_with('#')
                            ? LexicalDefect::comment
                            : LexicalDefect::unexpected_character;
    bad(defect, next_, next_ + (length == 0 ? 1 : length));
}

// Always false. A bad character is one column wide, however many bytes it has.
bool Lexer::bad(LexicalDefect defect, const char* from, const char* to) noexcept {
    token_.kind = TokenKind::bad;
    token_.defect = defect;
    token_.text = {from, static_cast<std::size_t>(to - from)};
    token_.span.begin = position(from);
    for (const char* at = from; at != to; ++at)
        if (is_continuation(*at)) ++column_origin_;
    token_.span.end = position(to);
    next_ = end_;
    return false;
}

std::size_t decode(const Token& token, char* out) noexcept {
    char* const first = out;
    const char* at = token.text.data();
    const char* const end = at + token.text.size();
    while (at != end) {
        if (*at != '\\') {
            *out++ = *at++;
            continue;
        }
        const char kind = at[1];
        at += 2;
        if (kind != 'u') {
            *out++ = simple_escape(kind);
            continue;
        }
        auto scalar = static_cast<std::uint32_t>(hex4(at, end));
        at += 4;
        if (is_high_surrogate(static_cast<int>(scalar))) {
            const auto low = static_cast<std::uint32_t>(hex4(at + 2, end));
            scalar = 0x10000 + ((scalar - 0xD800) << 10U) + (low - 0xDC00);
            at += 6;
        }
        out += put_utf8(scalar, out);
    }
    return static_cast<std::size_t>(out - first);
}

std::string_view hint(LexicalDefect defect) noexcept {
    switch (defect) {
        case LexicalDefect::none:
            break;
        case LexicalDefect::unexpected_character:
            return "This character has no meaning here in JSON. Remove it.";
        case LexicalDefect::byte_order_mark:
            return "The text begins with a byte order mark. Save it as UTF-8 without one.";
        case LexicalDefect::single_quote:
            return "JSON strings stand in double quotes. Replace the single quotes.";
        case LexicalDefect::comment:
            return "JSON has no comments. Remove it, or say it in Sid.";
        case LexicalDefect::word:
            return "Of bare words JSON knows true, false and null only. Put any other in double quotes.";
        case LexicalDefect::number:
            return "This is no JSON number: no leading zero or plus sign, digits on both sides of the point.";
        case LexicalDefect::unterminated_string:
            return "The string that begins here never ends. Add the closing double quote.";
        case LexicalDefect::control_character:
            return "Control characters and line ends may not stand inside of a string. Close the string on "
                   "its line, or write \\n, \\t or \\u00XX.";
        case LexicalDefect::escape:
            return "After a backslash JSON takes one of \" \\ / b f n r t, or u and four hexadecimal digits.";
        case LexicalDefect::lone_surrogate:
            return "Half of a surrogate pair is no character. Write both halves, or the character itself.";
        case LexicalDefect::invalid_utf8:
            return "This byte is no UTF-8. Save the policy as UTF-8.";
        case LexicalDefect::character_out_of_range:
            return "IAM accepts the characters up to U+00FF only. Write the others as \\uXXXX.";
    }
    return "";
}

bool is_json(std::string_view text) {
    std::vector<TokenKind> open;  // What closes each bracket that is open.
    Lexer lexer(text);
    lexer.advance();
    bool want_value = true;
    bool may_close = false;  // Directly behind an opening bracket.
    const auto take = [&](TokenKind kind) {
        if (lexer.token().kind != kind) return false;
        lexer.advance();
        return true;
    };
    for (;;) {
        const bool in_object = !open.empty() && open.back() == TokenKind::end_object;
        if (want_value) {
            if (may_close && take(open.back())) {
                open.pop_back();
                want_value = may_close = false;
                continue;
            }
            if (in_object && (!take(TokenKind::string) || !take(TokenKind::colon))) return false;
            const TokenKind kind = lexer.token().kind;
            may_close = kind == TokenKind::begin_object || kind == TokenKind::begin_array;
            if (may_close) {
                open.push_back(kind == TokenKind::begin_object ? TokenKind::end_object
                                                               : TokenKind::end_array);
            } else if (kind < TokenKind::string || kind > TokenKind::null) {
                return false;
            } else {
                want_value = false;
            }
            lexer.advance();
        } else if (open.empty()) {
            return lexer.token().kind == TokenKind::end;
        } else if (take(TokenKind::comma)) {
            want_value = true;
        } else if (take(open.back())) {
            open.pop_back();
        } else {
            return false;
        }
    }
}

}  // namespace writ::policy::internal
