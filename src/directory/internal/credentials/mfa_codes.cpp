#include "directory/internal/credentials/mfa_codes.h"

#include <algorithm>

namespace writ::directory {
namespace {

// Spec B14.
constexpr std::int64_t tries_max = 9;
constexpr std::int64_t search_steps_back = 998;
constexpr std::int64_t search_steps_ahead = 1000;
constexpr std::int64_t code_steps = 2;

constexpr std::int64_t remembered_steps = 62;  ///< Bits of `used_before`; a sign bit is of no use.

std::int64_t window_of(Instant now) {
    return std::chrono::floor<std::chrono::minutes>(now).time_since_epoch().count() / 3;
}

/// Steps too old to be remembered count as used.
bool was_used(const store::MfaDevice& device, std::int64_t step) {
    if (step > device.used_step) return false;
    if (step == device.used_step) return true;
    const std::int64_t bit = device.used_step - 1 - step;
    return bit >= remembered_steps || ((device.used_before >> bit) & 1) != 0;
}

void mark_used(store::MfaDevice& device, std::int64_t step) {
    if (step < device.used_step) {
        device.used_before |= std::int64_t{1} << (device.used_step - 1 - step);
        return;
    }
    const std::int64_t newer_by = step - device.used_step;
    constexpr std::int64_t all_bits = (std::int64_t{1} << remembered_steps) - 1;
    device.used_before =
        newer_by >= remembered_steps
            ? 0
            : ((device.used_before << newer_by) | (std::int64_t{1} << (newer_by - 1))) & all_bits;
    device.used_step = step;
}

}  // namespace

bool spend_try(store::MfaDevice& device, Instant now) {
    if (const std::int64_t window = window_of(now); window != device.tries_window) {
        device.tries_window = window;
        device.tries = 0;
    }
    if (device.tries >= tries_max) return false;
    ++device.tries;
    return true;
}

bool accept_pair(store::MfaDevice& device, const crypto::OneTimeCodes& codes, std::string_view first,
                 std::string_view second, Instant now) {
    const std::int64_t adjusted = crypto::one_time_step(now) + device.drift_steps;
    const auto found = codes.find_pair({.first = std::max(adjusted - search_steps_back, device.pair_step + 1),
                                        .last = adjusted + search_steps_ahead - 1},
                                       first, second);
    if (!found) return false;
    device.pair_step = *found + 1;
    device.drift_steps = device.pair_step - crypto::one_time_step(now);
    return true;
}

bool accept_code(store::MfaDevice& device, const crypto::OneTimeCodes& codes, std::string_view code,
                 Instant now) {
    const std::int64_t adjusted = crypto::one_time_step(now) + device.drift_steps;
    for (std::int64_t step = adjusted - code_steps; step <= adjusted + code_steps; ++step) {
        if (was_used(device, step) || !codes.is_code_of(step, code)) continue;
        mark_used(device, step);
        return true;
    }
    return false;
}

}  // namespace writ::directory
