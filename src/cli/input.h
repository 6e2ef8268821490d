#pragma once

#include <expected>
#include <string>

#include "base/result.h"

namespace writ::cli {

/// A file that a command was given: its whole text, and how messages call it.
struct Input {
    std::string name;
    std::string text;
};

/// Reads the file, or standard input for "-". The error is a complete message without "writ:".
[[nodiscard]] std::expected<Input, std::string> read_input(const std::string& path);

/// Prints "writ: MESSAGE" on standard error.
void complain(const std::string& message);
/// What an error tells whoever started the program: its message, and what went wrong inside.
[[nodiscard]] std::string told(const Error& error);

}  // namespace writ::cli
