#pragma once

#include <string>
#include <utility>
#include <vector>

#include "directory/reports/recorded_uses.h"

namespace writ::advice {

inline constexpr const char* tables = "arn:aws:dynamodb:us-east-1:123456789012:table/";

inline directory::UseKey one(std::string name, std::string value) {
    return {std::move(name), {std::move(value)}, false};
}
inline directory::UseKey many(std::string name, std::vector<std::string> values) {
    return {std::move(name), std::move(values), true};
}
inline directory::RecordedUse use(std::string action, std::string resource,
                                  std::vector<directory::UseKey> context = {}) {
    return {.action = std::move(action), .resource = std::move(resource), .context = std::move(context)};
}

}  // namespace writ::advice
