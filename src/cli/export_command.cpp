#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>

#include "base/random.h"
#include "base/time.h"
#include "cli/account_json.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/server_settings.h"
#include "server/account_transfer.h"

namespace writ::cli {
namespace {

int run(const server::ConfigurationSources& sources) {
    const auto loaded = server::load_configuration(sources);
    if (!loaded) {
        complain("export: " + told(loaded.error()));
        return exit_wrong;
    }
    const SystemClock clock;
    SystemRandom random;
    const auto details = server::read_account(loaded->configuration, clock, random);
    if (!details) {
        complain("export: " + told(details.error()));
        return exit_failed;
    }
    fmt::print("{}", print_account(*details));
    return exit_yes;
}

}  // namespace

void add_export_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand(
        "export",
        "Print the account as `aws iam get-account-authorization-details` does; also beside a server");
    auto sources = std::make_shared<server::ConfigurationSources>();
    add_setting_options(*command, *sources, [](std::string_view key) {
        return key == "data" || key == "database" || key == "account_id" || key == "region";
    });
    command->callback([&exit_code, sources] { exit_code = run(*sources); });
}

}  // namespace writ::cli
