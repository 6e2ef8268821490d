#include "cli/server_settings.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace writ::cli {
namespace {

std::string group_of(std::string_view key) {
    if (key.starts_with("root.")) return "Root user";
    if (key.starts_with("log.")) return "Log";
    if (key.starts_with("keys.")) return "Keys";
    if (key.starts_with("gateway.")) return "Gateway";
    if (key.starts_with("limits.") || key == "quotas") return "Limits";
    return "Server";
}

std::string help_of(const server::Setting& setting) {
    std::string help(setting.meaning);
    if (!setting.standard.empty()) help += fmt::format(" Standard: {}.", setting.standard);
    return help;
}

}  // namespace

void add_setting_options(CLI::App& command, server::ConfigurationSources& sources,
                         bool (*wanted)(std::string_view key)) {
    sources.environment = server::writ_environment();
    command
        .add_option_function<std::string>(
            "--config", [&sources](const std::string& file) { sources.file = file; },
            "Settings as TOML; see docs/configuration.md. Also WRIT_CONFIG.")
        ->type_name("FILE");
    for (const server::Setting& setting : server::settings()) {
        if (setting.secret || (wanted != nullptr && !wanted(setting.key))) continue;
        command
            .add_option_function<std::string>(
                setting.flag(),
                [&sources, known = &setting](const std::string& value) {
                    sources.flags.emplace_back(known, value);
                },
                help_of(setting))
            ->type_name(std::string(setting.value_name))
            ->group(group_of(setting.key));
    }
}

}  // namespace writ::cli
