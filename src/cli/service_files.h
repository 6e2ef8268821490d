#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace writ::cli {

/// Adds --service FILE, which may occur several times.
void add_service_option(CLI::App& command, std::vector<std::string>& files);

/// Lets the reference know the services that the files describe, and that of Writ itself. False when one
/// cannot be used, after saying why. REQUIRES: the reference was not asked before.
[[nodiscard]] bool know_services(const std::vector<std::string>& files);

}  // namespace writ::cli
