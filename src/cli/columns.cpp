#include "cli/columns.h"

#include <algorithm>

namespace writ::cli {
namespace {

constexpr std::size_t gap = 2;

// How much of a word that is too long goes on this line: to behind a slash or colon, else behind a hyphen.
std::size_t part_of_word(std::string_view word, std::size_t columns) {
    if (columns_of(word) <= columns) return word.size();
    auto last = word.substr(0, columns).find_last_of("/:");
    if (last == std::string_view::npos) last = word.substr(0, columns).rfind('-');
    return last == std::string_view::npos ? word.size() : last + 1;
}

}  // namespace

std::size_t columns_of(std::string_view text) noexcept {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines(1);
    bool inside_word = false;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, std::min(text.find(' '), text.size()));
        const std::string_view part = word.substr(0, part_of_word(word, columns));
        text.remove_prefix(part.size());
        std::string& line = lines.back();
        if (line.empty())
            line = part;
        else if (!inside_word && columns_of(line) + 1 + columns_of(part) <= columns)
            line.append(" ").append(part);
        else
            lines.emplace_back(part);
        inside_word = part.size() < word.size();
        if (!inside_word && !text.empty()) text.remove_prefix(1);
    }
    return lines;
}

std::vector<std::size_t> Columns::widths() const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_) {
        widths.resize(std::max(widths.size(), row.size()));
        // The last cell of a row pushes nothing away.
        for (std::size_t i = 0; i + 1 < row.size(); ++i)
            if (const auto width = columns_of(row[i].text); width <= cell_columns_max_)
                widths[i] = std::max(widths[i], width);
    }
    return widths;
}

std::string Columns::row_text(const std::vector<Cell>& row, const std::vector<std::size_t>& widths,
                              const Terminal& terminal) const {
    std::string out;
    std::string line(indent_, ' ');
    std::size_t begin = indent_;
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
        const std::size_t width = columns_of(row[i].text);
        line += terminal.paint(row[i].tone, row[i].text);
        begin += widths[i] + gap;
        if (width > widths[i]) {
            out.append(line).append("\n");
            line.assign(begin, ' ');
        } else {
            line.append(widths[i] + gap - width, ' ');
        }
    }
    const std::size_t room = begin + 20 < line_columns_max ? line_columns_max - begin : 20;
    for (const std::string& part : wrap(row.back().text, room)) {
        line += terminal.paint(row.back().tone, part);
        line.erase(line.find_last_not_of(' ') + 1);
        out.append(line).append("\n");
        line.assign(begin, ' ');
    }
    return out;
}

std::string Columns::text(const Terminal& terminal) const {
    const auto columns = widths();
    std::string out;
    for (const auto& row : rows_) out += row_text(row, columns, terminal);
    return out;
}

std::string paragraph(std::string_view text, std::size_t indent, const Terminal& terminal, Tone tone) {
    std::string out;
    for (const std::string& line : wrap(text, line_columns_max - indent))
        out.append(indent, ' ').append(terminal.paint(tone, line)).append("\n");
    return out;
}

std::string join(const std::vector<std::string>& items, std::string_view between) {
    std::string out;
    for (const std::string& item : items) {
        if (&item != &items.front()) out += between;
        out += item;
    }
    return out;
}

}  // namespace writ::cli
