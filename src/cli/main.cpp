#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <fmt/core.h>
#include <string>

#include "cli/commands.h"
#include "cli/exit_code.h"

namespace writ::cli {
namespace {

void add_commands(CLI::App& app, int& exit_code) {
    add_init_command(app, exit_code);
    add_serve_command(app, exit_code, WRIT_VERSION);
    add_gateway_command(app, exit_code);
    add_env_command(app, exit_code);
    add_keys_command(app, exit_code);
    add_why_command(app, exit_code);
    add_audit_command(app, exit_code);
    add_export_command(app, exit_code);
    add_import_command(app, exit_code);
    add_backup_command(app, exit_code);
    add_restore_command(app, exit_code);
    add_migrate_command(app, exit_code);
    add_service_command(app, exit_code);
    add_resource_commands(app, exit_code);

    CLI::App* policy = app.add_subcommand("policy", "Ask what policies mean, and test them");
    policy->require_subcommand(0, 1);
    add_check_command(*policy, exit_code);
    add_format_command(*policy, exit_code);
    add_simulate_command(*policy, exit_code);
    add_explain_command(*policy, exit_code);
    add_test_command(*policy, exit_code);
    add_generate_command(*policy, exit_code);

    add_reference_command(app, exit_code);
    add_version_command(app, exit_code, WRIT_VERSION);
}

// A group of commands asked for nothing in particular shows what there is.
void print_help_of_bare_group(const CLI::App& app) {
    const CLI::App* group = &app;
    for (auto chosen = group->get_subcommands(); !chosen.empty(); chosen = group->get_subcommands())
        group = chosen.front();
    const bool is_group = !group->get_subcommands([](const CLI::App*) { return true; }).empty();
    if (is_group) fmt::print("{}", app.help());
}

int run(int argc, char** argv) {
    CLI::App app{"AWS IAM anywhere: the same API, the same policy language, the same answers.", "writ"};
    app.set_version_flag("--version", std::string("writ ") + WRIT_VERSION, "Print the version and exit");
    app.require_subcommand(0, 1);
    app.footer("Exit codes: 0 yes or allowed, 1 no, denied or findings, 2 wrong usage or input, 3 failed.");

    int exit_code = exit_yes;
    add_commands(app, exit_code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // CLI11 prints help and version this way too; its own numbers for wrong usage are above 100.
        return app.exit(error) == 0 ? exit_yes : exit_wrong;
    }
    print_help_of_bare_group(app);
    return exit_code;
}

}  // namespace
}  // namespace writ::cli

int main(int argc, char** argv) {
    int exit_code = writ::cli::exit_failed;
    try {
        exit_code = writ::cli::run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "writ: {}\n", error.what());
    }
    // An answer that did not reach its reader is no answer.
    if (std::fflush(stdout) != 0) exit_code = writ::cli::exit_failed;
    return exit_code;
}
