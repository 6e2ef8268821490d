#include <algorithm>
#include <utility>

#include "api/sts/credentials.h"
#include "api/sts/handlers.h"
#include "api/sts/mfa.h"
#include "api/sts/session_policies.h"
#include "api/sts/session_tags.h"
#include "base/arn.h"
#include "base/text.h"
#include "directory/accounts/accounts.h"

namespace writ::api::sts {
namespace {

using std::chrono::seconds;

// Spec 7.3.
constexpr seconds default_duration{3600};
constexpr seconds chained_duration_max{3600};

Result<void> check_role_arn(const Call& call) {
    const std::string_view text = call.input.text("RoleArn");
    const auto arn = parse_arn(text);
    const bool well_formed = arn && arn->partition == call.at.config.partition && arn->service == "iam" &&
                             arn->region.empty() && is_account_id(arn->account) &&
                             arn->resource.starts_with("role/") && arn->resource.size() > 5;
    if (well_formed) return {};
    return fail("ValidationError", 400, std::string(text) + " is invalid");
}

/// Of the calling session (spec S12); empty when it has none.
std::string_view inherited_source_identity(const Call& call) {
    return call.caller.session == nullptr ? std::string_view{}
                                          : std::string_view(call.caller.session->source_identity);
}

/// Inherited or passed.
std::string_view source_identity(const Call& call) {
    const std::string_view inherited = inherited_source_identity(call);
    return inherited.empty() ? call.input.text("SourceIdentity") : inherited;
}

Result<void> check_source_identity(const Call& call) {
    const std::string_view inherited = inherited_source_identity(call);
    const auto passed = call.input.maybe_text("SourceIdentity");
    if (!passed || inherited.empty() || *passed == inherited) return {};
    return fail("ValidationError", 400, "The source identity is already set for this assume role session");
}

/// Spec S4, in the order of 7.3; the range of the schema has been checked.
Result<seconds> duration_of(const Call& call, const authz::Subject& role) {
    const auto asked = call.input.integer("DurationSeconds");
    const seconds duration = asked ? seconds(*asked) : default_duration;
    if (duration > role.max_session) {
        return fail("ValidationError", 400,
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    if (call.caller.is_role_session() && duration > chained_duration_max) {
        return fail(
            "ValidationError", 400,
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role "
            "chaining.");
    }
    return duration;
}

crypto::SessionClaims claims_of(const Call& call, const authz::Subject& role, seconds duration,
                                std::optional<Instant> mfa_time, SessionPolicies policies) {
    auto claims = begin_session(crypto::SessionKind::role, role.account, call, duration);
    claims.role_arn = role.arn;
    claims.role_id = role.id;
    claims.role_name = role.name;
    claims.mfa_time = mfa_time;
    claims.session_name = call.input.text("RoleSessionName");
    claims.policy_documents = std::move(policies.documents);
    claims.policy_arns = std::move(policies.arns);
    claims.tags = session_tags(call);
    claims.transitive_tag_keys = transitive_tag_keys(call);
    claims.source_identity = source_identity(call);
    claims.chained = call.caller.is_role_session();
    return claims;
}

Output assumed_role_user(const crypto::SessionClaims& claims) {
    Output user;
    user.set("AssumedRoleId", claims.role_id + ":" + claims.session_name);
    user.set("Arn", "arn:" + claims.partition + ":sts::" + claims.account + ":assumed-role/" +
                        claims.role_name + "/" + claims.session_name);
    return user;
}

}  // namespace

Result<void> check_assume_role(const Call& call) {
    using Check = Result<void> (*)(const Call&);
    constexpr auto checks = std::to_array<Check>({
        [](const Call& of) { return check_session_policies(of.input); },
        check_role_arn,
        check_session_tags,
        check_source_identity,
        [](const Call& of) -> Result<void> {
            if (!of.caller.is_root()) return {};
            return fail("AccessDenied", 403, "Roles may not be assumed by root accounts.");
        },
        [](const Call& of) { return check_mfa(of.input); },
    });
    for (const Check check : checks) {
        if (auto accepted = check(call); !accepted) return accepted;
    }
    return {};
}

Result<Target> role_to_assume(const Call& call) {
    const auto proven = prove_mfa(call);
    if (!proven) return std::unexpected(proven.error());
    Target target{.arn = std::string(call.input.text("RoleArn")), .mfa_time = *proven};
    auto role = call.at.subjects.role_by_arn(target.arn);
    if (!role) return std::unexpected(role.error());
    target.role = std::move(*role);
    if (target.role != nullptr) {
        for (const auto& [key, value] : target.role->tags) target.tags.push_back({key, value});
    }
    return target;
}

std::vector<FurtherDemand> demands_of_assume_role(const Call& call, const Target& role) {
    std::vector<FurtherDemand> demands;
    if (!call.input.list("Tags").empty()) demands.push_back({"sts:TagSession", role});
    if (!source_identity(call).empty()) {
        demands.push_back({"sts:SetSourceIdentity", role, "sts:SourceIdentity"});  // S12
    }
    return demands;
}

Result<Output> assume_role(const Call& call, const Target& target) {
    const authz::Subject& role = *target.role;  // Nobody is allowed to assume a role that is not there.
    const auto duration = duration_of(call, role);
    if (!duration) return std::unexpected(duration.error());
    SessionPolicies policies = session_policies(call.input);
    if (auto found = check_policy_arns(call, policies, role.account); !found) {
        return std::unexpected(found.error());
    }
    const crypto::SessionClaims claims =
        claims_of(call, role, *duration, target.mfa_time, std::move(policies));
    auto session = issue_session(call, claims);
    if (!session) return std::unexpected(std::move(session.error()));
    Output output;
    output.set("AssumedRoleUser", assumed_role_user(claims));
    output.set("Credentials", std::move(session->credentials));
    if (!claims.source_identity.empty()) output.set("SourceIdentity", claims.source_identity);
    set_token_size(output, call, *session);
    return output;
}

}  // namespace writ::api::sts
