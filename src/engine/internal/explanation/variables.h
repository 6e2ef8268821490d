#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/internal/condition.h"
#include "engine/internal/statement.h"

/// What policy variables stood for in one request (spec 3.6).
namespace writ::engine {

/// Receives the name of a context key as the policy spells it.
using HearKey = std::function<void(std::string_view)>;

/// A value of a condition with its variables replaced; a variable without value stays as it was written, and
/// where wildcards have a meaning the literal ones are written ${*} and ${?}. `written` is the value in the
/// document.
[[nodiscard]] std::string substituted(const Operand& operand, std::string_view written,
                                      const Context& context);

/// The variables in a condition's values that have no value (spec X5).
void visit_unresolved(const CompiledCondition& condition, const Context& context, const HearKey& hear);
/// The same for Resource and NotResource.
void visit_unresolved_in_resource(const CompiledStatement& statement, const Context& context,
                                  const HearKey& hear);

}  // namespace writ::engine
