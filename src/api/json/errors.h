#pragma once

#include "base/result.h"
#include "reference/api_model.h"

namespace writ::api::json {

/// The error in the words of the service. The frame fails in those of IAM ("AccessDenied" 403,
/// "ValidationError"); Organizations says "AccessDeniedException" and "InvalidInputException", all with
/// status 400, and has a sentence of its own for each `reason` of a bad parameter (spec 6.3, 9.1). What has
/// no row passes through.
[[nodiscard]] Error in_words_of(const reference::ApiService& service, const Error& error);

}  // namespace writ::api::json
