#pragma once

#include <string>
#include <vector>

#include "cases/case.h"
#include "cases/run.h"

namespace writ::cli {

/// A statement that nearly changed the answer, and each element of it that did not match.
struct NearMiss {
    const engine::StatementTrace* trace = nullptr;
    const cases::PolicyText* policy = nullptr;
    std::vector<std::string> reasons;  ///< "condition: StringEquals aws:SourceVpc: expected …"
};

/// Of an implicit denial the Allow statements of the policy types that had to allow and did not; of an
/// allowed request the Deny statements that speak of its action and resource. Nearest first; statements of
/// other services are near to nothing. Points into the question and the outcome.
[[nodiscard]] std::vector<NearMiss> find_near_misses(const cases::Case& question,
                                                     const cases::Outcome& outcome);

/// `"a", "b", … 3 more`: at most `shown_max` texts in quotes; "nothing" for none.
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& texts, std::size_t shown_max = 3);

}  // namespace writ::cli
