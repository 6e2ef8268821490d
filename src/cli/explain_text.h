#pragma once

#include <string>

#include "base/time.h"
#include "cases/case.h"
#include "cases/run.h"
#include "cli/terminal.h"

namespace writ::cli {

/// Why a request is allowed or denied, for people: the verdict and its sentence, what each policy type said,
/// the deciding statement with its deciding lines marked, what nearly matched, what the request lacks, and
/// the least that would lift a denial. `now` as in cases::run().
[[nodiscard]] std::string explain_text(const cases::Case& question, const cases::Outcome& outcome,
                                       Instant now, const Terminal& terminal);

}  // namespace writ::cli
