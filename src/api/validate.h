#pragma once

#include "api/input.h"
#include "api/patterns.h"
#include "base/result.h"

namespace writ::api {

/// Holds the parameters against the constraints of the model: required, length, number of elements, range,
/// pattern, enumeration (spec 7.9). All violations are reported at once, in the order of the model, as one
/// ValidationError. Its `reason` is the word that Organizations has for the first one, "INVALID_PATTERN".
/// Values of sensitive members are not repeated. Nothing: the input is fine.
[[nodiscard]] Result<void> validate(const Input& input, Patterns& patterns);

}  // namespace writ::api
