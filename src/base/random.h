#pragma once

#include <cstddef>
#include <span>

namespace writ {

/// The only place where randomness comes from. Safe for concurrent use.
class RandomSource {
  public:
    virtual ~RandomSource() = default;
    /// Fills `bytes` with unpredictable bytes. Cannot fail: where the system has none, the program ends.
    virtual void fill(std::span<std::byte> bytes) = 0;
};

/// getrandom(2).
class SystemRandom final : public RandomSource {
  public:
    void fill(std::span<std::byte> bytes) override;
};

/// A repeatable sequence for tests. Not safe for concurrent use.
class SequenceRandom final : public RandomSource {
  public:
    explicit SequenceRandom(unsigned long long seed) : state_(seed) {}
    void fill(std::span<std::byte> bytes) override;

  private:
    unsigned long long state_;
};

}  // namespace writ
