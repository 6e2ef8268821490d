#pragma once

#include <atomic>
#include <cstddef>

namespace writ {

/// How much the bodies of all requests that are under way may take together. Small ones count nothing: what
/// all connections can hold of those is bounded by their number, and they share no cache line. Safe for
/// concurrent use.
class BodyBudget {
  public:
    static constexpr std::size_t small_bytes_max = std::size_t{64} * 1024;

    explicit BodyBudget(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// What one connection holds of it. For one thread at a time; must not outlive the budget.
    class Share {
      public:
        explicit Share(BodyBudget& budget) : budget_(budget) {}
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;
        ~Share() { give_back(); }

        /// The body takes so many bytes now, more than before; false when the budget does not have them: the
        /// share stays as it was then.
        [[nodiscard]] bool grow_to(std::size_t bytes) noexcept {
            if (bytes <= small_bytes_max || bytes <= held_) return true;
            const std::size_t more = bytes - held_;
            if (budget_.held_.fetch_add(more, std::memory_order_relaxed) + more > budget_.bytes_max_) {
                budget_.held_.fetch_sub(more, std::memory_order_relaxed);
                return false;
            }
            held_ = bytes;
            return true;
        }
        void give_back() noexcept {
            if (held_ == 0) return;
            budget_.held_.fetch_sub(held_, std::memory_order_relaxed);
            held_ = 0;
        }

      private:
        BodyBudget& budget_;
        std::size_t held_ = 0;
    };

  private:
    const std::size_t bytes_max_;
    std::atomic<std::size_t> held_{0};
};

}  // namespace writ
