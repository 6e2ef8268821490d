#pragma once

#include <span>
#include <string>
#include <string_view>

namespace writ::api::audit {

/// Whether CloudTrail calls it a data event, by its page "Logging data events": what is done with the content
/// of a resource, not with the resource itself. `service`: signing name; `resources`: what it is about.
[[nodiscard]] bool is_data_event(std::string_view service, std::string_view operation,
                                 std::span<const std::string> resources);

}  // namespace writ::api::audit
