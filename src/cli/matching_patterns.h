#pragma once

#include <vector>

#include "engine/request.h"
#include "policy/document.h"

namespace writ::cli {

enum class PatternKind : std::uint8_t { action, resource };

/// The patterns of an Action or Resource element that match the request, by asking the engine about each one
/// alone, so that variables and incomplete ARNs mean what they mean in a decision. Empty for NotAction and
/// NotResource. Cost: one statement compiled for each pattern.
[[nodiscard]] std::vector<policy::Span> matching_patterns(const policy::Document& document,
                                                          const policy::PatternElement& element,
                                                          PatternKind kind, policy::PolicyType type,
                                                          const engine::Request& request);

}  // namespace writ::cli
