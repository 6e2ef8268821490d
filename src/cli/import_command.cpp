#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>
#include <string>
#include <utility>

#include "base/random.h"
#include "base/time.h"
#include "cli/account_json.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/root_key.h"
#include "cli/server_settings.h"
#include "server/account_transfer.h"

namespace writ::cli {
namespace {

struct ImportWords {
    server::ConfigurationSources sources;
    std::string file;
};

int refuse(const std::string& message, int exit_code) {
    complain("import: " + message);
    return exit_code;
}

int run(const ImportWords& words) {
    const auto loaded = server::load_configuration(words.sources);
    if (!loaded) return refuse(told(loaded.error()), exit_wrong);
    auto input = read_input(words.file);
    if (!input) return refuse(input.error(), exit_wrong);
    const auto details = read_account(std::move(input->text));
    if (!details) return refuse(input->name + ": " + details.error(), exit_wrong);
    const SystemClock clock;
    SystemRandom random;
    const auto imported =
        server::import_account(loaded->configuration, *details, print_root_key, clock, random);
    if (!imported) {
        return refuse(told(imported.error()), imported.error().http_status < 500 ? exit_wrong : exit_failed);
    }
    fmt::print("Imported {} users, {} groups, {} roles and {} policies into the account {}.\n",
               details->users.size(), details->groups.size(), details->roles.size(), details->policies.size(),
               loaded->configuration.account_id);
    return exit_yes;
}

}  // namespace

void add_import_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand(
        "import", "Rebuild an AWS account from what `aws iam get-account-authorization-details` prints");
    auto words = std::make_shared<ImportWords>();
    command->add_option("FILE", words->file, "The JSON; - reads standard input")->required();
    add_setting_options(*command, words->sources, [](std::string_view key) {
        return key == "data" || key == "database" || key == "account_id" || key == "region" ||
               key == "quotas";
    });
    command->callback([&exit_code, words] { exit_code = run(*words); });
}

}  // namespace writ::cli
