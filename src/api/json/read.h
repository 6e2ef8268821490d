#pragma once

#include <string_view>

#include "api/input.h"
#include "base/result.h"
#include "reference/api_model.h"

namespace writ::api::json {

/// Builds the parameters of an operation from the body of a JSON 1.1 request. An empty body has no
/// parameters; members that the shape does not know are ignored, null stands for absence. Errors:
/// SerializationException 400 for what is no JSON object, or has a value of another type than the model says.
/// Nothing else is checked here. `shape` may be null: no parameters. Cost: linear in the body.
[[nodiscard]] Result<Input> read_input(std::string_view body, const reference::Shape* shape);

}  // namespace writ::api::json
