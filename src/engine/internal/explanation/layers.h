#pragma once

#include <vector>

#include "engine/explain.h"
#include "engine/internal/explanation/recorder.h"

namespace writ::engine {

/// A row for every policy type, and for every level of SCPs and RCPs, in the order in which they are asked;
/// also for those that have no part in the decision.
[[nodiscard]] std::vector<LayerTrace> trace_layers(const Recorder& recorder, const Policies& policies);

}  // namespace writ::engine
