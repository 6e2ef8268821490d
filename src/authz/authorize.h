#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authz/caller.h"
#include "authz/subjects.h"
#include "base/time.h"
#include "engine/context.h"
#include "engine/decide.h"
#include "engine/explain.h"

namespace writ::authz {

/// One (action, resource) pair that a caller asks for.
struct Demand {
    std::string_view action;            ///< "iam:GetUser".
    std::string_view resource;          ///< ARN, or "*".
    std::string_view resource_account;  ///< Account that owns it; empty: as the ARN tells.
    /// That account as its organization sees it; null is a defect: denied.
    const Organization* owner = nullptr;
    const engine::PolicySet* trust = nullptr;            ///< sts:AssumeRole and its companions: of the role.
    const engine::PolicySet* resource_policy = nullptr;  ///< Null: the resource has none.
    /// Why the policy of the resource cannot be read. Not empty: denied.
    std::string_view resource_defect{};
    std::optional<std::string_view>
        shown;  ///< How a denial names the resource (spec 6.1); nothing: by its ARN.
};

/// The policies that a decision goes by, as they are now: they stay when the store changes.
struct PoliciesInForce {
    using Members = std::vector<engine::PolicySet::Member>;
    Members identity;
    std::optional<Members> boundary, session, resource, trust;  ///< Nothing: none is set, or none was passed.
    std::vector<Members> scope_down;  ///< Of the session, the first call of GetScopedCredentials first.
    std::optional<std::vector<Members>> scp, rcp;  ///< Root first; nothing: no organization.
};

/// Default: denied.
struct Ruling {
    engine::Decision decision;
    std::string message;  ///< The sentence of spec 6.1; empty when allowed.
    std::string defect;   ///< Why deciding failed, for the log. Not empty: denied for that reason.

    [[nodiscard]] bool allowed() const noexcept { return decision.allowed(); }
};

/// Keys that follow from who asks and when (spec 4.1): call it once for each request, then add those of the
/// request.
void set_caller_keys(engine::Context& context, const Caller& caller, Instant now);

/// The one function that everything asks. Whatever goes wrong while deciding is a denial. Never throws but
/// for lack of memory; thread-safe.
class Authorizer {
  public:
    explicit Authorizer(Subjects& subjects) : subjects_(subjects) {}

    [[nodiscard]] Ruling authorize(const Caller& caller, const Demand& demand,
                                   const engine::Context& context);

    /// Whether authorize() looks at the context at all: false promises the same decision with an empty one.
    /// Sessions that carry policies count as if theirs did.
    [[nodiscard]] static bool asks_context(const Caller& caller, const Demand& demand,
                                           const engine::Context& context);

    /// The same evaluation with its trace; nothing when it cannot be made. Costs many times as much.
    [[nodiscard]] std::optional<engine::Explanation> explain(const Caller& caller, const Demand& demand,
                                                             const engine::Context& context);

    /// What authorize() would decide by; nothing when it cannot be read.
    [[nodiscard]] std::optional<PoliciesInForce> policies_in_force(const Caller& caller,
                                                                   const Demand& demand);

  private:
    Subjects& subjects_;
};

}  // namespace writ::authz
