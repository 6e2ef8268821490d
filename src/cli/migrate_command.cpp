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

struct MigrateWords {
    server::ConfigurationSources sources;
    std::string target;
};

int refuse(const std::string& message, int exit_code) {
    complain("migrate: " + message);
    return exit_code;
}

int run(const MigrateWords& words) {
    const auto loaded = server::load_configuration(words.sources);
    if (!loaded) return refuse(told(loaded.error()), exit_wrong);
    const bool to_sqlite = words.target == "sqlite";
    if (!to_sqlite && !words.target.starts_with("postgresql://") &&
        !words.target.starts_with("postgres://")) {
        return refuse("--to must be sqlite or an address that begins with postgresql://", exit_wrong);
    }
    const auto records = server::migrate(loaded->configuration, to_sqlite ? std::string() : words.target);
    if (!records) return refuse(told(records.error()), exit_failed);
    fmt::print(
        "Copied {} records. Start the server {}; the old database stays as it is, and the keys where "
        "they are.\n",
        *records, to_sqlite ? "without --database" : "with that address as --database");
    return exit_yes;
}

}  // namespace

void add_migrate_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand(
        "migrate", "Copy all records to another database, from SQLite to PostgreSQL or back");
    auto words = std::make_shared<MigrateWords>();
    command->add_option("--to", words->target, "postgresql://… or sqlite; it must be empty")->required();
    add_setting_options(*command, words->sources,
                        [](std::string_view key) { return key == "data" || key == "database"; });
    command->callback([&exit_code, words] { exit_code = run(*words); });
}

}  // namespace writ::cli
