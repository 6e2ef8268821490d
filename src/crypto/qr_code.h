#pragma once

#include <string>
#include <string_view>

namespace writ::crypto {

/// The QR code of a text as the bytes of a PNG picture: black on white, with the quiet zone of the standard.
/// Nothing of the text is kept. Empty when the text is longer than a QR code can hold (about 2,300 bytes).
[[nodiscard]] std::string qr_code_png(std::string_view text);

/// The same for a terminal: lines of UTF-8 block characters, two rows of modules a line. What is light is
/// drawn and what is dark is left out, since most terminals are dark.
[[nodiscard]] std::string qr_code_lines(std::string_view text);

}  // namespace writ::crypto
