#include "cli/stop_signals.h"

#include <cstdio>
#include <fmt/core.h>
#include <sys/resource.h>

namespace writ::cli {

StopSignals::StopSignals() {
    sigemptyset(&set_);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    // Whoever reads our output may go; that must not end the server.
    std::signal(SIGPIPE, SIG_IGN);  // NOLINT(cert-err33-c)
}

void StopSignals::wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
    pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
}

void write_no_core_files(std::string_view command) {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0) {
        fmt::print(stderr, "{}: core files could not be turned off; turn them off with ulimit -c 0.\n",
                   command);
    }
}

}  // namespace writ::cli
