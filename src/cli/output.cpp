#include "cli/output.h"

#include <CLI/CLI.hpp>
#include <string>

namespace writ::cli {

void add_output_option(CLI::App& command, Output& output) {
    const CLI::Validator known(
        [](const std::string& format) {
            return format == "text" || format == "json" ? std::string{}
                                                        : "must be text or json, not " + format;
        },
        "");
    command
        .add_option_function<std::string>(
            "--output",
            [&output](const std::string& format) { output = format == "json" ? Output::json : Output::text; },
            "Print for people (text, the default) or for programs (json)")
        ->check(known)
        ->type_name("FORMAT");
}

}  // namespace writ::cli
