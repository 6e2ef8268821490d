#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"

namespace writ {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;  ///< In wire order, names as sent.

/// Value of the first header of that name, case-insensitive; null when there is none.
[[nodiscard]] inline const std::string* find_header(const HttpHeaders& headers,
                                                    std::string_view name) noexcept {
    for (const auto& [key, value] : headers) {
        if (equals_ignoring_case(key, name)) return &value;
    }
    return nullptr;
}

/// One HTTP request as it came over the wire, between `server` (which read it) and `api` (which answers it).
struct HttpRequest {
    std::string method;  ///< "POST".
    std::string target;  ///< Raw request target: path and query, undecoded, as signatures need it.
    HttpHeaders headers;
    std::string body;
    std::string peer_address;  ///< "203.0.113.9", without port.
    bool tls = false;
    std::string request_id;  ///< UUID made by the server for this request.
};

struct HttpResponse {
    int status = 200;
    HttpHeaders headers;  ///< Without Content-Length, Date and Connection: the server adds them.
    std::string body;
};

}  // namespace writ
