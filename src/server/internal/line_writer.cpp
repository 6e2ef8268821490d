#include "server/internal/line_writer.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"

namespace writ::server::internal {
namespace {

constexpr std::size_t value_bytes_max = 2'048;

constexpr bool is_plain(char c) noexcept {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
}
// Whether a byte of the eight is zero.
constexpr bool has_zero(std::uint64_t bytes) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101ULL;
    return ((bytes - each) & ~bytes & (each * 0x80)) != 0;
}

// is_plain of eight bytes at once: a line is some 400 long.
constexpr bool are_plain_8(std::uint64_t bytes) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101ULL;
    const std::uint64_t below_blank = (bytes - each * ' ') & ~bytes;
    const std::uint64_t above_tilde = bytes | (bytes + each * (0x7F - '~'));
    return ((below_blank | above_tilde) & (each * 0x80)) == 0 && !has_zero(bytes ^ (each * '"')) &&
           !has_zero(bytes ^ (each * '\\'));
}

bool all_plain(std::string_view text) noexcept {
    for (; text.size() >= 8; text.remove_prefix(8)) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, text.data(), sizeof bytes);
        if (!are_plain_8(bytes)) return false;
    }
    return std::ranges::all_of(text, is_plain);
}

// In text a value without these needs no quotes.
constexpr bool is_bare(char c) noexcept {
    return is_plain(c) && c != ' ' && c != '=';
}

void append_escaped(std::string& to, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
        to += '\\';
        to += c;
    } else if (c == '\n') {
        to += "\\n";
    } else {
        to += "\\u00";
        to += digits[byte >> 4U];
        to += digits[byte & 15U];
    }
}

}  // namespace

void Timestamps::append(std::string& to, Instant now) {
    const Instant second = std::chrono::floor<std::chrono::seconds>(now);
    if (second != second_) {
        second_ = second;
        text_ = format_iso8601(now);
        text_.back() = '.';
    }
    const auto millis = static_cast<unsigned>((now - second).count());
    to += text_;
    for (const unsigned digit : {millis / 100, millis / 10 % 10, millis % 10})
        to += static_cast<char>('0' + digit);
    to += 'Z';
}

void LineWriter::begin(Timestamps& timestamps, Instant now, std::string_view level, std::string_view event) {
    to_ += json_ ? R"({"time":")" : "";
    timestamps.append(to_, now);
    if (json_) to_ += '"';
    text("level", level);
    text("event", event);
}

void LineWriter::name(std::string_view name) {
    if (json_)
        to_.append(",\"").append(name).append("\":");
    else
        to_.append(" ").append(name).append("=");
}

void LineWriter::text(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    this->name(name);
    if (!json_ && std::ranges::all_of(value, is_bare))
        to_ += value;
    else
        quoted(value.substr(0, value_bytes_max));
}

void LineWriter::number(std::string_view name, std::uint64_t value) {
    this->name(name);
    std::array<char, 20> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    to_.append(digits.data(), written.ptr);
}

void LineWriter::quoted(std::string_view value) {
    to_ += '"';
    if (all_plain(value)) {  // Nearly always.
        to_.append(value) += '"';
        return;
    }
    // Letters beyond ASCII stay as they are, unless the bytes are no text at all.
    const bool ascii = std::ranges::all_of(value, [](char c) { return static_cast<signed char>(c) >= 0; });
    const bool wide = !ascii && count_scalars(value).has_value();
    while (!value.empty()) {
        const auto stop = std::ranges::find_if(
            value, [&](char c) { return !is_plain(c) && !(wide && static_cast<signed char>(c) < 0); });
        to_.append(value.begin(), stop);
        value.remove_prefix(static_cast<std::size_t>(stop - value.begin()));
        if (value.empty()) break;
        append_escaped(to_, value.front());
        value.remove_prefix(1);
    }
    to_ += '"';
}

}  // namespace writ::server::internal
