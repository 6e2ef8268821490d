#include "engine/internal/combine.h"

namespace writ::engine {
namespace {

// Spec ?16: where a trust policy names the user itself, AWS documents that a permissions boundary still
// limits sts:AssumeRole, unlike any other grant of a resource policy.
constexpr bool boundary_limits_role_assumption = true;

bool is_outsider(PrincipalKind kind) noexcept {
    return kind == PrincipalKind::anonymous || kind == PrincipalKind::service ||
           kind == PrincipalKind::federated;
}

bool scp_applies(const Policies& policies, const Principal& caller) noexcept {
    return policies.scp.has_value() && !is_outsider(caller.kind) && !caller.management_account &&
           !caller.service_linked;
}

bool rcp_applies(const Policies& policies, const Request& request) noexcept {
    return policies.rcp.has_value() && !request.resource_in_management_account() &&
           !request.principal().service_linked && is_subject_to_rcp(request);
}

// Spec 5.3: what a grant of the resource side makes unnecessary in the same account.
GrantClass effective_grant(const Situation& situation, const SetAnswer& answer) noexcept {
    return situation.same_account && answer.allows() ? answer.grant : GrantClass::none;
}

}  // namespace

Situation assess(const Policies& policies, const Request& request) noexcept {
    const Principal& caller = request.principal();
    Situation situation;
    situation.scp_applies = scp_applies(policies, caller);
    situation.rcp_applies = rcp_applies(policies, request);
    situation.endpoint_applies =
        policies.endpoint != nullptr && request.via_vpc_endpoint() && caller.kind != PrincipalKind::federated;
    situation.outsider = is_outsider(caller.kind);
    situation.has_own_policies = !situation.outsider && caller.kind != PrincipalKind::root;
    situation.may_have_session_policies = situation.has_own_policies || caller.assumed_root;
    situation.session_expected = caller.kind == PrincipalKind::federated_user;
    situation.same_account = caller.account == request.resource_account();
    situation.same_partition =
        situation.outsider || !request.resource_is_arn() || request.resource_part(1) == caller.partition;
    situation.role_assumption = policies.trust != nullptr || is_role_assumption(request);
    situation.must_have_resource_allow =
        situation.role_assumption || needs_key_policy(request) || is_root_assumption(request);
    return situation;
}

Requirements requirements(const Policies& policies, const Situation& situation,
                          const Answers& answers) noexcept {
    const GrantClass grant = effective_grant(situation, answers.resource);
    const bool direct = grant == GrantClass::direct;
    const bool own = situation.has_own_policies;  // Root passes (6c), outsiders have none.
    const bool resource_needed = situation.outsider || !situation.same_account || !situation.same_partition ||
                                 situation.must_have_resource_allow;
    const bool boundary_needed = policies.boundary != nullptr &&
                                 (!direct || (situation.role_assumption && boundary_limits_role_assumption));
    const bool session_needed = (policies.session != nullptr || situation.session_expected) && !direct;
    return {{
        {Layer::rcp, situation.rcp_applies, answers.silent_rcp_level == Answers::no_level},
        {Layer::scp, situation.scp_applies, answers.silent_scp_level == Answers::no_level},
        {Layer::endpoint, situation.endpoint_applies, answers.endpoint.allows()},
        {situation.role_assumption ? Layer::trust : Layer::resource, resource_needed,
         answers.resource.allows() && situation.same_partition},
        {Layer::identity, own && grant < GrantClass::limited, answers.identity.allows()},
        {Layer::boundary, own && boundary_needed, answers.boundary.allows()},
        {Layer::session, own && session_needed, answers.session.allows()},
        {Layer::session, !policies.scope_down.empty(), answers.silent_scope_down == Answers::no_level, true},
    }};
}

Decision combine(const Policies& policies, const Situation& situation, const Answers& answers) noexcept {
    for (const Requirement& requirement : requirements(policies, situation, answers)) {
        if (!requirement.needed || requirement.met) continue;
        Decision denial{Verdict::implicit_deny, requirement.layer, {}};
        if (requirement.layer == Layer::scp) denial.statement.level = answers.silent_scp_level;
        if (requirement.layer == Layer::rcp) denial.statement.level = answers.silent_rcp_level;
        if (requirement.of_scope_down) denial.statement.level = answers.silent_scope_down;
        return denial;
    }
    if (situation.outsider || effective_grant(situation, answers.resource) >= GrantClass::limited) {
        const PolicySet* set = policies.trust != nullptr ? policies.trust : policies.resource;
        const Layer layer = policies.trust != nullptr ? Layer::trust : Layer::resource;
        return {Verdict::allowed, layer, reference_to(set, answers.resource)};
    }
    if (!situation.has_own_policies) return {Verdict::allowed, Layer::root, {}};  // 6c
    return {Verdict::allowed, Layer::identity, reference_to(policies.identity, answers.identity)};
}

StatementRef reference_to(const PolicySet* set, const SetAnswer& answer, std::uint32_t level) noexcept {
    if (set == nullptr || answer.says == SetAnswer::Says::nothing) {
        return {level, StatementRef::npos, StatementRef::npos};
    }
    const auto [member, statement] = set->index().locate(answer.statement);
    return {level, member, statement};
}

}  // namespace writ::engine
