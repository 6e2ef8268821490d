#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/running_server.h"
#include "reference/service_definition.h"

namespace writ::cli {
namespace {

struct ServiceWords {
    std::string file;
    std::string prefix;
};

int refuse(const std::string& message, int exit_code) {
    complain("service: " + message);
    return exit_code;
}

int register_one(const ServiceWords& words) {
    const auto input = read_input(words.file);
    if (!input) return refuse(input.error(), exit_wrong);
    const auto definition = reference::read_service(input->text);
    if (!definition) return refuse(input->name + ": " + definition.error().message, exit_wrong);
    const auto done = client_of_environment().call("POST", "/services", input->text);
    if (!done) return tell_failure("service", done.error());
    fmt::print("Registered {} with {} actions.\n", definition->prefix, definition->actions.size());
    return exit_yes;
}

int list(const ServiceWords&) {
    const auto answer = client_of_environment().call("GET", "/services");
    if (!answer) return tell_failure("service", answer.error());
    const auto json = nlohmann::ordered_json::parse(*answer, nullptr, false);
    if (json.is_discarded() || !json.contains("services"))
        return refuse("the answer is not understood", exit_failed);
    for (const auto& service : json["services"]) {
        fmt::print("{:<20}  {:>4} actions  {}\n", service.value("prefix", ""), service["actions"].size(),
                   service.value("title", ""));
    }
    return exit_yes;
}

int show(const ServiceWords& words) {
    const auto answer = client_of_environment().call("GET", "/services/" + words.prefix);
    if (!answer) return tell_failure("service", answer.error());
    fmt::print("{}\n", *answer);
    return exit_yes;
}

int remove(const ServiceWords& words) {
    const auto done = client_of_environment().call("DELETE", "/services/" + words.prefix);
    if (!done) return tell_failure("service", done.error());
    fmt::print("Removed {}.\n", words.prefix);
    return exit_yes;
}

}  // namespace

void add_service_command(CLI::App& parent, int& exit_code) {
    auto* group = parent.add_subcommand(
        "service", "Services of your own, described to a running server: register, list, show, remove");
    group->require_subcommand(0, 1);
    group->footer(
        "The server and the credentials are those of the AWS clients: `eval \"$(writ env)\"` sets them.");
    auto words = std::make_shared<ServiceWords>();
    const auto add = [&](const char* name, const char* meaning, int (*act)(const ServiceWords&)) {
        auto* command = group->add_subcommand(name, meaning);
        command->callback([&exit_code, words, act] { exit_code = act(*words); });
        return command;
    };
    add("register", "Describe a service, or describe it anew", register_one)
        ->add_option("FILE", words->file, "The JSON; - reads standard input")
        ->required();
    add("list", "The services that were described", list);
    for (auto* command : {add("show", "The description of a service", show),
                          add("remove", "Forget a service; policies that name it stay", remove)}) {
        command->add_option("PREFIX", words->prefix, "The prefix of its actions")->required();
    }
}

}  // namespace writ::cli
