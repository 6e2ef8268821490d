#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/call.h"

/// What anybody may read about the issuers of outbound identity federation (spec B26), as OpenID Connect
/// Discovery 1.0 has it: {issuer}/.well-known/openid-configuration and {issuer}/.well-known/jwks.json.
namespace writ::api {

/// Where others reach this server, without a path: as it was told, else as the request says.
[[nodiscard]] std::string public_url_of(const EndpointConfig& config, const HttpRequest& request);
/// The URL of an issuer: below the one that is configured, else below the one that the request came to.
[[nodiscard]] std::string issuer_url(const EndpointConfig& config, const HttpRequest& request,
                                     std::string_view issuer_id);

/// Nothing: the request is about something else. Needs no signature. 404 for issuers that are not there.
[[nodiscard]] std::optional<HttpResponse> answer_discovery(const Surroundings& at,
                                                           const HttpRequest& request);

}  // namespace writ::api
