#pragma once

#include <cstddef>
#include <span>

#include "base/http.h"
#include "base/result.h"
#include "gateway/internal/requests/fields.h"
#include "gateway/recognize.h"

namespace writ::gateway::internal {

[[nodiscard]] inline bool speaks_query(const reference::RequestService* service) noexcept {
    return service->speaks(WireProtocol::query) || service->speaks(WireProtocol::ec2_query);
}

/// The operation that Action and Version in the query string name, or none yet: then the body does.
[[nodiscard]] Result<RecognizedRequest> recognize_query(
    const HttpRequest& head, const Fields& query, std::span<const reference::RequestService* const> services);

/// The operation that the form names, `recognized` being what the head told.
[[nodiscard]] Result<RecognizedRequest> recognize_query_body(const HttpRequest& request,
                                                             const RecognizedRequest& recognized,
                                                             std::size_t bytes_max);

/// All fields of a Query request: those of the query string, then those of the form, which unpacked has no
/// more than `bytes_max`.
[[nodiscard]] Result<Fields> query_fields(const HttpRequest& request, std::size_t bytes_max);

}  // namespace writ::gateway::internal
