#include "server/internal/gateway_settings.h"

#include <algorithm>
#include <cstdlib>

#include "base/text.h"

namespace writ::server::internal {
namespace {

std::optional<std::string> variable(const std::string& name) {
    const char* value =
        std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): before there are threads.
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// Calls `each` with what stands between the separators, blanks at its ends left out.
template <class Each>
Result<void> split(std::string_view text, char separator, Each each) {
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find(separator));
        text.remove_prefix(std::min(text.size(), one.size() + 1));
        if (trimmed(one).empty()) continue;
        if (auto done = each(trimmed(one)); !done) return done;
    }
    return {};
}

}  // namespace

Result<void> set_gateway_listen(Configuration& configuration, std::string_view text) {
    configuration.gateway.listen.reset();
    if (text == "off") return {};
    auto address = parse_address(text);
    if (!address) return std::unexpected(address.error());
    configuration.gateway.listen = std::move(*address);
    return {};
}

Result<void> set_s3_hosts(Configuration& configuration, std::string_view text) {
    configuration.gateway.s3_hosts.clear();
    return split(text, ',', [&](std::string_view name) -> Result<void> {
        if (name.find_first_of(":/ ") != std::string_view::npos) {
            return fail("InvalidInput", 400, "'" + std::string(name) + "' is not a host name without port.");
        }
        configuration.gateway.s3_hosts.push_back(ascii_lower(name));
        return {};
    });
}

Result<void> add_upstreams(Configuration& configuration, std::string_view text) {
    return split(text, ';', [&](std::string_view one) -> Result<void> {
        auto upstream = gateway::read_upstream(one, variable);
        if (!upstream) return std::unexpected(upstream.error());
        configuration.gateway.upstreams.push_back(std::move(*upstream));
        return {};
    });
}

}  // namespace writ::server::internal
