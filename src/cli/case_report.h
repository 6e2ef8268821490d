#pragma once

#include <cstdint>
#include <string>

#include "cases/case.h"
#include "cases/run.h"
#include "cli/terminal.h"

/// How the outcome of a case is told in a line.
namespace writ::cli {

/// A file as people know it: its path; of a built-in policy only the name.
[[nodiscard]] std::string shown_file(const cases::PolicyText& policy);

/// "read.json:5 ReadOrders": file, line, and the Sid where there is one.
[[nodiscard]] std::string place_of(const cases::PolicyText& policy, const policy::Position& in_file,
                                   std::string_view sid);

/// Who allowed: "read.json:5 ReadOrders", "the root user of the account" …
[[nodiscard]] std::string grounds_of(const cases::Outcome& outcome);

/// "allowed  NAME: PLACE" or "denied   NAME: SENTENCE (PLACE)", and what was expected if it came out
/// otherwise. The name is left out of a denial of the quick question, whose sentence says it all. No line
/// end.
[[nodiscard]] std::string answer_line(const cases::Case& question, const cases::Outcome& outcome,
                                      const Terminal& terminal);

/// What scripts learn from the exit code: the case came out as expected or, where nothing is expected, it is
/// allowed.
[[nodiscard]] bool satisfied(const cases::Case& question, const cases::Outcome& outcome) noexcept;

}  // namespace writ::cli
