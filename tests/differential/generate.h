#pragma once

#include <string>

#include "cases/case.h"
#include "choices.h"
#include "policy/document.h"

namespace writ::differential {

/// The text of a policy document of that type: always JSON that parse() accepts, often something that
/// validate() would refuse.
[[nodiscard]] std::string generate_document(Choices& choices, policy::PolicyType type);

/// Who asks for which resource in which context: a case without action and policies. Only what a policy cases
/// file can express.
[[nodiscard]] cases::Case generate_question(Choices& choices);

}  // namespace writ::differential
