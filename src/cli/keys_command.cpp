#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>

#include "base/random.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/server_settings.h"
#include "server/key_rotation.h"

namespace writ::cli {
namespace {

using Act = int (*)(const std::filesystem::path& key_file);

int refuse(std::string_view message, int exit_code) {
    fmt::print(stderr, "writ keys: {}\n", message);
    return exit_code;
}

int list(const std::filesystem::path& key_file) {
    const auto keys = server::list_keys(key_file);
    if (!keys) return refuse(told(keys.error()), exit_failed);
    fmt::print("Key  Made                  Seals\n");
    for (const server::KeyDescription& key : *keys) {
        const bool newest = key.id == keys->back().id;
        fmt::print("{:<3}  {}  {}\n", key.id, format_iso8601(key.created), newest ? "yes" : "no");
    }
    return exit_yes;
}

int rotate(const std::filesystem::path& key_file) {
    const SystemClock clock;
    SystemRandom random;
    const auto keys = server::rotate_keys(key_file, clock, random);
    if (!keys) return refuse(told(keys.error()), exit_failed);
    fmt::print(
        "Key {} seals from now on; a running server takes it within ten seconds. What older keys sealed "
        "still opens.\n",
        keys->newest_id());
    return exit_yes;
}

void add(CLI::App& group, int& exit_code, const char* name, const char* meaning, Act act) {
    auto* command = group.add_subcommand(name, meaning);
    auto sources = std::make_shared<server::ConfigurationSources>();
    add_setting_options(*command, *sources, [](std::string_view key) { return key == "data"; });
    command->callback([&exit_code, sources, act] {
        const auto loaded = server::load_configuration(*sources);
        exit_code = loaded ? act(server::key_file_of(loaded->configuration.data))
                           : refuse(told(loaded.error()), exit_wrong);
    });
}

}  // namespace

void add_keys_command(CLI::App& parent, int& exit_code) {
    auto* group = parent.add_subcommand("keys", "The keys that seal secrets and sessions: list, rotate");
    group->require_subcommand(0, 1);
    add(*group, exit_code, "list", "Ids and ages, never the keys themselves", list);
    add(*group, exit_code, "rotate", "Add a key that seals from now on; also beside a running server",
        rotate);
}

}  // namespace writ::cli
