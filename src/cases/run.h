#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cases/case.h"
#include "engine/explain.h"

namespace writ::cases {

/// The whole condition context of a case: the keys that follow from caller, time and resource (spec 4.1),
/// then what the case says itself. `now` stands for the time of a case that names none.
[[nodiscard]] engine::Context context_of(const Case& question, Instant now);

/// The account that owns the resource: told, else in the ARN, else the caller's. May be empty.
[[nodiscard]] std::string resource_account_of(const Case& question);

/// A case made ready for the engine: documents compiled, context built. The case must outlive it.
class Prepared {
  public:
    Prepared(const Case& question, Instant now);
    Prepared(Case&&, Instant) = delete;  // Would dangle.
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;
    ~Prepared();

    [[nodiscard]] const engine::Policies& policies() const noexcept { return policies_; }
    [[nodiscard]] const engine::Request& request() const noexcept;

  private:
    struct Content;
    std::unique_ptr<const Content> content_;
    engine::Policies policies_;
};

/// The statement that decided, in words of the case.
struct Matched {
    policy::PolicyType type = policy::PolicyType::identity;
    std::uint32_t level = 0;         ///< SCP and RCP.
    std::uint32_t policy_index = 0;  ///< Within its list.
    std::uint32_t statement = 0;     ///< Index within the document.
    std::string sid;                 ///< Empty: none.
    const PolicyText* policy = nullptr;
    policy::Span span;  ///< In `policy->file`.
};

/// A member of `expect` that came out otherwise.
struct Difference {
    std::string member;
    std::string expected;
    std::string actual;
};

struct Outcome {
    engine::Explanation explanation;
    std::string_view decided_by;  ///< In the words of the format.
    std::optional<Matched> matched;
    std::vector<std::string> silent;      ///< Policy types that were asked and did not allow.
    std::vector<Difference> differences;  ///< From `expect`.

    [[nodiscard]] bool allowed() const noexcept { return explanation.decision.allowed(); }
    [[nodiscard]] bool passed() const noexcept { return differences.empty(); }
};

/// Asks the engine and compares with `expect`. The outcome points into `question`.
[[nodiscard]] Outcome run(const Case& question, Instant now);
Outcome run(Case&&, Instant) = delete;

/// The outcome of a case whose decision the caller has explained, with the policies of the case in the same
/// order.
[[nodiscard]] Outcome describe(const Case& question, engine::Explanation explanation);
Outcome describe(Case&&, engine::Explanation) = delete;

/// The policy that a statement of a trace belongs to; null for none of the case.
[[nodiscard]] const PolicyText* find_policy(const PolicyTexts& policies, policy::PolicyType type,
                                            const engine::StatementRef& statement) noexcept;

}  // namespace writ::cases
