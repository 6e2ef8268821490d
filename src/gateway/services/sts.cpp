#include <array>
#include <fmt/format.h>

#include "base/arn.h"
#include "gateway/services/services.h"

/// AWS Security Token Service of an upstream. Source: "API operations defined by AWS Security Token Service"
/// in the Service Authorization Reference. To the upstream every caller is the gateway, so what gives
/// credentials of the caller itself would give away those of the gateway.
namespace writ::gateway::internal {
namespace {

constexpr std::string_view role = "arn:{partition}:iam::{account}:role/{RoleArn|arn}";

constexpr auto demands = std::to_array<DemandRow>({
    {"AssumeRole", "sts:AssumeRole", role},
    {"AssumeRole", "sts:SetSourceIdentity", role, "SourceIdentity"},
    {"AssumeRole", "sts:TagSession", role, "Tags[]"},
    {"AssumeRoot", "sts:AssumeRoot", "{TargetPrincipal|root}"},
});

Result<void> add_context(const MappingCall& call, Demands&) {
    if (!call.parameters.has("ProvidedContexts")) return {};
    return cannot_map(call, "what its contexts assert is not known here");
}

Result<void> refuse_own_credentials(const MappingCall& call, Demands&) {
    return cannot_map(call, "it would hand out credentials of the gateway");
}

constexpr std::string_view own_credentials = "denied: it would hand out credentials of the gateway";
constexpr auto rules = std::to_array<RuleRow>({
    {"AssumeRole", add_context, "denied with `ProvidedContexts`"},
    {"GetDelegatedAccessToken", refuse_own_credentials, own_credentials},
    {"GetFederationToken", refuse_own_credentials, own_credentials},
    {"GetScopedCredentials", refuse_own_credentials, own_credentials},
    {"GetSessionToken", refuse_own_credentials, own_credentials},
    {"GetWebIdentityToken", refuse_own_credentials, own_credentials},
});

constexpr auto keys = std::to_array<KeyRow>({
    {"sts:TaskPolicyArn", "TaskPolicyArn.arn"},
});

/// The root user of a member account, by the id of that or by ARN.
Result<std::string> root_of(std::string_view target, const MappingCall& call) {
    if (target.starts_with("arn:")) return std::string(target);
    if (!is_account_id(target)) return cannot_map(call, "its target is no account");
    return fmt::format("arn:{}:iam::{}:root", call.place.partition, target);
}

constexpr auto readers = std::to_array<ValueReader>({{"root", root_of}});

}  // namespace

const ServiceRows sts_rows{
    .service = "sts", .prefix = "sts", .demands = demands, .rules = rules, .keys = keys, .readers = readers};

}  // namespace writ::gateway::internal
