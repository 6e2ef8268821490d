#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <fmt/core.h>
#include <memory>
#include <string>
#include <sys/resource.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/root_key.h"
#include "cli/server_settings.h"
#include "server/server.h"

namespace writ::cli {
namespace {

// The signals that mean "stop", held back from every thread so that one place waits for them.
class StopSignals {
  public:
    StopSignals() {
        sigemptyset(&set_);
        for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set_, signal);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        // Whoever reads our output may go; that must not end the server.
        std::signal(SIGPIPE, SIG_IGN);  // NOLINT(cert-err33-c)
    }
    void wait() const {
        int signal = 0;
        sigwait(&set_, &signal);
        // From now on a further signal ends the program at once.
        pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
    }

  private:
    sigset_t set_{};
};

// A core file would hold the keys that seal every secret.
void write_no_core_files() {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0) {
        fmt::print(stderr,
                   "writ serve: core files could not be turned off; turn them off with ulimit -c 0.\n");
    }
}

int refuse(const Error& error, int exit_code) {
    fmt::print(stderr, "writ serve: {}\n", told(error));
    return exit_code;
}

int serve(const server::ConfigurationSources& sources, const std::string& version) {
    auto loaded = server::load_configuration(sources);
    if (!loaded) return refuse(loaded.error(), exit_wrong);
    write_no_core_files();
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
