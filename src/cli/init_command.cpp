#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "base/random.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/server_settings.h"
#include "crypto/one_time_code.h"
#include "crypto/qr_code.h"
#include "server/first_steps.h"

namespace writ::cli {
namespace {

constexpr int code_tries = 3;

/// A line from whoever sits at the terminal; nothing when there is nobody any more.
std::optional<std::string> ask(const std::string& question) {
    fmt::print("{} ", question);
    std::fflush(stdout);
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string::npos) return std::string();
    return line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
}

/// Yes when the line is empty.
std::optional<bool> ask_yes(const std::string& question) {
    for (;;) {
        const auto line = ask(question + " [Y/n]");
        if (!line) return std::nullopt;
        if (line->empty() || *line == "y" || *line == "Y" || *line == "yes") return true;
        if (*line == "n" || *line == "N" || *line == "no") return false;
        fmt::print("Please answer y or n.\n");
    }
}

void print_key(const char* whose, const directory::KeyPair& key) {
    fmt::print(
        "\nThe access key of {}. Its secret is printed this once and never again:\n\n"
        "export AWS_ACCESS_KEY_ID={}\nexport AWS_SECRET_ACCESS_KEY={}\n",
        whose, key.access_key_id, key.secret.reveal());
}

bool show_keys(const server::FirstSteps::MadeKeys& keys) {
    if (keys.administrator) print_key("the administrator", *keys.administrator);
    if (keys.root) print_key("the root user", *keys.root);
    return std::fflush(stdout) == 0;
}

class Dialogue {
  public:
    Dialogue(server::FirstSteps& steps, const server::Configuration& configuration)
        : steps_(steps), configuration_(configuration) {}

    int run() {
        const auto standing = steps_.standing();
        if (!standing) return refuse(standing.error());
        fmt::print("The account {} in {}{}.\n\n", configuration_.account_id, configuration_.data.string(),
                   standing->account_exists ? "" : ", which is new");
        const auto plan = ask_plan(*standing);
        if (!plan) return gone();
        if (const auto done = steps_.carry_out(*plan, show_keys); !done) return refuse(done.error());
        if (plan->delete_root_keys) fmt::print("\nThe root user has no access key.\n");
        return standing->root_has_mfa_device ? finish() : offer_mfa();
    }

  private:
    static int refuse(const Error& error) {
        complain("init: " + told(error));
        return exit_failed;
    }
    static int gone() {
        complain("init: nobody answered; nothing more was done.");
        return exit_wrong;
    }

    std::optional<server::FirstSteps::Plan> ask_plan(const server::FirstSteps::Standing& standing) {
        server::FirstSteps::Plan plan;
        fmt::print(
            "1. An administrator: a user with the policy AdministratorAccess, for daily work in place of the "
            "root user,\n   whom nothing limits.\n");
        const auto name = ask("   Name [admin; - for none]:");
        if (!name) return std::nullopt;
        if (*name != "-") plan.administrator = name->empty() ? "admin" : *name;

        const bool root_key_is_chosen = !configuration_.root_access_key_id.empty();
        const bool is_wanted = plan.administrator || standing.account_exists;
        if (root_key_is_chosen || !is_wanted || (standing.account_exists && !standing.root_has_key))
            return plan;
        fmt::print(
            "\n2. No access key for the root user: what it alone can do is done with a session, if ever.\n");
        const auto no_key =
            ask_yes(standing.root_has_key ? "   Delete the key that it has?" : "   Do without one?");
        if (!no_key) return std::nullopt;
        plan.delete_root_keys = *no_key;
        return plan;
    }

    int offer_mfa() {
        fmt::print("\n3. An MFA device for the root user, such as an authenticator app.\n");
        const auto wanted = ask_yes("   Enable one now?");
        if (!wanted) return gone();
        if (!*wanted) return finish();
        const auto device = steps_.make_root_device();
        if (!device) return refuse(device.error());
        const Secret uri =
            crypto::provisioning_uri("root-account-mfa-device", device->account_label, device->seed);
        fmt::print("\n{}\nScan this, or type the secret into the app: {}\n",
                   crypto::qr_code_lines(uri.reveal()), device->seed.reveal());
        return ask_codes(device->serial_number);
    }

    int ask_codes(const std::string& serial_number) {
        for (int attempt = 0; attempt < code_tries; ++attempt) {
            const auto first = ask("   A code of the app:");
            const auto second = first ? ask("   The next one, when it changes:") : std::nullopt;
            if (!second) break;
            const auto enabled = steps_.enable_root_device(serial_number, {*first, *second});
            if (enabled) {
                fmt::print("The root user has the MFA device {}.\n", serial_number);
                return finish();
            }
            fmt::print("   {}\n", enabled.error().message);
        }
        if (const auto deleted = steps_.delete_device(serial_number); !deleted)
            return refuse(deleted.error());
        complain("init: the MFA device was not enabled, and is deleted again. `writ init` offers it anew.");
        return exit_no;
    }

    int finish() {
        fmt::print("\nStart the server:  writ serve --data {}\n", configuration_.data.string());
        return exit_yes;
    }

    server::FirstSteps& steps_;
    const server::Configuration& configuration_;
};

int run(const server::ConfigurationSources& sources) {
    const auto loaded = server::load_configuration(sources);
    if (!loaded) {
        complain("init: " + told(loaded.error()));
        return exit_wrong;
    }
    const SystemClock clock;
    SystemRandom random;
    const auto steps = server::FirstSteps::open(loaded->configuration, clock, random);
    if (!steps) {
        complain("init: " + told(steps.error()));
        return exit_failed;
    }
    return Dialogue(**steps, loaded->configuration).run();
}

}  // namespace

void add_init_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand(
        "init", "First steps of a new account: an administrator, and a root user without key but with MFA");
    auto sources = std::make_shared<server::ConfigurationSources>();
    add_setting_options(*command, *sources, [](std::string_view key) {
        return key == "data" || key == "database" || key == "account_id" || key == "region";
    });
    command->callback([&exit_code, sources] { exit_code = run(*sources); });
}

}  // namespace writ::cli
