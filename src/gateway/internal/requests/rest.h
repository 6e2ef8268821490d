#pragma once

#include <span>
#include <string_view>

#include "base/http.h"
#include "base/result.h"
#include "gateway/internal/requests/fields.h"
#include "gateway/internal/requests/request_host.h"
#include "gateway/recognize.h"

namespace writ::gateway::internal {

/// Whether an upload by form is what a POST to a bucket is.
[[nodiscard]] bool is_form_upload(std::string_view content_type) noexcept;

/// The operation of a REST service that method, path, query string and headers address, and its labels. What
/// addresses a part of the query that the operation does not take is an error: another server might follow
/// it.
[[nodiscard]] Result<RecognizedRequest> recognize_rest(
    const HttpRequest& head, const Fields& query, const RequestHost& host, std::string_view signing_name,
    std::span<const reference::RequestService* const> services);

/// Headers of S3 may also stand in the query string of a presigned URL: "x-amz-acl=private".
[[nodiscard]] bool may_stand_in_query(const reference::RequestService& service,
                                      const reference::RequestMember& member) noexcept;

}  // namespace writ::gateway::internal
