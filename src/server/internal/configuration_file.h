#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "server/configuration.h"

namespace writ::server::internal {

/// A value on its way into the configuration.
struct Given {
    const Setting* setting = nullptr;
    std::string value;
    std::string origin;  ///< "writ.toml:3:1"; for messages.
};

/// What a TOML file says, in its order. InvalidInput with file, line and column for what is no TOML, no
/// setting or no text, number or boolean.
[[nodiscard]] Result<std::vector<Given>> read_configuration_file(const std::filesystem::path& file);

/// The setting of that key; else an error that suggests the key that was probably meant.
[[nodiscard]] Result<const Setting*> find_setting(std::string_view key);

}  // namespace writ::server::internal
