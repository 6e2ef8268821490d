#pragma once

#include <string>

#include "api/iam/simulator/policies.h"
#include "api/iam/simulator/question.h"
#include "api/output.h"

namespace writ::api::iam::simulator {

/// The EvaluationResult of one action over all resources: the most restrictive decision, and that of each
/// resource (spec B35, B36). The policies are those of the simulation alone: no trust policy, no session and
/// no resource control policies take part. Cost: one explanation a resource, two under SCPs.
[[nodiscard]] Output evaluate(const Question& question, const Policies& policies, const std::string& action);

}  // namespace writ::api::iam::simulator
