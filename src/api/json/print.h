#pragma once

#include "api/output.h"
#include "base/http.h"
#include "base/result.h"
#include "reference/api_model.h"

namespace writ::api::json {

/// The answer of an operation that succeeded, as JSON 1.1: an operation without output answers an empty body,
/// timestamps are seconds since 1970. The output's members appear in the order in which they were set; a
/// member that the model does not know is a bug and left out.
[[nodiscard]] HttpResponse print_answer(const reference::Operation& operation, const Output& output);

/// An error as the JSON services write it (spec 6.3): JSON 1.1 with __type, REST-JSON with a header. Codes
/// and status are those of the service (in_words_of).
[[nodiscard]] HttpResponse print_error(const reference::ApiService& service, const Error& error);

}  // namespace writ::api::json
