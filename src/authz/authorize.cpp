#include "authz/authorize.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "authz/internal/compile.h"
#include "base/text.h"
#include "engine/asks_context.h"
#include "engine/explain.h"
#include "engine/request.h"
#include "engine/request_keys.h"

namespace writ::authz {
namespace {

using Members = std::vector<engine::PolicySet::Member>;

/// What a session carries.
struct SessionPolicies {
    std::optional<engine::PolicySet> passed;  ///< Nothing: none were passed.
    std::vector<engine::PolicySet> scope_down;
    std::vector<const engine::PolicySet*> scope_down_views;
};

/// Those that were passed when the session was made. Read again at each request (spec S13a).
Result<std::optional<engine::PolicySet>> passed_policies(Subjects& subjects,
                                                         const crypto::SessionClaims& session) {
    if (session.policy_documents.empty() && session.policy_arns.empty()) return std::nullopt;
    Members members;
    for (const std::string& text : session.policy_documents) {
        auto document = compile_text(text, policy::PolicyType::session);
        if (!document) return std::unexpected(document.error());
        members.push_back({std::move(*document), {}});
    }
    for (const std::string& arn : session.policy_arns) {
        auto document = subjects.managed_policy(session.account, arn, policy::PolicyType::session);
        if (!document) return std::unexpected(document.error());
        // What a policy deleted since would have denied is not known any more, so nothing is allowed.
        if (*document == nullptr) return engine::PolicySet(Members{});
        members.push_back({std::move(*document), {arn, arn, {}}});
    }
    return engine::PolicySet(std::move(members));
}

Result<SessionPolicies> session_policies(Subjects& subjects, const Caller& caller) {
    SessionPolicies policies;
    if (caller.session == nullptr) return policies;
    auto passed = passed_policies(subjects, *caller.session);
    if (!passed) return std::unexpected(passed.error());
    policies.passed = std::move(*passed);
    for (const std::string& text : caller.session->scope_down_documents) {
        auto document = compile_text(text, policy::PolicyType::session);
        if (!document) return std::unexpected(document.error());
        Members members;
        members.push_back({std::move(*document), {}});
        policies.scope_down.emplace_back(std::move(members));
    }
    for (const engine::PolicySet& set : policies.scope_down) policies.scope_down_views.push_back(&set);
    return policies;
}

/// The identity policy of root, whose federated users have what it has within their session policies.
const engine::PolicySet& everything() {
    static const engine::PolicySet set(
        {{compile_text(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",)"
                       R"("Action":"*","Resource":"*"}})",
                       policy::PolicyType::identity)
              .value(),
          {}}});
    return set;
}

/// Spec E1: the root user of the account that owns a bucket can read, replace and delete its policy whatever
/// it says, so that nobody is locked out for good.
bool unlocks_bucket(const Caller& caller, const Demand& demand) {
    constexpr auto actions = std::to_array<std::string_view>(
        {"s3:DeleteBucketPolicy", "s3:GetBucketPolicy", "s3:PutBucketPolicy"});
    if (!caller.is_root() || demand.owner == nullptr || caller.principal->account != demand.owner->account) {
        return false;
    }
    return std::ranges::any_of(
        actions, [&](std::string_view action) { return equals_ignoring_case(action, demand.action); });
}

/// `session` must outlive the result.
engine::Policies in_force(const Caller& caller, const Demand& demand, const SessionPolicies& session) {
    engine::Policies policies;
    if (caller.subject != nullptr) {
        const auto& identity = caller.subject->identity;
        if (identity.has_value()) policies.identity = &identity.value();
        const auto& boundary = caller.subject->boundary;
        if (boundary.has_value()) policies.boundary = &boundary.value();
    }
    if (caller.subject == nullptr && caller.is(engine::PrincipalKind::federated_user)) {
        policies.identity = &everything();
    }
    if (session.passed) policies.session = &*session.passed;
    policies.scope_down = session.scope_down_views;
    policies.trust = demand.trust;
    if (!unlocks_bucket(caller, demand)) policies.resource = demand.resource_policy;
    const auto& service_control = caller.organization->service_control;
    if (service_control.has_value()) policies.scp = service_control->views();
    const auto& resource_control = demand.owner->resource_control;
    if (resource_control.has_value()) policies.rcp = resource_control->views();
    return policies;
}

/// Why nothing can be said about the demand; empty: something can.
std::string defect_of(const Caller& caller, const Demand& demand) {
    if (caller.organization == nullptr) return "the organization of the caller is not known";
    if (demand.owner == nullptr) return "the organization of the resource is not known";
    if (caller.subject != nullptr && !caller.subject->defect.empty()) return caller.subject->defect;
    if (!demand.resource_defect.empty() && !unlocks_bucket(caller, demand)) {
        return std::string(demand.resource_defect);
    }
    return caller.organization->defect.empty() ? demand.owner->defect : caller.organization->defect;
}

std::optional<PoliciesInForce::Members> members_of(const engine::PolicySet* set) {
    if (set == nullptr) return std::nullopt;
    return PoliciesInForce::Members(set->members().begin(), set->members().end());
}

std::optional<std::vector<PoliciesInForce::Members>> members_of(
    const std::optional<std::span<const engine::PolicySet* const>>& levels) {
    if (!levels) return std::nullopt;
    std::vector<PoliciesInForce::Members> all;
    for (const engine::PolicySet* level : *levels) {
        all.push_back(members_of(level).value_or(PoliciesInForce::Members{}));
    }
    return all;
}

engine::Request request_of(const Caller& caller, const Demand& demand, const engine::Context& context) {
    return {
        *caller.principal,
        {.action = demand.action, .resource = demand.resource, .resource_account = demand.resource_account},
        context};
}

/// The words of spec 6.1 for a decision that could not be made.
std::string undecided(const Caller& caller, const Demand& demand) {
    std::string message = "User: " + caller.principal->arn + " is not authorized to perform: ";
    message.append(demand.action).append(" on resource: ").append(demand.shown.value_or(demand.resource));
    return message;
}

}  // namespace

void set_caller_keys(engine::Context& context, const Caller& caller, Instant now) {
    engine::PrincipalFacts facts;
    if (caller.subject != nullptr) facts.tags = caller.subject->tags;
    if (const crypto::SessionClaims* session = caller.session.get()) {
        facts.session_tags = session->tags;
        facts.token_issue_time = session->issued;
        if (session->mfa_time) {
            facts.mfa_age = std::chrono::floor<std::chrono::seconds>(now - *session->mfa_time);
        }
        facts.mfa_could_be_used =  // ?20; of AssumeRoot as CloudTrail tells it: mfaAuthenticated false.
            session->kind == crypto::SessionKind::user || session->kind == crypto::SessionKind::root ||
            session->kind == crypto::SessionKind::assumed_root;
        facts.source_identity = session->source_identity;
        facts.federated_provider = session->federated_provider;
    }
    engine::set_principal_keys(context, *caller.principal, facts);
    if (caller.organization != nullptr) set_principal_organization_keys(context, *caller.organization);
    engine::set_time_keys(context, now);
}

Ruling Authorizer::authorize(const Caller& caller, const Demand& demand, const engine::Context& context) {
    Ruling ruling;
    ruling.defect = defect_of(caller, demand);
    if (!ruling.defect.empty() || demand.owner->account_closed) {
        ruling.message = undecided(caller, demand);
        return ruling;
    }
    auto session = session_policies(subjects_, caller);
    if (!session) {
        const Error& error = session.error();
        ruling.defect = error.code + ": " + (error.defect.empty() ? error.message : error.defect);
        ruling.message = undecided(caller, demand);
        return ruling;
    }
    const engine::Policies policies = in_force(caller, demand, *session);
    const engine::Request request = request_of(caller, demand, context);
    ruling.decision = engine::decide(policies, request);
    if (!ruling.allowed()) {
        ruling.message = engine::denial_message(policies, request, ruling.decision, demand.shown);
    }
    return ruling;
}

bool Authorizer::asks_context(const Caller& caller, const Demand& demand, const engine::Context& context) {
    const crypto::SessionClaims* session = caller.session.get();
    const bool carries_policies =
        session != nullptr && !(session->policy_documents.empty() && session->policy_arns.empty() &&
                                session->scope_down_documents.empty());
    if (carries_policies || !defect_of(caller, demand).empty()) return true;
    return engine::asks_context(in_force(caller, demand, {}), request_of(caller, demand, context));
}

std::optional<engine::Explanation> Authorizer::explain(const Caller& caller, const Demand& demand,
                                                       const engine::Context& context) {
    if (!defect_of(caller, demand).empty()) return std::nullopt;
    const auto session = session_policies(subjects_, caller);
    if (!session) return std::nullopt;
    const engine::Policies policies = in_force(caller, demand, *session);
    return engine::explain(policies, request_of(caller, demand, context), {.only_relevant = true});
}

std::optional<PoliciesInForce> Authorizer::policies_in_force(const Caller& caller, const Demand& demand) {
    if (!defect_of(caller, demand).empty()) return std::nullopt;
    const auto session = session_policies(subjects_, caller);
    if (!session) return std::nullopt;
    const engine::Policies policies = in_force(caller, demand, *session);
    PoliciesInForce copies;
    copies.identity = members_of(policies.identity).value_or(PoliciesInForce::Members{});
    copies.boundary = members_of(policies.boundary);
    copies.session = members_of(policies.session);
    for (const engine::PolicySet* set : policies.scope_down) {
        copies.scope_down.push_back(members_of(set).value_or(PoliciesInForce::Members{}));
    }
    copies.resource = members_of(policies.resource);
    copies.trust = members_of(policies.trust);
    copies.scp = members_of(policies.scp);
    copies.rcp = members_of(policies.rcp);
    return copies;
}

}  // namespace writ::authz
