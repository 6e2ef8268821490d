#pragma once

#include <cstdint>
#include <string>

#include "cases/case.h"
#include "cases/run.h"

namespace writ::cases {

enum class Detail : std::uint8_t {
    answer,  ///< What came out, and whether it was expected.
    trace,   ///< Also what every policy type and statement said, and what would lift a denial.
};

/// One JSON object on one line, without the line's end: name, decision, decided_by, matched, silent,
/// missing_context, message, and with `expect` passed and differences. docs/policy-cases.md describes it.
[[nodiscard]] std::string to_json(const Case& question, const Outcome& outcome,
                                  Detail detail = Detail::answer);

}  // namespace writ::cases
