#pragma once

#include "api/input.h"
#include "api/query/form.h"
#include "base/result.h"
#include "reference/api_model.h"

namespace writ::api::query {

/// Builds the parameters of an operation from a form: scalars `Name`, lists `Name.member.N`, maps
/// `Name.entry.N.key/value`, structures `Name.Member`, nested at will. A list may also be sent as `Name=` and
/// is empty then. Fields that the shape does not know are ignored (spec 7.1).
/// Errors: MalformedInput for numbers and booleans that are none (spec S5). Nothing else is checked here.
/// `shape` may be null: no parameters.
[[nodiscard]] Result<Input> read_input(const Form& form, const reference::Shape* shape);

}  // namespace writ::api::query
