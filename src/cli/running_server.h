#pragma once

#include <string_view>

#include "writ/client.h"

/// The server that commands talk to which change what it knows.
namespace writ::cli {

/// The server and the credentials that AWS clients would use, as `writ env` sets them.
[[nodiscard]] client::Client client_of_environment();

/// Says on standard error why `command` failed, and returns the exit code: no, when the server has refused
/// it.
[[nodiscard]] int tell_failure(std::string_view command, const client::Failure& failure);

}  // namespace writ::cli
