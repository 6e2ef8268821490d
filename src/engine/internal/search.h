#pragma once

#include <cstdint>

#include "engine/internal/index.h"
#include "engine/internal/principal_match.h"

namespace writ::engine {

/// What one set of policies says to a request (spec 5.2, "verdict"): Deny if any statement applies with Deny,
/// else Allow if any applies with Allow. `statement` is the ordinal of the first such statement; for an Allow
/// of the resource side the first of those with the most generous grant.
struct SetAnswer {
    enum class Says : std::uint8_t { nothing, allow, deny };
    Says says = Says::nothing;
    GrantClass grant = GrantClass::none;
    std::uint32_t statement = 0xFFFFFFFFU;

    [[nodiscard]] bool allows() const noexcept { return says == Says::allow; }
    [[nodiscard]] bool denies() const noexcept { return says == Says::deny; }
};

/// Visits the statements that the index offers. An Allow that could no longer change the answer is not
/// evaluated; a Deny is skipped only when an earlier one applies.
class Search {
  public:
    Search(const PolicySet::Index& index, const Request& request, bool has_boundary) noexcept
        : index_(index), request_(request), has_boundary_(has_boundary) {}

    [[nodiscard]] SetAnswer run() noexcept {
        index_.visit(request_, [this](const PolicySet::Index::Entry& entry) { consider(entry); });
        return answer_;
    }

  private:
    void consider(const PolicySet::Index::Entry& entry) noexcept {
        const CompiledStatement& statement = *entry.statement;
        const bool allow = statement.effect == policy::Effect::allow;
        if (answer_.denies() && (allow || answer_.statement <= entry.ordinal)) return;
        if (allow && is_useless_allow(statement, entry.ordinal)) return;
        if (!action_matches(statement, request_)) return;
        if (!resource_matches(statement, request_, entry.pattern)) return;
        const GrantClass grant = principal_matches(statement, request_.principal(), has_boundary_);
        if (grant == GrantClass::none || !conditions_hold(statement, request_.context())) return;
        if (!allow) {
            answer_ = {SetAnswer::Says::deny, GrantClass::none, entry.ordinal};
        } else if (grant > answer_.grant || (grant == answer_.grant && entry.ordinal < answer_.statement)) {
            answer_ = {SetAnswer::Says::allow, grant, entry.ordinal};
        }
    }

    [[nodiscard]] bool is_useless_allow(const CompiledStatement& statement,
                                        std::uint32_t ordinal) const noexcept {
        if (!answer_.allows() || ordinal < answer_.statement) return false;
        const GrantClass best_possible =
            statement.asks_principal ? GrantClass::direct : GrantClass::delegated;
        return ordinal == answer_.statement || answer_.grant == best_possible;
    }

    const PolicySet::Index& index_;
    const Request& request_;
    bool has_boundary_;
    SetAnswer answer_;
};

}  // namespace writ::engine
