#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>
#include <optional>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/server_settings.h"

namespace writ::cli {
namespace {

struct EnvOptions {
    server::ConfigurationSources sources;
    std::string endpoint;
    std::string access_key_id;
    std::string secret_access_key;
    std::string session_token;
    std::string profile;
    Output output = Output::text;
};

// A variable and its value; nothing means that it must not be set.
using Variable = std::pair<std::string_view, std::optional<std::string>>;

// Where a client on this machine reaches what listens at `address`.
std::string endpoint_of(server::Address address) {
    if (address.host == "0.0.0.0") address.host = "127.0.0.1";
    if (address.host == "::") address.host = "::1";
    return "http://" + address.text();
}

// What is not given is taken away, so that an old session token does not go with a new key. A profile's keys
// stay where they are; but AWS clients prefer keys in the environment to it.
void add_credentials(std::vector<Variable>& variables, const EnvOptions& options,
                     const server::Configuration& configuration) {
    std::optional<std::string> id;
    std::optional<std::string> secret;
    std::optional<std::string> token;
    std::optional<std::string> profile;
    if (!options.profile.empty()) {
        profile = options.profile;
    } else if (!options.access_key_id.empty()) {
        id = options.access_key_id;
        secret = options.secret_access_key;
        if (!options.session_token.empty()) token = options.session_token;
    } else if (!configuration.root_access_key_id.empty()) {
        id = configuration.root_access_key_id;
        secret = std::string(configuration.root_secret_access_key.reveal());
    } else {
        return;  // Whatever the shell has already.
    }
    variables.emplace_back("AWS_PROFILE", profile);
    variables.emplace_back("AWS_ACCESS_KEY_ID", id);
    variables.emplace_back("AWS_SECRET_ACCESS_KEY", secret);
    variables.emplace_back("AWS_SESSION_TOKEN", token);
}

// Between single quotes a shell takes everything literally, but for the quote itself.
std::string quoted_for_shell(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    return quoted + "'";
}

void print_for_shell(const std::vector<Variable>& variables) {
    for (const auto& [name, value] : variables) {
        if (value)
            fmt::print("export {}={}\n", name, quoted_for_shell(*value));
        else
            fmt::print("unset {}\n", name);
    }
}

void print_json(const std::vector<Variable>& variables) {
    rapidjson::StringBuffer buffer;
    rapidjson::PrettyWriter<rapidjson::StringBuffer> json(buffer);
    json.StartObject();
    for (const auto& [name, value] : variables) {
        if (!value) continue;
        json.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
        json.String(value->data(), static_cast<rapidjson::SizeType>(value->size()));
    }
    json.EndObject();
    fmt::print("{}\n", buffer.GetString());
}

int print_environment(const EnvOptions& options) {
    const auto loaded = server::load_configuration(options.sources);
    if (!loaded) {
        fmt::print(stderr, "writ env: {}\n", loaded.error().message);
        return exit_wrong;
    }
    const server::Configuration& configuration = loaded->configuration;
    if (options.endpoint.empty() && configuration.listen.port == 0) {
        fmt::print(stderr, "writ env: port 0 is chosen at start; give --endpoint as 'writ serve' told it.\n");
        return exit_wrong;
    }
    std::vector<Variable> variables{
        {"AWS_ENDPOINT_URL", options.endpoint.empty() ? endpoint_of(configuration.listen) : options.endpoint},
        {"AWS_REGION", configuration.region},
        {"AWS_DEFAULT_REGION", configuration.region}};
    add_credentials(variables, options, configuration);
    if (options.output == Output::json)
        print_json(variables);
    else
        print_for_shell(variables);
    return exit_yes;
}

}  // namespace

void add_env_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand("env", "Print what points AWS clients here: eval \"$(writ env)\"");
    auto options = std::make_shared<EnvOptions>();
    add_setting_options(*command, options->sources,
                        [](std::string_view key) { return key == "listen" || key == "region"; });
    command->add_option("--endpoint", options->endpoint, "Instead of the address in --listen")
        ->type_name("URL");
    auto* id = command->add_option("--access-key-id", options->access_key_id, "Key to use")->type_name("ID");
    auto* secret = command->add_option("--secret-access-key", options->secret_access_key, "Its secret")
                       ->type_name("SECRET");
    id->needs(secret);
    secret->needs(id);
    command->add_option("--session-token", options->session_token, "Of temporary credentials")
        ->type_name("TOKEN")
        ->needs(id);
    command
        ->add_option("--profile", options->profile, "Profile of ~/.aws/credentials to use instead of a key")
        ->type_name("NAME")
        ->excludes(id);
    add_output_option(*command, options->output);
    command->footer(
        "Without a key or profile: the root key in WRIT_ROOT_ACCESS_KEY_ID and WRIT_ROOT_SECRET_ACCESS_KEY; "
        "where\nthere is none, the keys of the shell stay as they are.");
    command->callback([&exit_code, options] { exit_code = print_environment(*options); });
}

}  // namespace writ::cli
