#pragma once

#include <string_view>

#include "base/http.h"
#include "base/result.h"
#include "reference/api_model.h"

namespace writ::api {

/// An error as the JSON services write it (spec 6.3): JSON 1.1 with __type, REST-JSON with a header.
[[nodiscard]] HttpResponse print_json_error(reference::Protocol protocol, const Error& error);

}  // namespace writ::api
