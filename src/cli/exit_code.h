#pragma once

namespace writ::cli {

/// What every command answers to the shell. Scripts rely on the numbers.
enum ExitCode : int {
    exit_yes = 0,     ///< Done, allowed, nothing found.
    exit_no = 1,      ///< Denied, differing, findings.
    exit_wrong = 2,   ///< Wrong usage or wrong input.
    exit_failed = 3,  ///< Could not reach something, or failed.
};

}  // namespace writ::cli
