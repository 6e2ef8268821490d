// Spec 5.2 to 5.4, and 6.2 for the cause that is named.
#include <algorithm>

#include "oracle/internal/rules.h"
#include "oracle/oracle.h"

namespace writ::oracle {

using policy::PolicyType;

namespace {

enum class Says : std::uint8_t { none, allow, deny };

// verdict(set) = DENY if any statement of the set applies with Deny, ALLOW else if any with Allow, else NONE;
// and of the Allow statements that apply the most generous class (5.3).
struct Opinion {
    Says says = Says::none;
    Grant grant = Grant::none;
};

Opinion verdict(const Documents& set, PolicyType type, const Question& question, bool has_boundary) {
    const bool names_principals = type == PolicyType::resource || type == PolicyType::trust ||  // 1.3
                                  type == PolicyType::endpoint || type == PolicyType::rcp;
    Opinion opinion;
    for (const policy::DocumentPtr& document : set)
        for (const policy::Statement& statement : document->statements()) {
            const Grant grant =
                names_principals ? principal_matches(statement, type, question, has_boundary) : Grant::d4;
            if (grant == Grant::none || !action_matches(statement, question) ||
                !resource_matches(statement, document->version(), type, question) ||
                !conditions_hold(statement, document->version(), type, question))
                continue;
            if (statement.effect == policy::Effect::deny) return {Says::deny, Grant::none};
            opinion = {Says::allow, std::max(opinion.grant, grant)};
        }
    return opinion;
}

bool one_of(std::string_view action, std::string_view words) {
    const std::string listed = " " + ascii_lower_case(words) + " ";
    return listed.find(" " + ascii_lower_case(action) + " ") != listed.npos;
}

// E12: what is refused whatever policies say. Tags and description of service-linked roles may change (8.3).
bool is_protected(const Question& question) {
    const std::vector<std::string_view> arn = arn_parts(question.resource);
    if (arn.empty()) return false;
    const std::string_view name = arn[5];
    if (arn[2] == "iam" && arn[4] == "aws" && name.starts_with("policy/"))
        return one_of(question.action,
                      "iam:CreatePolicy iam:CreatePolicyVersion iam:DeletePolicy iam:DeletePolicyVersion "
                      "iam:SetDefaultPolicyVersion iam:TagPolicy iam:UntagPolicy");
    static constexpr std::string_view role_changes =
        "iam:CreateRole iam:AttachRolePolicy iam:DeleteRole iam:DeleteRolePermissionsBoundary "
        "iam:DeleteRolePolicy iam:DetachRolePolicy iam:PutRolePermissionsBoundary iam:PutRolePolicy "
        "iam:UpdateAssumeRolePolicy";
    const bool reserved = name.starts_with("role/aws-reserved/");
    if (arn[2] == "iam" && (reserved || name.starts_with("role/aws-service-role/")))
        return one_of(question.action, role_changes) ||
               (reserved && one_of(question.action,
                                   "iam:UpdateRole iam:UpdateRoleDescription iam:TagRole iam:UntagRole"));
    return arn[2] == "kms" && name.starts_with("alias/aws/") &&
           one_of(question.action, "kms:CreateAlias kms:UpdateAlias kms:DeleteAlias");
}

Answer answer_without_scope_down(const PolicySets& policies, const Question& question) {
    const auto allowed = [](std::string_view by) { return Answer{Verdict::allowed, by}; };
    const auto implicit = [](std::string_view by) { return Answer{Verdict::implicit_deny, by}; };
    const Caller& P = question.caller;
    const bool has_boundary = policies.boundary.has_value();
    if (one_of(question.action, "sts:GetCallerIdentity sts:GetSessionToken"))  // E10
        return allowed("implicit");
    if (is_protected(question)) return implicit("implicit");

    // 5.1: whose is the resource? What belongs to AWS itself is nobody else's.
    const std::vector<std::string_view> arn = arn_parts(question.resource);
    const std::string_view in_arn = arn.empty() || arn[4] == "aws" ? "" : arn[4];
    const std::string_view R_account = question.resource_account ? *question.resource_account
                                       : !in_arn.empty()         ? in_arn
                                                                 : std::string_view(P.account);

    // Which sets are in force.
    const bool has_identity_side = is_iam(P.kind) && P.kind != Kind::root;
    const bool scpApplies =
        policies.scp && is_iam(P.kind) && !P.management_account && !P.service_linked;  // E9
    const bool rcpApplies = policies.rcp && !question.resource_in_management_account && !P.service_linked &&
                            question.service_supports_rcp && question.action_has_resource_type &&  // ?33
                            !one_of(question.action, "kms:RetireGrant");
    const bool endpoint_in_force =
        question.via_endpoint && policies.endpoint && P.kind != Kind::federated;              // E5
    const bool boundary_in_force = has_identity_side && policies.boundary;                    // E1
    const bool session_in_force = (has_identity_side || P.assumed_root) && policies.session;  // E1, ?34

    // E3: the trust policy is the resource policy of the role, and its Allow is always required.
    const bool is_trust = policies.trust.has_value();
    const bool assumes_role =
        is_trust || (!arn.empty() && arn[2] == "iam" && arn[5].starts_with("role/") &&
                     one_of(question.action,
                            "sts:AssumeRole sts:AssumeRoleWithSAML sts:SetContext "
                            "sts:AssumeRoleWithWebIdentity sts:SetSourceIdentity sts:TagSession"));
    const std::string_view resource_word = is_trust ? "trust" : "resource";
    const std::string_view missing_word = assumes_role ? "trust" : "resource";
    const PolicyType resource_type = is_trust ? PolicyType::trust : PolicyType::resource;
    const std::optional<Documents>& resource_policy = is_trust ? policies.trust : policies.resource;

    const auto ask = [&](bool in_force, const std::optional<Documents>& set, PolicyType type) {
        return in_force && set ? verdict(*set, type, question, has_boundary) : Opinion{};
    };
    const auto ask_levels = [&](bool in_force, const std::optional<std::vector<Documents>>& levels,
                                PolicyType type) {
        std::vector<Says> said{Says::allow};  // ALLOW of every node; DENY anywhere wins.
        if (in_force)
            for (const Documents& node : *levels)
                said.push_back(verdict(node, type, question, has_boundary).says);
        return std::ranges::count(said, Says::deny) ? Says::deny : std::ranges::min(said);
    };
    const Says scp = ask_levels(scpApplies, policies.scp, PolicyType::scp);
    const Says rcp = ask_levels(rcpApplies, policies.rcp, PolicyType::rcp);
    const Says identity = ask(has_identity_side, policies.identity, PolicyType::identity).says;
    const Says boundary = ask(boundary_in_force, policies.boundary, PolicyType::boundary).says;
    const Says session = ask(session_in_force, policies.session, PolicyType::session).says;
    const auto [resource, grant] = ask(true, resource_policy, resource_type);
    const Says endpoint = ask(endpoint_in_force, policies.endpoint, PolicyType::endpoint).says;

    // 1: any DENY. Order of 6.2.
    for (const auto& [says, by] :
         std::initializer_list<std::pair<Says, std::string_view>>{{scp, "scp"},
                                                                  {rcp, "rcp"},
                                                                  {identity, "identity"},
                                                                  {boundary, "boundary"},
                                                                  {session, "session"},
                                                                  {resource, resource_word},
                                                                  {endpoint, "endpoint"}})
        if (says == Says::deny) return {Verdict::explicit_deny, by};

    // 2 to 4.
    if (rcp == Says::none) return implicit("rcp");
    if (scp == Says::none) return implicit("scp");
    if (endpoint_in_force && endpoint == Says::none) return implicit("endpoint");

    // 5: who is no IAM principal has the resource policy only (E5, E7).
    if (!is_iam(P.kind)) return resource == Says::allow ? allowed(resource_word) : implicit(missing_word);

    if (!arn.empty() && arn[1] != P.partition) return implicit(missing_word);  // E13

    // 6d to 6g.
    const auto identity_side = [&](bool identity_needed) {
        if (identity_needed && identity == Says::none) return implicit("identity");
        if (boundary_in_force && boundary == Says::none) return implicit("boundary");
        if (session_in_force ? session == Says::none : P.kind == Kind::federated_user)  // E20
            return implicit("session");
        return allowed(identity_needed ? "identity" : resource_word);
    };

    if (P.account == R_account) {
        const bool kms_key = ascii_lower_case(question.action).starts_with("kms:") && !arn.empty() &&
                             arn[2] == "kms" && arn[5].starts_with("key/");  // E2
        const bool assumes_root = !arn.empty() && arn[2] == "iam" && arn[5] == "root" &&
                                  one_of(question.action, "sts:AssumeRoot");  // B27
        if ((assumes_role || kms_key || assumes_root) && resource == Says::none)
            return implicit(missing_word);  // 6a
        if (grant >= Grant::d4) {           // 6b
            if (assumes_role && boundary_in_force && boundary == Says::none)
                return implicit("boundary");  // ?16
            return allowed(resource_word);
        }
        if (grant >= Grant::d6) return identity_side(false);
    } else if (resource == Says::none) {  // 7
        return implicit(missing_word);
    }
    if (P.kind == Kind::root) return allowed("root");  // 6c, E15
    return identity_side(true);
}

}  // namespace

// What the session may do, and of that only what every scope-down policy allows too. A Deny of one is named
// in the place of the session policies (6.2), its silence after everything else.
Answer answer(const PolicySets& policies, const Question& question) {
    const Answer whole = answer_without_scope_down(policies, question);
    if (whole.decided_by == "implicit") return whole;  // No policy has a say.
    bool denied = false, silent = false;
    for (const Documents& layer : policies.scope_down) {
        const Says says = verdict(layer, PolicyType::session, question, policies.boundary.has_value()).says;
        denied = denied || says == Says::deny;
        silent = silent || says == Says::none;
    }
    const bool named_before = whole.verdict == Verdict::explicit_deny &&
                              one_of(whole.decided_by, "scp rcp identity boundary session");
    if (denied && !named_before) return {Verdict::explicit_deny, "session"};
    if (silent && whole.verdict == Verdict::allowed) return {Verdict::implicit_deny, "session"};
    return whole;
}

}  // namespace writ::oracle
