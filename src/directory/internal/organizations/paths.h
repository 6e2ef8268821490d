#pragma once

#include <string>
#include <vector>

#include "directory/internal/organizations/records.h"

namespace writ::directory::organizations {

/// "o-…/r-…/ou-…/" over the nodes given, the root first (spec O8).
[[nodiscard]] inline std::string path_text(const store::Organization& organization,
                                           const std::vector<Node>& path) {
    std::string text = organization.organization_id + "/";
    for (const Node& node : path) text.append(node.id).append("/");
    return text;
}

}  // namespace writ::directory::organizations
