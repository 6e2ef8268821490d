#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "cases/case.h"
#include "choices.h"
#include "engine/decide.h"
#include "engine/policies.h"
#include "oracle/oracle.h"

namespace writ::differential {

/// Which of a bundle's questions and policy sets are put together. Indexes; nothing: no such policy.
struct Selection {
    std::size_t question = 0;
    std::string_view action;
    std::optional<std::size_t> identity, boundary, session, resource, trust, endpoint;
    std::optional<std::vector<std::size_t>> scp, rcp, scope_down;
};

/// What the two evaluators said.
struct Answers {
    engine::Decision engine;
    oracle::Answer oracle;
    [[nodiscard]] bool agree() const noexcept;
};

/// How many sets of each policy type, and how many questions. REQUIRES: at least one of each.
struct BundleSize {
    std::uint32_t sets = 6;
    std::uint32_t questions = 24;
};

/// Policies, compiled once, and questions that can be combined in very many ways: making documents costs more
/// than deciding, so every document serves hundreds of cases. Not thread-safe.
class Bundle {
  public:
    explicit Bundle(Choices& choices, BundleSize size = {});
    Bundle(const Bundle&) = delete;
    Bundle& operator=(const Bundle&) = delete;
    ~Bundle();

    [[nodiscard]] Selection select(Choices& choices) const;
    [[nodiscard]] Answers ask(const Selection& selection);
    /// The same as a case of its own.
    [[nodiscard]] cases::Case case_of(const Selection& selection) const;

  private:
    struct Set;
    struct Question;
    using Sets = std::vector<Set>;
    [[nodiscard]] const Sets& sets(policy::PolicyType type) const noexcept;

    BundleSize size_;
    std::array<Sets, 8> sets_;  ///< By PolicyType.
    std::vector<std::unique_ptr<Question>> questions_;
};

}  // namespace writ::differential
