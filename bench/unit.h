#pragma once

#include "bench/measure.h"

namespace writ::bench {

/// The yardstick of the goals: one look-up of a 24-byte name among 20,000 plus one compiled glob over an
/// 80-byte ARN. Written here without any part of Writ, so that it says what the machine can do.
[[nodiscard]] Timing measure_unit();

}  // namespace writ::bench
