#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace writ::gateway::internal {

/// A request path cut at its slashes, each part decoded once.
struct RequestPath {
    std::vector<std::string> parts;  ///< "/photos/a%2Fb/": "photos", "a/b", "".
    bool has_encoded_slash = false;

    /// Without the empty part that a slash at the end leaves.
    [[nodiscard]] std::size_t size_without_end() const noexcept {
        return parts.size() - (!parts.empty() && parts.back().empty() ? 1 : 0);
    }
};

/// Cuts and decodes the path of a request target. Errors: MalformedRequest for what servers read differently:
/// a broken percent sign, text that is not UTF-8, a NUL, "." and ".." in any spelling, a raw backslash, '#',
/// blank or byte outside ASCII.
[[nodiscard]] Result<RequestPath> read_path(std::string_view target);

/// The same path to a reader that decodes before it cuts.
[[nodiscard]] RequestPath decoded_before_cut(const RequestPath& path);

}  // namespace writ::gateway::internal
