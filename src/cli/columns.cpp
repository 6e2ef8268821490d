#include "cli/columns.h"

#include <algorithm>

namespace writ::cli {
namespace {

constexpr std::size_t gap = 2;

std::vector<std::size_t> widths_of(const std::vector<std::vector<Cell>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        // The last cell of a row pushes nothing away.
        for (std::size_t i = 0; i + 1 < row.size(); ++i)
            widths[i] = std::max(widths[i], columns_of(row[i].text));
    }
    return widths;
}

}  // namespace

std::size_t columns_of(std::string_view text) noexcept {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines(1);
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        std::string& line = lines.back();
        if (line.empty())
            line = word;
        else if (columns_of(line) + 1 + columns_of(word) <= columns)
            line.append(" ").append(word);
        else
            lines.emplace_back(word);
    }
    return lines;
}

std::string Columns::text(const Terminal& terminal) const {
    const auto widths = widths_of(rows_);
    std::string out;
    for (const auto& row : rows_) {
        std::string line(indent_, ' ');
        std::size_t begin = indent_;
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            line += terminal.paint(row[i].tone, row[i].text);
            line.append(widths[i] + gap - columns_of(row[i].text), ' ');
            begin += widths[i] + gap;
        }
        const std::size_t room = begin + 20 < line_columns_max ? line_columns_max - begin : 20;
        for (const std::string& part : wrap(row.back().text, room)) {
            line += terminal.paint(row.back().tone, part);
            line.erase(line.find_last_not_of(' ') + 1);
            out.append(line).append("\n");
            line.assign(begin, ' ');
        }
    }
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
