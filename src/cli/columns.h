#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal.h"

namespace writ::cli {

/// Width that everything we print for people keeps to.
inline constexpr std::size_t line_columns_max = 100;

struct Cell {
    std::string text;
    Tone tone = Tone::plain;
};

/// Rows of cells in aligned columns. The last column is broken at blanks and continues below itself, so that
/// no line is longer than line_columns_max where its words allow it.
class Columns {
  public:
    /// Every line begins with `indent` blanks; two blanks part the columns. A cell of more than
    /// `cell_columns_max` does not widen its column: what follows it goes to the next line.
    explicit Columns(std::size_t indent = 0, std::size_t cell_columns_max = 66)
        : indent_(indent), cell_columns_max_(cell_columns_max) {}

    /// REQUIRES: at least one cell; rows may differ in length.
    void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
    [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }
    /// Every line with its end; no blanks before it.
    [[nodiscard]] std::string text(const Terminal& terminal) const;

  private:
    [[nodiscard]] std::vector<std::size_t> widths() const;
    [[nodiscard]] std::string row_text(const std::vector<Cell>& row, const std::vector<std::size_t>& widths,
                                       const Terminal& terminal) const;

    std::size_t indent_, cell_columns_max_;
    std::vector<std::vector<Cell>> rows_;
};

/// Breaks a text at blanks into lines of at most `columns`; longer words behind one of their slashes and
/// colons, as ARNs have, else behind a hyphen; those without stay whole. At least one line.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t columns);

/// The text with `indent` blanks before each line, broken at line_columns_max, the last line with its end.
[[nodiscard]] std::string paragraph(std::string_view text, std::size_t indent, const Terminal& terminal,
                                    Tone tone = Tone::plain);

/// What a terminal needs for the text: one column a Unicode scalar.
[[nodiscard]] std::size_t columns_of(std::string_view text) noexcept;

/// "a, b, c"
[[nodiscard]] std::string join(const std::vector<std::string>& items, std::string_view between = ", ");

}  // namespace writ::cli
