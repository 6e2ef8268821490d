#pragma once

#include <span>

#include "engine/internal/arena.h"
#include "engine/internal/statement.h"
#include "engine/policies.h"

namespace writ::engine {

class CompiledDocument {
  public:
    CompiledDocument(policy::DocumentPtr source, policy::PolicyType type);

    [[nodiscard]] const policy::Document& source() const noexcept { return *source_; }
    [[nodiscard]] policy::PolicyType type() const noexcept { return type_; }
    /// One for each statement of source(), in its order.
    [[nodiscard]] std::span<const CompiledStatement> statements() const noexcept { return statements_; }

  private:
    policy::DocumentPtr source_;
    policy::PolicyType type_;
    Arena arena_;
    std::span<const CompiledStatement> statements_;
};

}  // namespace writ::engine
