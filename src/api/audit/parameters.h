#pragma once

#include <string>

#include "api/input.h"
#include "api/output.h"
#include "reference/api_model.h"

namespace writ::api::audit {

/// Parameters and answers in the form of CloudTrail: names begin in lower case, secrets are left out with
/// their names, dates are ISO 8601. What takes more than 100 KB is left out as a whole, with its size told.
/// "null" when there is nothing.
[[nodiscard]] std::string print_parameters(const Input& input);
/// `shape`: of the operation's output; null gives "null".
[[nodiscard]] std::string print_response(const reference::Shape* shape, const Output& output);

}  // namespace writ::api::audit
