#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/audit/writer.h"
#include "api/operation.h"

namespace writ::api::audit {

/// ARNs of what a call is about: its target, what else it addresses, each once and in that order. Without
/// the "*" of operations that have no resource and without the ARNs of mere places ("user/").
[[nodiscard]] std::vector<std::string> arns_of(const Target& target);

/// One of the `resources` of an event.
void write_resource(Writer& writer, std::string_view arn);

}  // namespace writ::api::audit
