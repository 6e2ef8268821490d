#pragma once

#include <string>
#include <string_view>

namespace writ::policy::internal {

/// Appends the text as a JSON string in the shortest spelling that parse() reads: characters that spec G1
/// permits stand for themselves, the others are escaped. REQUIRES: valid UTF-8, as a Document holds it.
void append_json_string(std::string& out, std::string_view text);

}  // namespace writ::policy::internal
