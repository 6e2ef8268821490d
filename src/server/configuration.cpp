#include "server/configuration.h"

#include <algorithm>
#include <fmt/format.h>
#include <ranges>
#include <unistd.h>

#include "base/suggest.h"
#include "server/internal/configuration_file.h"

namespace writ::server {
namespace {

constexpr std::string_view prefix = "WRIT_";
constexpr std::string_view file_variable = "WRIT_CONFIG";

std::unexpected<Error> refuse(std::string_view origin, std::string_view why) {
    return fail("InvalidInput", 400, fmt::format("{}: {}", origin, why));
}

std::string variable_of(std::string_view key) {
    std::string name(prefix);
    for (const char c : key)
        name += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return name;
}

Result<std::vector<internal::Given>> from_environment(
    const std::vector<std::pair<std::string, std::string>>& environment, std::vector<std::string>& warnings) {
    std::vector<internal::Given> given;
    std::vector<std::string> names;
    for (const Setting& setting : settings()) names.push_back(setting.variable());
    const std::vector<std::string_view> known_names(names.begin(), names.end());
    for (const auto& [name, value] : environment) {
        if (value.empty() || name == file_variable) continue;
        const auto known = std::ranges::find(names, name);
        if (known == names.end()) {
            warnings.push_back(fmt::format("{} is not a setting.{}", name, did_you_mean(name, known_names)));
            continue;
        }
        const auto index = static_cast<std::size_t>(known - names.begin());
        given.push_back({&settings()[index], value, name});
    }
    return given;
}

std::optional<std::filesystem::path> file_of(const ConfigurationSources& sources) {
    if (sources.file) return sources.file;
    for (const auto& [name, value] : sources.environment) {
        if (name == file_variable && !value.empty()) return value;
    }
    return std::nullopt;
}

Result<void> set_all(Configuration& configuration, const std::vector<internal::Given>& given) {
    for (const auto& [setting, value, origin] : given) {
        if (const auto done = setting->set(configuration, value); !done)
            return refuse(origin, done.error().message);
    }
    return {};
}

Result<void> check_root_key(const Configuration& configuration) {
    if (configuration.root_access_key_id.empty() == configuration.root_secret_access_key.empty()) return {};
    return fail(
        "InvalidInput", 400,
        "WRIT_ROOT_ACCESS_KEY_ID and WRIT_ROOT_SECRET_ACCESS_KEY belong together: give both or none.");
}

/// A body doubles its memory as it grows.
Result<void> check_bodies(const Configuration& configuration) {
    if (configuration.limits.bodies_bytes_max / 2 >= configuration.limits.body_bytes_max) return {};
    return fail("InvalidInput", 400,
                fmt::format("limits.bodies_bytes_max is to be at least twice limits.body_bytes_max, {}: the "
                            "largest body would never find room.",
                            2 * configuration.limits.body_bytes_max));
}

Result<void> check_gateway(const Configuration& configuration) {
    const GatewayConfiguration& gateway = configuration.gateway;
    if (gateway.tls_certificate_file.empty() != gateway.tls_key_file.empty()) {
        return fail("InvalidInput", 400,
                    "gateway.tls_certificate and gateway.tls_key belong together: give both or none.");
    }
    if (gateway.listen.has_value() || gateway.upstreams.empty()) return {};
    return fail("InvalidInput", 400, "There are services for a gateway, but no gateway.listen.");
}

}  // namespace

std::string Setting::flag() const {
    std::string name = "--";
    for (const char c : key) name += c == '.' || c == '_' ? '-' : c;
    return name;
}
std::string Setting::variable() const {
    return variable_of(key);
}

Result<const Setting*> internal::find_setting(std::string_view key) {
    const auto found = std::ranges::find(settings(), key, &Setting::key);
    if (found != settings().end()) return &*found;
    std::vector<std::string_view> known;
    for (const Setting& setting : settings()) known.push_back(setting.key);
    return fail("InvalidInput", 400, fmt::format("'{}' is not a setting.{}", key, did_you_mean(key, known)));
}

Result<LoadedConfiguration> load_configuration(const ConfigurationSources& sources) {
    LoadedConfiguration loaded;
    std::vector<internal::Given> given;
    for (const Setting& setting : settings()) {
        if (!setting.standard.empty()) given.push_back({&setting, std::string(setting.standard), {}});
    }
    if (const auto file = file_of(sources)) {
        auto said = internal::read_configuration_file(*file);
        if (!said) return std::unexpected(said.error());
        std::ranges::move(*said, std::back_inserter(given));
    }
    auto said = from_environment(sources.environment, loaded.warnings);
    if (!said) return std::unexpected(said.error());
    std::ranges::move(*said, std::back_inserter(given));
    for (const auto& [setting, value] : sources.flags) given.push_back({setting, value, setting->flag()});

    // Later values replace earlier ones; a wrong value is an error even where a later one replaces it.
    if (const auto done = set_all(loaded.configuration, given); !done) return std::unexpected(done.error());
    if (const auto done = check_root_key(loaded.configuration); !done) return std::unexpected(done.error());
    if (const auto done = check_bodies(loaded.configuration); !done) return std::unexpected(done.error());
    if (const auto done = check_gateway(loaded.configuration); !done) return std::unexpected(done.error());
    return loaded;
}

std::vector<std::pair<std::string, std::string>> writ_environment() {
    std::vector<std::pair<std::string, std::string>> found;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos || !text.starts_with(prefix)) continue;
        found.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return found;
}

}  // namespace writ::server
