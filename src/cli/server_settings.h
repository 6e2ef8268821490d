#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/configuration.h"

namespace CLI {
class App;
}

namespace writ::cli {

/// Adds `--config FILE` and a flag for each setting that passes `wanted` (all when null). What the user gives
/// is collected in `sources`, which must outlive the parse, beside the environment of the process.
void add_setting_options(CLI::App& command, server::ConfigurationSources& sources,
                         bool (*wanted)(std::string_view key) = nullptr);

}  // namespace writ::cli
