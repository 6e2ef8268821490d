#pragma once

#include <span>
#include <string>
#include <utility>

namespace writ::crypto {

/// Per cent of the space for session policies and tags that these take, packed (spec S1, S2): over 100 the
/// call is refused. Documents without insignificant blanks. Nothing passed at all is 0: no PackedPolicySize.
[[nodiscard]] int packed_policy_size(std::span<const std::string> documents,
                                     std::span<const std::string> policy_arns,
                                     std::span<const std::pair<std::string, std::string>> tags);

}  // namespace writ::crypto
