#include "cli/source_lines.h"

#include <algorithm>
#include <fmt/core.h>

#include "base/text.h"
#include "cli/columns.h"

namespace writ::cli {
namespace {

constexpr std::size_t gutter_columns = 8;
constexpr std::size_t code_columns_max = line_columns_max - gutter_columns;
constexpr std::size_t columns_before_span = 24;

// A part of a line that fits, and where the span lies in it, in columns from 0.
struct Window {
    std::string text;
    std::size_t begin = 0;
    std::size_t length = 1;
};

std::string_view scalars(std::string_view text, std::size_t from, std::size_t count) {
    const auto skip = [&](std::size_t at, std::size_t number) {
        while (at < text.size() && number > 0) {
            ++at;
            while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
            --number;
        }
        return at;
    };
    const std::size_t begin = skip(0, from);
    return text.substr(begin, skip(begin, count) - begin);
}

Window window_of(std::string_view raw, const policy::Span& span) {
    const std::string line = printable(raw);
    const std::size_t width = columns_of(line);
    Window window;
    window.begin = std::min<std::size_t>(span.begin.column - 1, width);
    const std::size_t end = span.end.line == span.begin.line ? span.end.column - 1 : width;
    window.length = std::max<std::size_t>(1, std::min(end, width) - std::min(window.begin, end));
    if (width <= code_columns_max) {
        window.text = line;
        return window;
    }
    const std::size_t cut = window.begin > columns_before_span ? window.begin - columns_before_span : 0;
    window.begin -= cut;
    window.text = scalars(line, cut, code_columns_max);
    if (cut > 0) window.text = "…" + std::string(scalars(window.text, 1, code_columns_max));
    if (cut + code_columns_max < width)
        window.text = std::string(scalars(window.text, 0, code_columns_max - 1)) + "…";
    window.length = std::min(window.length, code_columns_max - window.begin);
    return window;
}

}  // namespace

SourceLines::SourceLines(std::string_view text) {
    while (true) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines_.push_back(line);
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
    }
}

std::string_view SourceLines::line(std::uint32_t number) const noexcept {
    return number >= 1 && number <= lines_.size() ? lines_[number - 1] : std::string_view{};
}

std::string printable(std::string_view text) {
    const bool valid = count_scalars(text).has_value();
    std::string out(text);
    for (char& c : out) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) c = ' ';
        if (byte >= 0x80 && !valid) c = '?';
    }
    return out;
}

std::string gutter(std::uint32_t line_number) {
    return fmt::format("{:>5} | ", line_number);
}

std::string_view blank_gutter() noexcept {
    return "      | ";
}

std::string underlined(const SourceLines& source, const policy::Span& span, const Terminal& terminal,
                       Tone tone) {
    const Window window = window_of(source.line(span.begin.line), span);
    const std::string underline = "^" + std::string(window.length - 1, '~');
    std::string out = terminal.paint(Tone::faint, gutter(span.begin.line)) + window.text + "\n";
    out += terminal.paint(Tone::faint, blank_gutter()) + std::string(window.begin, ' ') +
           terminal.paint(tone, underline) + "\n";
    return out;
}

}  // namespace writ::cli
