#pragma once

#include "base/time.h"
#include "cases/case.h"
#include "oracle/oracle.h"

/// Asks the oracle what a policy case asks. What the engine derives from a request in its own ways (owner of
/// the resource, spelling of keys, in what context a key is found) is told here raw, so that the oracle
/// derives it, too. Only the keys of spec 4.1 that follow from caller, time and resource come from the shared
/// code.
namespace writ::cases {

[[nodiscard]] oracle::Question oracle_question(const Case& question, Instant now);
[[nodiscard]] oracle::PolicySets oracle_policies(const PolicyTexts& policies);
[[nodiscard]] oracle::Answer oracle_answer(const Case& question, Instant now);

/// The rows of the service reference that spec 5.2 and ?33 ask for; they depend on the action, and for an
/// unknown action of a known service on whether there is a resource.
void set_service_facts(oracle::Question& question);

}  // namespace writ::cases
