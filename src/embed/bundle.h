#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "cases/case.h"
#include "embed/failure.h"
#include "engine/policies.h"

namespace writ::embed {

/// The policies behind a writ_policies handle: compiled for the engine, and as texts for explanations. A
/// value: copies share what is compiled. After a failure or an exception the object may be destroyed only.
class Bundle {
  public:
    /// An organization has a root, at most five nested units and the account; far more is a mistake.
    static constexpr std::uint32_t levels_max = 64;

    [[nodiscard]] std::optional<Failure> add(policy::PolicyType type, std::uint32_t level,
                                             cases::PolicyText text);
    [[nodiscard]] std::optional<Failure> require(policy::PolicyType type, std::uint32_t level);

    /// Views into this bundle.
    [[nodiscard]] engine::Policies policies() const noexcept;
    [[nodiscard]] const cases::PolicyTexts& texts() const noexcept { return texts_; }

  private:
    using Set = std::shared_ptr<const engine::PolicySet>;
    /// SCPs or RCPs: a set for each level, and the pointers that engine::Policies wants.
    struct Levels {
        std::vector<Set> sets;
        std::vector<const engine::PolicySet*> pointers;
    };

    [[nodiscard]] Set& slot_for(policy::PolicyType type, std::uint32_t level);
    void refresh_pointers() noexcept;

    std::array<Set, 8> sets_;  ///< By policy::PolicyType; those of SCPs and RCPs stay empty.
    std::optional<Levels> scp_, rcp_;
    cases::PolicyTexts texts_;
};

}  // namespace writ::embed
