#pragma once

#include <string>
#include <string_view>

namespace writ::engine {

/// The text as a JSON string in the characters that IAM accepts in a policy: those behind U+00FF are escaped
/// (spec G1). What is no UTF-8 becomes U+FFFD.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace writ::engine
