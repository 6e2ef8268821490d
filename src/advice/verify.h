#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "advice/least_privilege.h"
#include "engine/principal.h"

namespace writ::advice {

/// One kind of question: how many were asked, and what was answered wrongly.
struct Asked {
    std::size_t questions = 0;
    std::size_t wrong = 0;
    std::vector<std::string> examples;  ///< The first few wrong ones: "dynamodb:Scan on arn:…".
};

struct Verification {
    Asked replayed;    ///< Recorded uses: each must be allowed.
    Asked actions;     ///< Other actions of the services used, on the recorded resources: must be denied.
    Asked neighbours;  ///< Recorded actions on resources beside the recorded ones: must be denied.
    Asked conditions;  ///< Recorded uses with another value of a constant key, or without it: must be denied.
    /// Questions of the middle two kinds that a template allows, as it says.
    std::size_t within_templates = 0;

    [[nodiscard]] bool holds() const noexcept {
        return replayed.wrong + actions.wrong + neighbours.wrong + conditions.wrong == 0;
    }
};

/// Replays the record with the engine against the documents, which decide alone: as the identity policies of
/// `principal`. Of services with very many resources the other actions are asked on a sample of some
/// hundreds. Cost: a decision a question.
[[nodiscard]] Verification verify_policy(const GeneratedPolicy& policy,
                                         std::span<const directory::RecordedUse> uses,
                                         const engine::Principal& principal);

}  // namespace writ::advice
