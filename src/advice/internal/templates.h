#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "advice/internal/resource_shape.h"

namespace writ::advice::internal {

struct TemplateRule {
    std::size_t exact_resources_max = 10;
    bool may_reach_other_types = false;
};

/// The resources of one action as they go into its policy: each once, and templates where there are too many
/// that differ in one segment only.
[[nodiscard]] std::vector<ResourceShape> template_resources(std::string_view action,
                                                            std::vector<ResourceShape> resources,
                                                            const TemplateRule& rule);

}  // namespace writ::advice::internal
