#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/core.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/policy_check.h"
#include "cli/running_server.h"

// `writ resource-policy` and `writ resource-tags`: what a running server is told of resources of other
// services.
namespace writ::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ResourceWords {
    std::string arn, file;
    std::vector<std::string> tags;
};

constexpr std::string_view of_policies = "resource-policy";
constexpr std::string_view of_tags = "resource-tags";

int refuse(std::string_view command, const std::string& message, int exit_code) {
    complain(std::string(command) + ": " + message);
    return exit_code;
}

std::string path_of(std::string_view path, const std::string& arn) {
    return std::string(path) + "?arn=" + percent_encode(arn);
}

/// What the server would refuse is shown with its place, before anything is sent.
bool is_sound(const Input& input) {
    const CheckOptions options{.type = policy::PolicyType::resource};
    const CheckReport report = check_policy(input.text, options);
    if (report.count(Severity::error) == 0) return true;
    fmt::print(stderr, "{}", to_text(input, report, options, Terminal(stderr)));
    return false;
}

int put_policy(const ResourceWords& words) {
    const auto input = read_input(words.file);
    if (!input) return refuse(of_policies, input.error(), exit_wrong);
    if (!is_sound(*input)) return exit_wrong;
    const auto done =
        client_of_environment().call("PUT", path_of("/resource-policy", words.arn), input->text);
    if (!done) return tell_failure(of_policies, done.error());
    fmt::print("The policy of {} is in force.\n", words.arn);
    return exit_yes;
}

int get_policy(const ResourceWords& words) {
    const auto answer = client_of_environment().call("GET", path_of("/resource-policy", words.arn));
    if (!answer) return tell_failure(of_policies, answer.error());
    const Json json = Json::parse(*answer, nullptr, false);
    if (!json.is_object() || !json.contains("policy")) {
        return refuse(of_policies, "the answer is not understood", exit_failed);
    }
    if (json["policy"].is_null()) {
        return refuse(of_policies, "the policy has become one that is not known; put it anew", exit_no);
    }
    fmt::print("{}\n", json["policy"].dump(2));
    return exit_yes;
}

int delete_policy(const ResourceWords& words) {
    const auto done = client_of_environment().call("DELETE", path_of("/resource-policy", words.arn));
    if (!done) return tell_failure(of_policies, done.error());
    fmt::print("{} has no policy.\n", words.arn);
    return exit_yes;
}

int list_policies(const ResourceWords&) {
    client::Client server = client_of_environment();
    std::string path = "/resource-policies";
    while (!path.empty()) {
        const auto answer = server.call("GET", path);
        if (!answer) return tell_failure(of_policies, answer.error());
        const Json json = Json::parse(*answer, nullptr, false);
        if (!json.is_object() || !json.contains("policies")) {
            return refuse(of_policies, "the answer is not understood", exit_failed);
        }
        for (const Json& policy : json["policies"]) {
            fmt::print("{}  {}\n", policy.value("set_at", ""), policy.value("arn", ""));
        }
        const std::string next = json.value("next", "");
        path = next.empty() ? next : "/resource-policies?after=" + percent_encode(next);
    }
    return exit_yes;
}

int put_tags(const ResourceWords& words) {
    Json tags = Json::object();
    for (const std::string& tag : words.tags) {
        const std::size_t equals = tag.find('=');
        if (equals == std::string::npos || equals == 0) {
            return refuse(of_tags, '\'' + tag + "' is not KEY=VALUE", exit_wrong);
        }
        tags[tag.substr(0, equals)] = tag.substr(equals + 1);
    }
    const std::string body = Json{{"tags", tags}}.dump(-1, ' ', false, Json::error_handler_t::replace);
    const auto done = client_of_environment().call("PUT", path_of("/resource-tags", words.arn), body);
    if (!done) return tell_failure(of_tags, done.error());
    fmt::print("{} has {} tag{}.\n", words.arn, tags.size(), tags.size() == 1 ? "" : "s");
    return exit_yes;
}

int get_tags(const ResourceWords& words) {
    const auto answer = client_of_environment().call("GET", path_of("/resource-tags", words.arn));
    if (!answer) return tell_failure(of_tags, answer.error());
    const Json json = Json::parse(*answer, nullptr, false);
    if (!json.is_object() || !json.contains("tags")) {
        return refuse(of_tags, "the answer is not understood", exit_failed);
    }
    for (const auto& [key, value] : json["tags"].items()) {
        fmt::print("{}={}\n", key, value.get<std::string>());
    }
    return exit_yes;
}

/// A group of commands about resources, which share their words.
class Group {
  public:
    Group(CLI::App& parent, std::string_view name, const char* meaning, int& exit_code)
        : group_(parent.add_subcommand(std::string(name), meaning)), exit_code_(exit_code) {
        group_->require_subcommand(0, 1);
        group_->footer(
            "The server and the credentials are those of the AWS clients: `eval \"$(writ env)\"` sets "
            "them.");
    }
    CLI::App* add(const char* name, const char* meaning, int (*act)(const ResourceWords&)) {
        CLI::App* command = group_->add_subcommand(name, meaning);
        command->callback([&code = exit_code_, words = words_, act] { code = act(*words); });
        return command;
    }
    CLI::App* add_about_one(const char* name, const char* meaning, int (*act)(const ResourceWords&)) {
        CLI::App* command = add(name, meaning, act);
        command->add_option("ARN", words_->arn, "The resource")->required();
        return command;
    }
    [[nodiscard]] ResourceWords& words() { return *words_; }

  private:
    CLI::App* group_;
    int& exit_code_;
    std::shared_ptr<ResourceWords> words_ = std::make_shared<ResourceWords>();
};

}  // namespace

void add_resource_commands(CLI::App& parent, int& exit_code) {
    Group policies(
        parent, of_policies,
        "Policies of resources of other services, told to a running server: put, get, list, delete",
        exit_code);
    policies.add_about_one("put", "Let a policy take part in decisions about the resource", put_policy)
        ->add_option("FILE", policies.words().file, "The policy document; - reads standard input")
        ->required();
    policies.add_about_one("get", "The policy of the resource", get_policy);
    policies.add("list", "The resources that have policies, and since when", list_policies);
    policies.add_about_one("delete", "Forget the policy of the resource", delete_policy);

    Group tags(parent, of_tags, "Tags of resources of other services, told to a running server: put, get",
               exit_code);
    tags.add_about_one("put", "Tags of the resource, in place of those that it has", put_tags)
        ->add_option("TAG", tags.words().tags, "KEY=VALUE; none takes all tags away");
    tags.add_about_one("get", "The tags of the resource", get_tags);
}

}  // namespace writ::cli
