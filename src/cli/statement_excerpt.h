#pragma once

#include <cstdint>
#include <string>

#include "cases/case.h"
#include "cli/terminal.h"
#include "engine/request.h"

namespace writ::cli {

/// The text of one statement with line numbers of its file. The lines that decided are marked with ">": the
/// effect, the first action and resource patterns that match the request, the conditions. Of a long
/// statement other lines are left out. A statement that is one long line is spread over several and loses
/// its numbers. `index` is that of the statement in the document.
[[nodiscard]] std::string statement_excerpt(const cases::PolicyText& policy, policy::PolicyType type,
                                            std::uint32_t index, const engine::Request& request,
                                            const Terminal& terminal);

}  // namespace writ::cli
