#pragma once

#include <optional>
#include <vector>

#include "engine/internal/combine.h"

namespace writ::engine {

/// Hears the whole evaluation, also what comes after the first Deny.
class Recorder {
  public:
    static constexpr bool complete = true;

    struct Asked {
        Layer layer = Layer::none;
        std::uint32_t level = 0;
        const PolicySet* set = nullptr;
        SetAnswer answer;
    };

    void answered(Layer layer, std::uint32_t level, const PolicySet& set, const SetAnswer& answer) {
        asked_.push_back({layer, level, &set, answer});
    }
    void combined(const Situation& situation, const Answers& answers) {
        situation_ = situation;
        answers_ = answers;
    }

    [[nodiscard]] const std::vector<Asked>& asked() const noexcept { return asked_; }
    /// Nothing when no policy has a say (spec E10, E12).
    [[nodiscard]] const std::optional<Situation>& situation() const noexcept { return situation_; }
    [[nodiscard]] const Answers& answers() const noexcept { return answers_; }

  private:
    std::vector<Asked> asked_;
    std::optional<Situation> situation_;
    Answers answers_;
};

}  // namespace writ::engine
