#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace writ::cli {

using JsonFields = std::vector<std::pair<std::string_view, std::variant<bool, std::string>>>;

/// A flat JSON object on one line, with its end. Bytes that are no UTF-8 are replaced.
[[nodiscard]] std::string json_line(const JsonFields& fields);

/// JSON text over several lines, indented by two blanks a level, no line end behind it; the text itself when
/// it is no JSON.
[[nodiscard]] std::string spread_json(std::string_view json);

}  // namespace writ::cli
