#pragma once

#include <string>
#include <string_view>

#include "api/output.h"
#include "base/http.h"
#include "base/result.h"
#include "reference/api_model.h"

namespace writ::api::query {

/// Namespace of errors of requests that name no known operation (spec Q2).
inline constexpr std::string_view fault_namespace = "http://webservices.amazon.com/AWSFault/2005-15-09";

/// The answer of an operation that succeeded (spec Q3, Q5). The output's members appear in the order in
/// which they were set; a member that the model does not know is a bug and left out.
[[nodiscard]] HttpResponse print_answer(const reference::ApiService& service,
                                        const reference::Operation& operation, const Output& output,
                                        std::string_view request_id);

/// An error (spec Q4). Without a message there is no Message element (spec S5).
[[nodiscard]] HttpResponse print_error(std::string_view xml_namespace, const Error& error,
                                       std::string_view request_id);

/// Spec 7.7, 1: what STS says to any path but "/".
[[nodiscard]] HttpResponse print_unknown_route();

}  // namespace writ::api::query
