#pragma once

#include <array>
#include <cstdint>

#include "engine/decide.h"
#include "engine/internal/search.h"
#include "engine/internal/special_cases.h"

namespace writ::engine {

/// Facts about the request that say which policy types have a part in the decision (spec 5.2).
struct Situation {
    bool scp_applies = false;
    bool rcp_applies = false;
    bool endpoint_applies = false;
    bool has_own_policies = false;  ///< IAM user or session: identity policies, boundary (spec E1, E5, E7).
    bool may_have_session_policies = false;  ///< The same, and AssumeRoot sessions (spec ?34).
    bool same_account = false;
    bool same_partition = true;  ///< Across partitions nothing is granted (spec E13).
    bool outsider = false;  ///< Anonymous, service, SAML or OIDC caller: the resource side alone decides.
    bool session_expected = false;  ///< A federated user may do nothing without session policies (E20).
    bool role_assumption = false;
    bool must_have_resource_allow = false;  ///< Trust policy, KMS key (spec 6a), root user of AssumeRoot.
};

[[nodiscard]] Situation assess(const Policies& policies, const Request& request) noexcept;

/// What every policy type said.
struct Answers {
    static constexpr std::uint32_t no_level = 0xFFFFFFFFU;
    SetAnswer identity, boundary, session, endpoint;
    SetAnswer
        resource;  ///< Of the trust policy where there is one: it is the resource policy of its role (E3).
    std::uint32_t silent_scp_level = no_level;  ///< First level without an Allow.
    std::uint32_t silent_rcp_level = no_level;
    std::uint32_t silent_scope_down = no_level;  ///< Level of the session layer: from 1 on.
};

/// Whether a level of a layer is a scope-down policy of the session.
[[nodiscard]] constexpr bool is_scope_down(Layer layer, std::uint32_t level) noexcept {
    return layer == Layer::session && level > 0;
}

/// The policy types whose Allow this request needs, and whether they gave it, in the order in which spec 6.2
/// names a missing one.
struct Requirement {
    Layer layer = Layer::none;
    bool needed = false;
    bool met = false;
    bool of_scope_down = false;  ///< Of the scope-down policies of the session, not of its session policies.
};
using Requirements = std::array<Requirement, 8>;
[[nodiscard]] Requirements requirements(const Policies& policies, const Situation& situation,
                                        const Answers& answers) noexcept;

/// Steps 2 to 7 of spec 5.2, after no Deny was found.
[[nodiscard]] Decision combine(const Policies& policies, const Situation& situation,
                               const Answers& answers) noexcept;

[[nodiscard]] StatementRef reference_to(const PolicySet* set, const SetAnswer& answer,
                                        std::uint32_t level = 0) noexcept;

/// Does not look: what decide() uses.
struct NoTracer {
    static constexpr bool complete = false;
    void answered(Layer, std::uint32_t, const PolicySet&, const SetAnswer&) noexcept {}
    void combined(const Situation&, const Answers&) noexcept {}
};

/// The one evaluation: asks every policy type in the order in which spec 6.2 names an explicit deny, then
/// combines. A tracer with `complete` hears all types even after a Deny; the decision is the same.
template <class Tracer>
class Evaluation {
  public:
    Evaluation(const Policies& policies, const Request& request, Tracer& tracer) noexcept
        : policies_(policies), request_(request), tracer_(tracer) {}

    Decision run() {
        if (const auto decided = decide_without_policies(request_)) return *decided;
        const Situation situation = assess(policies_, request_);
        if (!ask_everyone(situation)) return denial_;
        tracer_.combined(situation, answers_);
        return denied_ ? denial_ : combine(policies_, situation, answers_);
    }

  private:
    // False when a Deny was found and nothing else is wanted.
    bool ask_everyone(const Situation& situation) {
        return (!situation.scp_applies || !policies_.scp ||
                ask_levels(Layer::scp, *policies_.scp, answers_.silent_scp_level)) &&
               (!situation.rcp_applies || !policies_.rcp ||
                ask_levels(Layer::rcp, *policies_.rcp, answers_.silent_rcp_level)) &&
               (!situation.has_own_policies ||
                (ask(Layer::identity, policies_.identity, answers_.identity) &&
                 ask(Layer::boundary, policies_.boundary, answers_.boundary))) &&
               (!situation.may_have_session_policies ||
                ask(Layer::session, policies_.session, answers_.session)) &&
               ask_levels(Layer::session, policies_.scope_down, answers_.silent_scope_down, 1) &&
               (policies_.trust != nullptr ? ask(Layer::trust, policies_.trust, answers_.resource)
                                           : ask(Layer::resource, policies_.resource, answers_.resource)) &&
               (!situation.endpoint_applies || ask(Layer::endpoint, policies_.endpoint, answers_.endpoint));
    }

    bool ask_levels(Layer layer, std::span<const PolicySet* const> levels, std::uint32_t& first_silent,
                    std::uint32_t first_level = 0) {
        for (std::uint32_t level = first_level; level < first_level + levels.size(); ++level) {
            SetAnswer answer;
            if (!ask(layer, levels[level - first_level], answer, level)) return false;
            if (!answer.allows() && first_silent == Answers::no_level) first_silent = level;
        }
        return true;
    }

    bool ask(Layer layer, const PolicySet* set, SetAnswer& answer, std::uint32_t level = 0) {
        if (set == nullptr) return true;
        answer = Search(set->index(), request_, policies_.boundary != nullptr).run();
        tracer_.answered(layer, level, *set, answer);
        if (answer.denies() && !denied_) {
            denied_ = true;
            denial_ = {Verdict::explicit_deny, layer, reference_to(set, answer, level)};
        }
        return Tracer::complete || !denied_;
    }

    const Policies& policies_;
    const Request& request_;
    Tracer& tracer_;
    Answers answers_;
    bool denied_ = false;
    Decision denial_;
};

}  // namespace writ::engine
