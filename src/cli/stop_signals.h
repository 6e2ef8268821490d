#pragma once

#include <csignal>
#include <string_view>

namespace writ::cli {

/// The signals that mean "stop", held back from every thread so that one place waits for them. Make it before
/// there are other threads.
class StopSignals {
  public:
    StopSignals();
    /// Until one comes. A further one ends the program at once.
    void wait() const;

  private:
    sigset_t set_{};
};

/// A core file would hold the keys that seal every secret. `command` names itself in the warning.
void write_no_core_files(std::string_view command);

}  // namespace writ::cli
