#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/core.h>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/root_key.h"
#include "cli/server_settings.h"
#include "cli/stop_signals.h"
#include "server/server.h"

namespace writ::cli {
namespace {

int refuse(const Error& error, int exit_code) {
    fmt::print(stderr, "writ serve: {}\n", told(error));
    return exit_code;
}

int serve(const server::ConfigurationSources& sources, const std::string& version) {
    auto loaded = server::load_configuration(sources);
    if (!loaded) return refuse(loaded.error(), exit_wrong);
    write_no_core_files("writ serve");
    const StopSignals stop_signals;  // Before there are other threads.
    const SystemClock clock;
    SystemRandom random;
    auto started = server::Server::start(std::move(*loaded), version, print_root_key, clock, random);
    if (!started)
        return refuse(started.error(), started.error().code == "ValidationError" ? exit_wrong : exit_failed);

    server::Server& server = **started;
    if (const auto* metrics = server.metrics_address()) {
        fmt::print("writ: health and metrics on http://{}/health and /metrics\n", metrics->text());
    }
    if (const auto gateway = server.gateway_url()) fmt::print("writ: gateway on {}\n", *gateway);
    fmt::print("writ: ready on http://{}\n", server.address().text());
    std::fflush(stdout);
    stop_signals.wait();
    server.stop();
    return exit_yes;
}

}  // namespace

void add_serve_command(CLI::App& parent, int& exit_code, std::string_view version) {
    auto* command = parent.add_subcommand("serve", "Serve the AWS APIs (IAM, STS) until SIGTERM or SIGINT");
    auto sources = std::make_shared<server::ConfigurationSources>();
    add_setting_options(*command, *sources);
    command->footer(
        "Each setting is also a variable: --log-level is WRIT_LOG_LEVEL. Flags win over variables, and "
        "those\n"
        "over the file. The secret of the root key is given in WRIT_ROOT_SECRET_ACCESS_KEY or the file.");
    command->callback(
        [&exit_code, sources, version = std::string(version)] { exit_code = serve(*sources, version); });
}

}  // namespace writ::cli
