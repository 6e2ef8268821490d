#pragma once

#include <string>
#include <string_view>

#include "api/query/form.h"
#include "base/http.h"
#include "base/result.h"
#include "reference/api_model.h"

namespace writ::api {

/// A request of the Query protocol before anybody looked at its signature.
struct QueryRequest {
    query::Form form;
    std::string_view action;   ///< Empty: none was named.
    std::string_view version;  ///< Empty: none was named.
    QueryRequest() = default;
    QueryRequest(QueryRequest&&) noexcept = default;
    QueryRequest& operator=(QueryRequest&&) = delete;  // Views point into `form`.
};

/// Path of a request target, without its query.
[[nodiscard]] std::string_view path_of(std::string_view target) noexcept;

/// Reads the query string, and the body of a form (spec Q1); a body of another type is not looked at.
/// Errors: those of query::Form.
[[nodiscard]] Result<QueryRequest> read_query_request(const HttpRequest& request);

/// The Query service whose API has this version; null when none has.
[[nodiscard]] const reference::ApiService* find_service_by_version(std::string_view version) noexcept;

/// The JSON service that a request addresses before it says who signed: by the prefix of X-Amz-Target, or by
/// method and path of one of its operations. Null when it is none, as for every request of a Query service.
[[nodiscard]] const reference::ApiService* find_addressed_json_service(const HttpRequest& request) noexcept;

/// The operation that a request for a JSON service addresses: by X-Amz-Target, or by method and path.
/// Null when there is none.
[[nodiscard]] const reference::Operation* find_addressed_operation(const reference::ApiService& service,
                                                                   const HttpRequest& request) noexcept;

}  // namespace writ::api
