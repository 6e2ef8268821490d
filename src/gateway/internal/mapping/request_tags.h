#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/internal/mapping/plan.h"

namespace writ::gateway::internal {

struct RequestTags {
    std::vector<std::pair<std::string, std::string>> tags;
    std::vector<std::string> keys;  ///< Of the tags and of lists of keys.
};

/// The tags that a request sets or removes.
[[nodiscard]] RequestTags read_tags(const TagPlaces& places, const Parameters& parameters);

/// Number of elements of the list at `path`.
[[nodiscard]] std::size_t element_count(const Parameters& parameters, std::string_view path);

}  // namespace writ::gateway::internal
