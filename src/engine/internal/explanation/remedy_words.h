#pragma once

#include <span>
#include <string>

#include "engine/internal/explanation/statements.h"

/// What remedies say in words.
namespace writ::engine {

/// Where a statement of a layer would have to be put: "an identity-based policy of user bob".
[[nodiscard]] std::string place_of(Layer layer, std::uint32_t level, const Policies& policies,
                                   const Request& request);

/// `statement "NoDelete" of policy Guard of group developers`; without Sid its index.
[[nodiscard]] std::string words_for(const TracedStatement& statement);

/// Why a Deny applies and what would end that.
[[nodiscard]] std::string note_on_deny(const TracedStatement& statement);

/// The Allow of the layer that came nearest to applying, and what it lacked; empty when there is none that
/// speaks of this caller, action and resource.
[[nodiscard]] std::string note_on_near_miss(Layer layer, std::uint32_t level,
                                            std::span<const TracedStatement> statements);

}  // namespace writ::engine
