#include <algorithm>

#include "base/text.h"
#include "directory/federation/oidc_providers.h"

namespace writ::directory {
namespace {

constexpr std::string_view scheme = "https://";

bool is_host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// "host" or "host:port"; user names are not wanted, and addresses of IPv6 stand in brackets.
bool is_authority(std::string_view text) {
    const bool bracketed = text.starts_with('[') && text.find(']') != std::string_view::npos;
    const std::size_t host_end = bracketed ? text.find(']') + 1 : std::min(text.find(':'), text.size());
    const std::string_view host = text.substr(0, host_end);
    const std::string_view rest = text.substr(host_end);
    const bool host_is_fine =
        bracketed ? std::ranges::all_of(host.substr(1, host.size() - 2),
                                        [](char c) { return is_host_character(c) || c == ':'; })
                  : !host.empty() && std::ranges::all_of(host, is_host_character);
    return host_is_fine && (rest.empty() || (rest.size() > 1 && rest.front() == ':' &&
                                             std::ranges::all_of(rest.substr(1), is_digit)));
}

bool is_graphic(char c) {
    return c > ' ' && c < '\x7F';
}

}  // namespace

Result<std::string> oidc_provider_name(std::string_view url) {
    const bool is_https = equals_ignoring_case(url.substr(0, scheme.size()), scheme);
    const std::string_view rest = is_https ? url.substr(scheme.size()) : std::string_view{};
    std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    if (!is_authority(authority) || !std::ranges::all_of(rest, is_graphic)) {
        return fail("ValidationError", 400, "Invalid Open ID Connect Provider URL");
    }
    if (rest.find_first_of("?#") != std::string_view::npos) {
        return fail("InvalidInput", 400, "The URL must have neither a query nor a fragment.");
    }
    const std::string_view path = rest.substr(authority.size());
    if (authority.ends_with(":443")) authority.remove_suffix(4);
    return std::string(authority).append(path);
}

}  // namespace writ::directory
