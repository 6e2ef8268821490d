// Spec 5.2 to 5.4, and 6.2 for the cause that is named.
#include <algorithm>
#include <array>

#include "oracle/internal/rules.h"
#include "oracle/oracle.h"

namespace writ::oracle {

using policy::PolicyType;

namespace {

enum class Says : std::uint8_t { none, allow, deny };

struct Asked {
    const PolicySets& policies;
    const Question& question;
};

bool has_principal_element(PolicyType type) {  // 1.3
    return type == PolicyType::resource || type == PolicyType::trust || type == PolicyType::endpoint ||
           type == PolicyType::rcp;
}

bool applies(const policy::Statement& statement, policy::Version version, PolicyType type,
             const Asked& asked) {
    return action_matches(statement, asked.question) &&
           resource_matches(statement, version, type, asked.question) &&
           (!has_principal_element(type) ||
            principal_matches(statement, asked.question, asked.policies.boundary.has_value()) !=
                Grant::none) &&
           conditions_hold(statement, version, type, asked.question);
}

// verdict(set) = DENY if any statement of the set applies with Deny, ALLOW else if any with Allow, else NONE
Says verdict(const Documents& set, PolicyType type, const Asked& asked) {
    Says says = Says::none;
    for (const policy::DocumentPtr& document : set)
        for (const policy::Statement& statement : document->statements())
            if (applies(statement, document->version(), type, asked)) {
                if (statement.effect == policy::Effect::deny) return Says::deny;
                says = Says::allow;
            }
    return says;
}

// 5.3: of the resource policy's Allow statements that apply, the most generous class.
Grant grant_class(const Documents& set, PolicyType type, const Asked& asked) {
    Grant most_generous = Grant::none;
    for (const policy::DocumentPtr& document : set)
        for (const policy::Statement& statement : document->statements())
            if (statement.effect == policy::Effect::allow &&
                applies(statement, document->version(), type, asked))
                most_generous = std::max(most_generous, principal_matches(statement, asked.question, false));
    return most_generous;
}

bool one_of(std::string_view action, std::string_view words) {
    const std::string name = ascii_lower_case(action);
    std::string_view rest = words;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        if (ascii_lower_case(rest.substr(0, end)) == name) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

// E12: what is refused whatever policies say. Tags and description of service-linked roles may change (8.3).
bool is_protected(const Question& question) {
    const std::vector<std::string_view> arn = split_arn(question.resource);
    if (arn.size() < 6) return false;
    const std::string_view name = arn[5];
    if (arn[2] == "iam" && arn[4] == "aws" && name.starts_with("policy/"))
        return one_of(question.action,
                      "iam:CreatePolicy iam:CreatePolicyVersion iam:DeletePolicy iam:DeletePolicyVersion "
                      "iam:SetDefaultPolicyVersion iam:TagPolicy iam:UntagPolicy");
    static constexpr std::string_view role_changes =
        "iam:CreateRole iam:AttachRolePolicy iam:DeleteRole iam:DeleteRolePermissionsBoundary "
        "iam:DeleteRolePolicy iam:DetachRolePolicy iam:PutRolePermissionsBoundary iam:PutRolePolicy "
        "iam:UpdateAssumeRolePolicy";
    static constexpr std::string_view label_changes =
        "iam:UpdateRole iam:UpdateRoleDescription iam:TagRole iam:UntagRole";
    if (arn[2] == "iam" && name.starts_with("role/aws-reserved/"))
        return one_of(question.action, role_changes) || one_of(question.action, label_changes);
    if (arn[2] == "iam" && name.starts_with("role/aws-service-role/"))
        return one_of(question.action, role_changes);
    return arn[2] == "kms" && name.starts_with("alias/aws/") &&
           one_of(question.action, "kms:CreateAlias kms:UpdateAlias kms:DeleteAlias");
}

Answer allowed(std::string_view by, std::string_view step) {
    return {Verdict::allowed, by, step};
}
Answer implicit(std::string_view by, std::string_view step) {
    return {Verdict::implicit_deny, by, step};
}

std::string_view word(Grant grant) {
    static constexpr std::array<std::string_view, 10> words{"none", "D7", "D6", "D5",  "D4",
                                                            "D3",   "D2", "D1", "D7r", "D8"};
    return words.at(static_cast<std::size_t>(grant));
}

}  // namespace

Answer answer(const PolicySets& policies, const Question& question) {
    const Asked asked{policies, question};
    const Caller& P = question.caller;

    if (one_of(question.action, "sts:GetCallerIdentity sts:GetSessionToken"))  // E10
        return allowed("implicit", "E10");
    if (is_protected(question)) return implicit("implicit", "E12");

    // 5.1: whose is the resource?
    const std::vector<std::string_view> arn = split_arn(question.resource);
    const std::string_view in_arn = arn.size() == 6 ? arn[4] : "";
    const std::string_view R_account = question.resource_account ? *question.resource_account
                                       : !in_arn.empty()         ? in_arn
                                                                 : std::string_view(P.account);

    // Which sets are in force.
    const bool has_identity_side =
        P.kind == Kind::user || P.kind == Kind::role_session || P.kind == Kind::federated_user;
    const bool is_iam = has_identity_side || P.kind == Kind::root;
    const bool scpApplies = policies.scp && is_iam && !P.management_account && !P.service_linked;  // E9
    const bool rcpApplies = policies.rcp && !question.resource_in_management_account && !P.service_linked &&
                            question.service_supports_rcp && question.action_has_resource_type &&  // ?33
                            !one_of(question.action, "kms:RetireGrant");
    const bool endpoint_in_force =
        question.via_endpoint && policies.endpoint && P.kind != Kind::federated;              // E5
    const bool identity_in_force = has_identity_side && policies.identity;                    // E1
    const bool boundary_in_force = has_identity_side && policies.boundary;                    // E1
    const bool session_in_force = (has_identity_side || P.assumed_root) && policies.session;  // E1, ?34

    // E3: the trust policy is the resource policy of the role, and its Allow is always required.
    const bool is_trust = policies.trust.has_value();
    const std::string_view resource_word = is_trust ? "trust" : "resource";
    const PolicyType resource_type = is_trust ? PolicyType::trust : PolicyType::resource;
    const std::optional<Documents>& resource_policy = is_trust ? policies.trust : policies.resource;

    const auto ask = [&](bool in_force, const std::optional<Documents>& set, PolicyType type) {
        return in_force && set ? verdict(*set, type, asked) : Says::none;
    };
    const auto ask_levels = [&](bool in_force, const std::optional<std::vector<Documents>>& levels,
                                PolicyType type) {
        Says says = Says::allow;  // ALLOW of every node; DENY anywhere wins.
        if (in_force)
            for (const Documents& node : *levels) {
                const Says node_says = verdict(node, type, asked);
                if (node_says == Says::deny) return Says::deny;
                if (node_says == Says::none) says = Says::none;
            }
        return says;
    };
    const Says scp = ask_levels(scpApplies, policies.scp, PolicyType::scp);
    const Says rcp = ask_levels(rcpApplies, policies.rcp, PolicyType::rcp);
    const Says identity = ask(identity_in_force, policies.identity, PolicyType::identity);
    const Says boundary = ask(boundary_in_force, policies.boundary, PolicyType::boundary);
    const Says session = ask(session_in_force, policies.session, PolicyType::session);
    const Says resource = ask(true, resource_policy, resource_type);
    const Says endpoint = ask(endpoint_in_force, policies.endpoint, PolicyType::endpoint);

    // 1: any DENY. Order of 6.2.
    const auto deny = [](std::string_view by) { return Answer{Verdict::explicit_deny, by, "1"}; };
    if (scp == Says::deny) return deny("scp");
    if (rcp == Says::deny) return deny("rcp");
    if (identity == Says::deny) return deny("identity");
    if (boundary == Says::deny) return deny("boundary");
    if (session == Says::deny) return deny("session");
    if (resource == Says::deny) return deny(resource_word);
    if (endpoint == Says::deny) return deny("endpoint");

    if (rcp == Says::none) return implicit("rcp", "2");
    if (scp == Says::none) return implicit("scp", "3");
    if (endpoint_in_force && endpoint == Says::none) return implicit("endpoint", "4");

    // 5: who is no IAM principal has the resource policy only (E5, E7).
    if (!is_iam)
        return resource == Says::allow ? allowed(resource_word, P.kind == Kind::anonymous ? "5" : "D8")
                                       : implicit(resource_word, "5");

    const Grant grant = resource_policy ? grant_class(*resource_policy, resource_type, asked) : Grant::none;
    const bool same_account = P.account == R_account;
    const bool same_partition = arn.size() < 6 || arn[1] == P.partition;
    if (!same_partition) return implicit(resource_word, "E13");

    // 6d to 6g.
    const auto identity_side = [&](bool identity_needed) -> Answer {
        if (identity_needed && identity == Says::none) return implicit("identity", "6d");
        if (boundary_in_force && boundary == Says::none) return implicit("boundary", "6e");
        if (session_in_force ? session == Says::none : P.kind == Kind::federated_user)  // E20
            return implicit("session", "6f");
        return identity_needed ? allowed("identity", "6g") : allowed(resource_word, word(grant));
    };

    if (same_account) {
        const bool kms_key = arn.size() == 6 && arn[2] == "kms" && arn[5].starts_with("key/");  // E2
        if ((is_trust || kms_key) && grant == Grant::none) return implicit(resource_word, "6a");
        switch (grant) {  // 6b
            case Grant::d1_user:
            case Grant::d2_session:
            case Grant::d3_federated:
            case Grant::d4_everyone:
                if (is_trust && boundary_in_force && boundary == Says::none)  // E3, ?16
                    return implicit("boundary", "?16");
                return allowed(resource_word, word(grant));
            case Grant::d7r_root:
            case Grant::d8_service:
                return allowed(resource_word, word(grant));
            case Grant::d5_role:
            case Grant::d6_issuer:
                return identity_side(false);
            case Grant::d7_account:
            case Grant::none:
                break;
        }
        if (P.kind == Kind::root) return allowed("root", "6c");
        return identity_side(true);
    }

    // 7: both sides; the causes of 6.2 (4).
    if (grant == Grant::none) return implicit(resource_word, "7");
    if (P.kind == Kind::root) return allowed("root", "6c");  // E15
    if (identity == Says::none)
        return implicit(grant == Grant::d7_account ? resource_word : std::string_view("identity"), "7 6d");
    return identity_side(true);
}

}  // namespace writ::oracle
