#pragma once

#include <memory>
#include <string_view>

#include "api/endpoint.h"
#include "base/http.h"
#include "questions/settings.h"

namespace writ::questions {

/// The authorization APIs, for programs that do not speak AWS: the native one, AuthZEN, and that for proxies,
/// on the paths that docs/authorization-api.md describes. Without sockets: one HTTP request in, one answer
/// out. Whatever goes wrong is a denial. Safe for concurrent use.
class Endpoint {
  public:
    /// `shared` knows whom and what questions are about, and must outlive it.
    Endpoint(Settings settings, api::Endpoint& shared);
    Endpoint(const Endpoint&) = delete;
    Endpoint& operator=(const Endpoint&) = delete;
    ~Endpoint();

    /// Whether a request target is one of the paths served here.
    [[nodiscard]] static bool serves(std::string_view target) noexcept;
    /// REQUIRES: serves(request.target).
    [[nodiscard]] api::Answer handle(const HttpRequest& request) noexcept;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace writ::questions
