#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/server_settings.h"
#include "server/data_transfer.h"

namespace writ::cli {
namespace {

struct RestoreWords {
    server::ConfigurationSources sources;
    std::string folder;
};

int run(const RestoreWords& words) {
    const auto loaded = server::load_configuration(words.sources);
    if (!loaded) {
        complain("restore: " + told(loaded.error()));
        return exit_wrong;
    }
    const auto records = server::restore(words.folder, loaded->configuration);
    if (!records) {
        complain("restore: " + told(records.error()));
        return exit_failed;
    }
    fmt::print("Restored {} records and the keys from {}.\n", *records, words.folder);
    return exit_yes;
}

}  // namespace

void add_restore_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand(
        "restore", "Bring the records and keys of a backup to a data directory or database that has none");
    auto words = std::make_shared<RestoreWords>();
    command->add_option("DIRECTORY", words->folder, "What `writ backup` wrote")->required();
    add_setting_options(*command, words->sources,
                        [](std::string_view key) { return key == "data" || key == "database"; });
    command->callback([&exit_code, words] { exit_code = run(*words); });
}

}  // namespace writ::cli
