#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/core.h>
#include <memory>
#include <ranges>
#include <string>
#include <vector>

#include "base/suggest.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/reference_json.h"
#include "cli/reference_text.h"
#include "cli/service_files.h"
#include "cli/unknown_actions.h"
#include "policy/parse.h"
#include "policy/print.h"

namespace writ::cli {
namespace {

struct Arguments {
    std::string name;
    std::string search, policy;
    std::string policies_word;
    std::vector<std::string> services;
    bool policies = false, resource_types = false, condition_keys = false;
    Output output = Output::text;

    [[nodiscard]] bool json() const noexcept { return output == Output::json; }
};

int unknown(std::string message, const std::string& hint) {
    complain(hint.empty() ? std::move(message) : message + ". " + hint);
    return exit_no;
}

int show(const std::string& text) {
    fmt::print("{}", text);
    return exit_yes;
}

bool holds(std::string_view text, std::string_view word) {
    const auto same = [](char a, char b) { return ascii_lower(a) == ascii_lower(b); };
    return word.empty() || !std::ranges::search(text, word, same).empty();
}

std::vector<const reference::ManagedPolicy*> policies_with(std::string_view word) {
    std::vector<const reference::ManagedPolicy*> found;
    for (std::size_t i = 0; i < reference::managed_policy_count(); ++i)
        if (holds(reference::managed_policy(i).arn, word)) found.push_back(&reference::managed_policy(i));
    return found;
}

const reference::ManagedPolicy* find_policy(std::string_view arn_or_name) {
    if (const auto* policy = reference::find_managed_policy(arn_or_name)) return policy;
    for (std::size_t i = 0; i < reference::managed_policy_count(); ++i)
        if (reference::managed_policy(i).name == arn_or_name) return &reference::managed_policy(i);
    return nullptr;
}

int unknown_policy(const std::string& name) {
    std::vector<std::string_view> names;
    names.reserve(reference::managed_policy_count());
    for (std::size_t i = 0; i < reference::managed_policy_count(); ++i)
        names.push_back(reference::managed_policy(i).name);
    const std::string_view last = std::string_view(name).substr(name.rfind('/') + 1);
    const std::string_view near = nearest(last, names);
    return unknown("there is no AWS managed policy " + name,
                   near.empty() ? "`writ reference --policies WORD` looks for a word."
                                : "Did you mean " + std::string(near) + "?");
}

int show_policy(const Arguments& arguments) {
    const reference::ManagedPolicy* policy = find_policy(arguments.policy);
    if (policy == nullptr) return unknown_policy(arguments.policy);
    if (arguments.json()) return show(managed_policy_json(*policy));
    const std::string text = reference::managed_policy_document(*policy);
    const auto document = policy::parse(text, {.characters_max = text.size() + 1});
    return show((document ? policy::print_pretty(**document) : text) + "\n");
}

int list_policies(const Arguments& arguments) {
    const auto found = policies_with(arguments.policies_word);
    if (found.empty())
        return unknown("no AWS managed policy has " + arguments.policies_word + " in its ARN", "");
    return show(arguments.json() ? managed_policies_json(found)
                                 : managed_policies_text(found, Terminal(stdout)));
}

int search_word(const Arguments& arguments) {
    const reference::Found found = reference::search(arguments.search);
    if (found.services.empty() && found.actions.empty() && found.condition_keys.empty())
        return unknown("nothing in the reference is called " + arguments.search, "");
    return show(arguments.json() ? found_json(found) : found_text(found, Terminal(stdout)));
}

int show_service(const reference::Service& service, const Arguments& arguments) {
    const Terminal terminal(stdout);
    if (arguments.resource_types)
        return show(arguments.json() ? resource_types_json(service) : resource_types_text(service, terminal));
    if (arguments.condition_keys)
        return show(arguments.json() ? condition_keys_json(service) : condition_keys_text(service, terminal));
    return show(arguments.json() ? service_json(service) : service_text(service, terminal));
}

int show_action(const Arguments& arguments) {
    const std::string& name = arguments.name;
    const bool pattern = name.find_first_of("*?") != std::string::npos;
    if (pattern) {
        const auto actions = reference::expand_action(name);
        if (actions.empty()) return unknown(name + " stands for no action", suggest_action(name));
        return show(arguments.json() ? expansion_json(name, actions)
                                     : expansion_text(name, actions, Terminal(stdout)));
    }
    const reference::Action* action = reference::find_action(name);
    const reference::Service* service = reference::find_service(name.substr(0, name.find(':')));
    if (action == nullptr || service == nullptr)
        return unknown("there is no action " + name, suggest_action(name));
    return show(arguments.json() ? action_json(*service, *action)
                                 : action_text(*service, *action, Terminal(stdout)));
}

int show_name(const Arguments& arguments) {
    const bool of_service = arguments.resource_types || arguments.condition_keys;
    if (arguments.name.empty()) {
        if (of_service) {
            complain("--resource-types and --condition-keys need a service");
            return exit_wrong;
        }
        return show(arguments.json() ? services_json() : services_text(Terminal(stdout)));
    }
    if (const auto* service = reference::find_service(arguments.name))
        return show_service(*service, arguments);
    if (of_service || arguments.name.find_first_of(":*") == std::string::npos)
        return unknown("there is no service " + arguments.name, suggest_action(arguments.name));
    return show_action(arguments);
}

int run(const Arguments& arguments) {
    if (!know_services(arguments.services)) return exit_wrong;
    if (!arguments.policy.empty()) return show_policy(arguments);
    if (arguments.policies) return list_policies(arguments);
    if (!arguments.search.empty()) return search_word(arguments);
    return show_name(arguments);
}

}  // namespace

void add_reference_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand(
        "reference", "Browse the services, actions, condition keys and managed policies of AWS");
    auto arguments = std::make_shared<Arguments>();
    auto* name =
        command->add_option("NAME", arguments->name,
                            "A service (s3), an action (s3:GetObject) or a pattern ('s3:Get*Tagging'); "
                            "without it all services");
    auto* types = command->add_flag("--resource-types", arguments->resource_types,
                                    "The resource types of the service with their ARNs");
    auto* keys = command->add_flag("--condition-keys", arguments->condition_keys,
                                   "The condition keys of the service with their types");
    types->excludes(keys);
    auto* search = command
                       ->add_option("--search", arguments->search,
                                    "Services, actions and condition keys whose name holds the word")
                       ->type_name("WORD");
    auto* policy =
        command->add_option("--policy", arguments->policy, "Print an AWS managed policy, by ARN or name")
            ->type_name("POLICY");
    auto* policies = command
                         ->add_option_function<std::vector<std::string>>(
                             "--policies",
                             [arguments](const std::vector<std::string>& words) {
                                 arguments->policies = true;
                                 if (!words.empty()) arguments->policies_word = words.front();
                             },
                             "List the AWS managed policies, or those whose ARN holds the word")
                         ->expected(0, 1)
                         ->type_name("[WORD]");
    for (auto* option : {search, policy, policies}) {
        for (auto* other : {name, types, keys, search, policy, policies})
            if (other != option) option->excludes(other);
    }
    add_service_option(*command, arguments->services);
    add_output_option(*command, arguments->output);
    command->callback([&exit_code, arguments] { exit_code = run(*arguments); });
}

}  // namespace writ::cli
