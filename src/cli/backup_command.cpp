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

struct BackupWords {
    server::ConfigurationSources sources;
    std::string folder;
};

int run(const BackupWords& words) {
    const auto loaded = server::load_configuration(words.sources);
    if (!loaded) {
        complain("backup: " + told(loaded.error()));
        return exit_wrong;
    }
    const auto records = server::back_up(loaded->configuration, words.folder);
    if (!records) {
        complain("backup: " + told(records.error()));
        return exit_failed;
    }
    fmt::print("Wrote {} records and the keys to {}. `writ serve --data {}` serves them as they are.\n",
               *records, words.folder, words.folder);
    return exit_yes;
}

}  // namespace

void add_backup_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand(
        "backup", "Write all records and keys to a new data directory; also beside a server");
    auto words = std::make_shared<BackupWords>();
    command->add_option("DIRECTORY", words->folder, "A directory that is new or empty")->required();
    add_setting_options(*command, words->sources,
                        [](std::string_view key) { return key == "data" || key == "database"; });
    command->callback([&exit_code, words] { exit_code = run(*words); });
}

}  // namespace writ::cli
