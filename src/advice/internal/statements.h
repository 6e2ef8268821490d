#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "advice/least_privilege.h"

namespace writ::advice::internal {

/// Actions of one service that share their resources and conditions.
struct GrantStatement {
    std::vector<std::string> actions, resources;  ///< Sorted, each once.
    std::vector<ConstantKey> conditions;
};

/// By service, and within it by what comes first.
[[nodiscard]] std::vector<GrantStatement> statements_of(std::span<const Grant> grants);

/// As few documents as one after another takes, each in normal form and at most `characters_max` long; a
/// statement that is too long alone is divided. A single resource that is too long makes a longer document.
[[nodiscard]] std::vector<std::string> documents_of(std::vector<GrantStatement> statements,
                                                    std::size_t characters_max);

}  // namespace writ::advice::internal
