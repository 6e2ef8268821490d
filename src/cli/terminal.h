#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace writ::cli {

/// How a piece of text is meant; the terminal decides how it looks.
enum class Tone : std::uint8_t { plain, strong, faint, good, bad, note };

/// Colours text for one output stream: only when the stream is a terminal, NO_COLOR is unset or empty and
/// TERM is not "dumb".
class Terminal {
  public:
    explicit Terminal(std::FILE* stream);
    /// With colours or without, whatever the stream.
    static Terminal with_colour(bool colour) { return Terminal(colour); }

    [[nodiscard]] bool colour() const noexcept { return colour_; }
    /// The text between the escape sequences of its tone, or just the text.
    [[nodiscard]] std::string paint(Tone tone, std::string_view text) const;

  private:
    explicit Terminal(bool colour) : colour_(colour) {}
    bool colour_ = false;
};

}  // namespace writ::cli
