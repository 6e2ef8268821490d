#include <algorithm>
#include <array>

#include "engine/explain.h"
#include "engine/internal/combine.h"
#include "engine/internal/explanation/naming.h"

namespace writ::engine {
namespace {

// Spec 6.1. `implicit` goes on with the action.
struct Reason {
    Layer layer;
    std::string_view implicit;
    std::string_view explicit_deny;
    bool names_policy;  // N1: policies that may have an ARN.
};
constexpr auto reasons = std::to_array<Reason>({
    {Layer::identity, "because no identity-based policy allows the",
     "with an explicit deny in an identity-based policy", true},
    {Layer::boundary, "because no permissions boundary allows the",
     "with an explicit deny in a permissions boundary", true},
    {Layer::session, "because no session policy allows the", "with an explicit deny in a session policy",
     true},
    {Layer::scp, "because no service control policy allows the",
     "with an explicit deny in a service control policy", true},
    {Layer::rcp, "because no resource control policy allows the",
     "with an explicit deny in a resource control policy", true},
    {Layer::resource, "because no resource-based policy allows the",
     "with an explicit deny in a resource-based policy", false},
    {Layer::endpoint, "because no VPC endpoint policy allows the",
     "with an explicit deny in a VPC endpoint policy", false},
    {Layer::trust, "because no role trust policy allows the",
     "with an explicit deny in the role trust policy", false},
});

bool is_same_account(const Request& request) noexcept {
    return request.principal().account == request.resource_account();
}

// N1: whether the caller may learn which policy it was. The organizations are known only where the context
// tells both.
bool is_same_account_or_organization(const Request& request) noexcept {
    if (is_same_account(request)) return true;
    const ContextEntry* mine = request.context().find("aws:PrincipalOrgID");
    const ContextEntry* theirs = request.context().find("aws:ResourceOrgID");
    return mine != nullptr && theirs != nullptr && !mine->values.empty() && mine->values == theirs->values;
}

// Spec 6.2, 4: across accounts, where the resource side trusts only the account as a whole and the caller's
// own policies are silent, AWS names the resource-based policy. Its page on denials says no more than that
// one of the policy types is named; a live test showed which. The decision stays with the side that lacks the
// Allow: identity (W44).
Layer named_layer(const Policies& policies, const Request& request, const Decision& decision) noexcept {
    const bool silent_identity =
        decision.verdict == Verdict::implicit_deny && decision.decided_by == Layer::identity;
    if (!silent_identity || is_same_account(request) || policies.resource == nullptr)
        return decision.decided_by;
    const SetAnswer answer = Search(policies.resource->index(), request, policies.boundary != nullptr).run();
    return answer.grant == GrantClass::delegated ? Layer::resource : Layer::identity;
}

std::string_view policy_arn(const Policies& policies, const Request& request, const Decision& decision) {
    const PolicySource* source = source_of(policies, decision.decided_by, decision.statement);
    return source != nullptr && is_same_account_or_organization(request) ? source->arn : std::string_view{};
}

// " because …" or " with …"; empty for a denial that no policy type caused.
std::string reason_of(const Policies& policies, const Request& request, const Decision& decision,
                      bool name_policy_arn) {
    const auto* reason = std::ranges::find(reasons, named_layer(policies, request, decision), &Reason::layer);
    if (reason == reasons.end()) return {};
    std::string text(" ");
    if (decision.verdict == Verdict::implicit_deny)
        return text.append(reason->implicit).append(" ").append(documented_action(request)).append(" action");
    text.append(reason->explicit_deny);
    if (!name_policy_arn || !reason->names_policy) return text;
    if (const std::string_view arn = policy_arn(policies, request, decision); !arn.empty())
        text.append(": ").append(arn);
    return text;
}

// As the operations print it: S3 in double quotes, all others bare. Empty for an action without resource.
std::string resource_of(const Request& request, std::optional<std::string_view> shown) {
    if (shown) return std::string(*shown);
    if (request.resource() == "*") return {};
    if (request.folded_service() == "s3") return std::string("\"").append(request.resource()).append("\"");
    return std::string(request.resource());
}

}  // namespace

std::string denial_message(const Policies& policies, const Request& request, const Decision& decision,
                           std::optional<std::string_view> resource_shown, bool name_policy_arn) {
    const std::string_view action = documented_action(request);
    if (request.principal().kind == PrincipalKind::federated)
        return std::string("Not authorized to perform ").append(action);  // N5
    std::string text("User: ");
    text.append(caller_name(request.principal())).append(" is not authorized to perform: ").append(action);
    if (const std::string resource = resource_of(request, resource_shown); !resource.empty())
        text.append(" on resource: ").append(resource);
    // N3, N4, N6: who may not assume a role is not told why, so that roles cannot be enumerated (?19).
    if (is_role_assumption(request)) return text;
    return text + reason_of(policies, request, decision, name_policy_arn);
}

}  // namespace writ::engine
