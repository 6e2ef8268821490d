#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"

namespace writ::cli {

void add_version_command(CLI::App& parent, int& exit_code, std::string_view version) {
    auto* command = parent.add_subcommand("version", "Print the version of this program");
    auto output = std::make_shared<Output>(Output::text);
    add_output_option(*command, *output);
    command->callback([&exit_code, output, version = std::string(version)] {
        if (*output == Output::json)
            fmt::print("{{\"version\":\"{}\"}}\n", version);
        else
            fmt::print("writ {}\n", version);
        exit_code = exit_yes;
    });
}

}  // namespace writ::cli
