#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal.h"
#include "policy/document.h"

namespace writ::cli {

/// The lines of a source text, to be shown to people. Views into the text, which must outlive it.
class SourceLines {
  public:
    explicit SourceLines(std::string_view text);

    [[nodiscard]] std::uint32_t count() const noexcept { return static_cast<std::uint32_t>(lines_.size()); }
    /// From 1 on, without the line's end; empty for a number that does not exist.
    [[nodiscard]] std::string_view line(std::uint32_t number) const noexcept;

  private:
    std::vector<std::string_view> lines_;
};

/// Bytes as a terminal can show them: control characters become blanks (a tab one, so that columns stay),
/// and a text that is no UTF-8 loses what is not ASCII.
[[nodiscard]] std::string printable(std::string_view text);

/// The line where the span begins, with its number, and below it a caret and an underline to the end of the
/// span or of the line:
///
///      6 |       "Action": "s3GetObject",
///        |                 ^~~~~~~~~~~~~
///
/// A line that is too long is shown from some characters before the span on.
[[nodiscard]] std::string underlined(const SourceLines& source, const policy::Span& span,
                                     const Terminal& terminal, Tone tone);

/// The gutter of a line of source: "    6 | ".
[[nodiscard]] std::string gutter(std::uint32_t line_number);
/// The gutter without a number, as wide.
[[nodiscard]] std::string_view blank_gutter() noexcept;

}  // namespace writ::cli
