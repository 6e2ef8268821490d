#pragma once

#include <cstdint>

namespace CLI {
class App;
}

namespace writ::cli {

enum class Output : std::uint8_t { text, json };

/// Adds `--output text|json`, which every command that prints for people has. `output` keeps its value as
/// the default and must outlive the parse.
void add_output_option(CLI::App& command, Output& output);

}  // namespace writ::cli
