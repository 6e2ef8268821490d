#pragma once

#include <string_view>

#include "authz/caller.h"
#include "base/result.h"

namespace writ::api {

/// What temporary credentials may not call whatever policies say (spec 7.6). `operation` is its name.
[[nodiscard]] Result<void> check_session_may_call(const authz::Caller& caller, std::string_view service,
                                                  std::string_view operation);

}  // namespace writ::api
