#include <algorithm>

#include "api/sts/credentials.h"
#include "api/sts/handlers.h"
#include "api/sts/session_policies.h"
#include "api/sts/session_tags.h"

namespace writ::api::sts {
namespace {

using std::chrono::seconds;

// Spec 7.3.
constexpr seconds default_duration{43200};
constexpr seconds root_duration_max{3600};

seconds duration_of(const Call& call) {
    const auto asked = call.input.integer("DurationSeconds");
    const seconds duration = asked ? seconds(*asked) : default_duration;
    return call.caller.is_root() ? std::min(duration, root_duration_max) : duration;
}

crypto::SessionClaims claims_of(const Call& call, SessionPolicies policies) {
    auto claims = begin_session(crypto::SessionKind::federated_user, call.account(), call, duration_of(call));
    claims.session_name = call.input.text("Name");
    if (call.caller.subject != nullptr) {  // Of root there is no user behind it.
        claims.user_arn = call.caller.subject->arn;
        claims.user_id = call.caller.subject->id;
        claims.user_name = call.caller.subject->name;
    }
    claims.policy_documents = std::move(policies.documents);
    claims.policy_arns = std::move(policies.arns);
    claims.tags = session_tags(call);
    return claims;
}

Output federated_user_shape(const Call& call, const Target& target) {
    Output user;
    user.set("FederatedUserId", call.account() + ":" + std::string(call.input.text("Name")));
    user.set("Arn", target.arn);
    return user;
}

}  // namespace

Result<void> check_get_federation_token(const Call& call) {
    if (auto accepted = check_session_policies(call.input); !accepted) return accepted;
    return check_session_tags(call);
}

Result<Target> federated_user_to_make(const Call& call) {
    return Target{.arn = "arn:" + call.at.config.partition + ":sts::" + call.account() + ":federated-user/" +
                         std::string(call.input.text("Name"))};
}

std::vector<FurtherDemand> demands_of_federation_token(const Call& call, const Target& user) {
    if (call.input.list("Tags").empty()) return {};
    return {{"sts:TagSession", user}};
}

Result<Output> get_federation_token(const Call& call, const Target& target) {
    SessionPolicies policies = session_policies(call.input);
    if (auto found = check_policy_arns(call, policies, call.account()); !found) {
        return std::unexpected(found.error());
    }
    auto session = issue_session(call, claims_of(call, std::move(policies)));
    if (!session) return std::unexpected(std::move(session.error()));
    Output output;
    output.set("Credentials", std::move(session->credentials));
    output.set("FederatedUser", federated_user_shape(call, target));
    set_token_size(output, call, *session);
    return output;
}

}  // namespace writ::api::sts
