#pragma once

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <string>
#include <vector>

#include "bench/measure.h"

namespace writ::bench {

/// Which time of a call counts: that on the clock, or that its thread spent on a processor, which other
/// programs on the machine disturb less. The latter leaves out servers and disks that the call waits for.
enum class TimeOf : clockid_t { clock = CLOCK_MONOTONIC, thread = CLOCK_THREAD_CPUTIME_ID };

[[nodiscard]] inline double now_us(TimeOf which) {
    std::timespec time{};
    clock_gettime(static_cast<clockid_t>(which), &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

/// How long single calls took, in rounds: of each percentile the best round counts, since this kind of
/// machine is disturbed more often than it is fast by chance.
class Latencies {
  public:
    explicit Latencies(TimeOf which) : which_(which) {}

    template <class Call>
    void time(Call&& call) {
        const double begin = now_us(which_);
        call();
        round_us_.push_back(now_us(which_) - begin);
    }

    void end_round() {
        std::ranges::sort(round_us_);
        note(p50_us_, at(0.5));
        note(p99_us_, at(0.99));
        round_us_.clear();
    }

    /// "NAME, p50" and "NAME, p99" in microseconds. REQUIRES: a round has ended.
    void print(const std::string& name) const {
        print_row(name + ", p50", p50_us_, p50_us_, "us");
        print_row(name + ", p99", p99_us_, p99_us_, "us");
    }

  private:
    [[nodiscard]] double at(double share) const {
        return round_us_[static_cast<std::size_t>(share * static_cast<double>(round_us_.size() - 1))];
    }
    static void note(double& best, double value) { best = best == 0 ? value : std::min(best, value); }

    TimeOf which_;
    std::vector<double> round_us_;
    double p50_us_ = 0, p99_us_ = 0;  ///< 0: no round has ended.
};

}  // namespace writ::bench
