#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/core.h>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/server_settings.h"
#include "cli/stop_signals.h"
#include "server/gateway_process.h"

namespace writ::cli {
namespace {

int refuse(const Error& error, int exit_code) {
    fmt::print(stderr, "writ gateway: {}\n", told(error));
    return exit_code;
}

int guard(const server::ConfigurationSources& sources) {
    auto loaded = server::load_configuration(sources);
    if (!loaded) return refuse(loaded.error(), exit_wrong);
    write_no_core_files("writ gateway");
    const StopSignals stop_signals;  // Before there are other threads.
    const SystemClock clock;
    SystemRandom random;
    auto started = server::GatewayProcess::start(std::move(*loaded), clock, random);
    if (!started) return refuse(started.error(), exit_failed);
    fmt::print("writ: gateway on {}\n", (*started)->url());
    std::fflush(stdout);
    stop_signals.wait();
    (*started)->stop();
    return exit_yes;
}

bool is_of_gateway(std::string_view key) {
    return key.starts_with("gateway.") || key.starts_with("log.") || key.starts_with("limits.") ||
           key == "data" || key == "database" || key == "account_id" || key == "region" || key == "threads" ||
           key == "denials";
}

}  // namespace

void add_gateway_command(CLI::App& parent, int& exit_code) {
    auto* command = parent.add_subcommand(
        "gateway", "Guard services in a process of its own, beside servers on one PostgreSQL database");
    auto sources = std::make_shared<server::ConfigurationSources>();
    add_setting_options(*command, *sources, is_of_gateway);
    command->footer(
        "With SQLite the gateway is a part of 'writ serve --gateway-listen HOST:PORT'. See docs/gateway.md.");
    command->callback([&exit_code, sources] { exit_code = guard(*sources); });
}

}  // namespace writ::cli
