#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "questions/rule.h"

namespace writ::questions {

/// How a proxy tells which request it asks about. Never two ways at once: whoever sends the request can write
/// the headers of the other.
enum class ProxyKind : std::uint8_t {
    none,       ///< No proxy may ask.
    nginx,      ///< X-Original-Method, X-Original-URI, X-Original-Host, as our nginx example sets them.
    forwarded,  ///< X-Forwarded-Method, X-Forwarded-Uri, X-Forwarded-Host: Traefik, Caddy.
    envoy,      ///< Its own method and Host, and its path behind /external-authorization.
};

/// What a server chooses for its authorization APIs.
struct Settings {
    ProxyKind proxy = ProxyKind::none;
    std::string proxy_service = "execute-api";  ///< That clients of the proxy sign for.
    std::vector<Rule> rules{};                  ///< The first that fits a request says what it needs.
};

}  // namespace writ::questions
