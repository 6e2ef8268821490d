#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/policy_check.h"
#include "cli/service_files.h"

namespace writ::cli {
namespace {

struct Arguments {
    std::vector<std::string> files, services;
    CheckOptions check;
    Output output = Output::text;
};

void add_type_option(CLI::App& command, policy::PolicyType& type) {
    const CLI::Validator known(
        [](const std::string& word) {
            return policy_type_of(word) ? std::string{}
                                        : "must be one of " + policy_type_words() + ", not " + word;
        },
        "");
    command
        .add_option_function<std::string>(
            "--type", [&type](const std::string& word) { type = policy_type_of(word).value_or(type); },
            "Policy type: " + policy_type_words() + " (default: identity)")
        ->check(known)
        ->type_name("TYPE");
}

int run(const Arguments& arguments) {
    if (!know_services(arguments.services)) return exit_wrong;
    const Terminal terminal(stdout);
    int exit_code = exit_yes;
    for (const std::string& file : arguments.files) {
        const auto input = read_input(file);
        if (!input) {
            complain(input.error());
            exit_code = exit_wrong;
            continue;
        }
        const CheckReport report = check_policy(input->text, arguments.check);
        const bool json = arguments.output == Output::json;
        fmt::print("{}", json ? to_json(*input, report, arguments.check)
                              : to_text(*input, report, arguments.check, terminal));
        if (!report.clean(arguments.check) && exit_code == exit_yes) exit_code = exit_no;
    }
    return exit_code;
}

}  // namespace

void add_check_command(CLI::App& parent, int& exit_code) {
    auto* command =
        parent.add_subcommand("check", "Find what AWS would refuse in policies, and misspelt actions");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->files, "Policy documents; - reads standard input")->required();
    add_type_option(*command, arguments->check.type);
    command->add_flag("--managed", arguments->check.managed,
                      "Hold it to the rules and the size of managed policies");
    command->add_flag("--strict", arguments->check.strict,
                      "Count notes as errors, and refuse what AWS tolerates in some places only");
    add_service_option(*command, arguments->services);
    add_output_option(*command, arguments->output);
    command->callback([&exit_code, arguments] { exit_code = run(*arguments); });
}

}  // namespace writ::cli
