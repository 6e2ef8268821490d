#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gateway/internal/mapping/request_tags.h"
#include "gateway/internal/mapping/resource_template.h"
#include "gateway/services/services.h"

/// AWS Secrets Manager. Source: "API operations defined by AWS Secrets Manager" in the Service Authorization
/// Reference. The ARN of a secret ends in six characters that nobody knows before it is made.
namespace writ::gateway::internal {
namespace {

/// "-AbCdEf": nobody tells a name that ends like this from an ARN with its end.
bool ends_like_an_arn(std::string_view arn) {
    constexpr std::size_t end_characters = 7;
    if (arn.size() <= end_characters) return false;
    const std::string_view end = arn.substr(arn.size() - end_characters);
    return end.front() == '-' && std::ranges::all_of(end.substr(1), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
           });
}

/// By ARN, or by a name whose ARN the gateway knows: without its end a statement that denies it would not
/// fit. The service takes an ARN without its end for the same secret.
Result<std::string> secret(std::string_view id, const MappingCall& call) {
    const bool by_arn = id.starts_with("arn:");
    if (by_arn) {
        if (auto arn = name_or_arn(arn_in(call.place, "secretsmanager", "secret:"), id, call); !arn)
            return arn;
    }
    if (call.place.facts != nullptr)
        if (auto arn = call.place.facts->secret_arn(id)) return *arn;
    if (by_arn && ends_like_an_arn(id)) return std::string(id);
    return cannot_map(
        call, fmt::format("the ARN of secret {} is not known here; name the secret by its whole ARN", id));
}

Result<void> add_batch(const MappingCall& call, Demands& demands) {
    for (const std::string& id : call.parameters.all("SecretIdList[]")) {
        auto arn = secret(id, call);
        if (!arn) return std::unexpected(std::move(arn.error()));
        demands.push_back({.action = "secretsmanager:GetSecretValue",
                           .resource = *arn,
                           .keys = {{"secretsmanager:SecretId", {*arn}, false}}});
    }
    if (call.parameters.has("Filters")) {
        return cannot_map(call,
                          "which secrets its filters find is not known here; list them in SecretIdList");
    }
    return {};
}

Result<void> add_secret_id(const MappingCall& call, MappedDemand& demand) {
    const auto id = call.parameters.first("SecretId");
    if (!id) return {};
    auto arn = secret(*id, call);
    if (!arn) return std::unexpected(std::move(arn.error()));
    demand.keys.push_back({"secretsmanager:SecretId", {std::move(*arn)}, false});
    return {};
}

Result<void> add_replica_regions(const MappingCall& call, MappedDemand& demand) {
    auto regions = call.parameters.all("AddReplicaRegions[].Region");
    if (!regions.empty())
        demand.keys.push_back({"secretsmanager:AddReplicaRegions", std::move(regions), true});
    return {};
}

Result<void> add_modify_rotation(const MappingCall& call, MappedDemand& demand) {
    const bool modifies = call.parameters.has("RotationRules");
    demand.keys.push_back({"secretsmanager:ModifyRotationRules", {modifies ? "true" : "false"}, false});
    return {};
}

Result<void> add_key_arn(const MappingCall& call, MappedDemand& demand) {
    const auto key = call.parameters.first("KmsKeyId");
    if (!key) return {};
    if (key->starts_with("arn:")) {
        demand.keys.push_back({"secretsmanager:KmsKeyArn", {*key}, false});
    } else {
        demand.untold_keys.emplace_back("secretsmanager:KmsKeyArn");
    }
    return {};
}

constexpr std::string_view new_secret =
    "arn:{partition}:secretsmanager:{region}:{account}:secret:{Name}-??????";

constexpr auto demands = std::to_array<DemandRow>({
    {"BatchGetSecretValue", "secretsmanager:BatchGetSecretValue", "*"},
    {"BatchGetSecretValue", "secretsmanager:ListSecrets", "*", "Filters"},
    {"CreateSecret", "secretsmanager:CreateSecret", new_secret},
    {"CreateSecret", "secretsmanager:TagResource", new_secret, "Tags[]"},
    {"CreateSecret", "secretsmanager:ReplicateSecretToRegions", new_secret, "AddReplicaRegions[]"},
    {"RotateSecret", "secretsmanager:RotateSecret", "@Secret"},
    {"RotateSecret", "iam:PassRole",
     "arn:{partition}:iam::{account}:role/{ExternalSecretRotationRoleArn|arn}",
     "ExternalSecretRotationRoleArn", "iam:PassedToService=secretsmanager.amazonaws.com"},
    {"ValidateResourcePolicy", "secretsmanager:ValidateResourcePolicy", "@Secret", "SecretId"},
    {"ValidateResourcePolicy", "secretsmanager:PutResourcePolicy", "@Secret", "SecretId"},
    {"ValidateResourcePolicy", "secretsmanager:ValidateResourcePolicy",
     "arn:{partition}:secretsmanager:{region}:{account}:secret:*", "!SecretId"},
});

constexpr auto rules = std::to_array<RuleRow>({
    {"BatchGetSecretValue", add_batch, "`secretsmanager:GetSecretValue` on each secret of `SecretIdList`"},
});

constexpr auto types = std::to_array<TypeRow>({{"Secret", "{SecretId|secret}"}});
constexpr auto keys = std::to_array<KeyRow>({
    {"secretsmanager:AddReplicaRegions", "", add_replica_regions, "the regions of `AddReplicaRegions`"},
    {"secretsmanager:BlockPublicPolicy", "BlockPublicPolicy"},
    {"secretsmanager:KmsKeyArn", "", add_key_arn, "`KmsKeyId` when it is an ARN"},
    {"secretsmanager:ModifyRotationRules", "", add_modify_rotation, "whether `RotationRules` is given"},
    {"secretsmanager:SecretId", "", add_secret_id, "the ARN of `SecretId`"},
    {"secretsmanager:SecretPrimaryRegion", ""},
});
constexpr auto readers = std::to_array<ValueReader>({{"secret", secret}});

}  // namespace

const ServiceRows secretsmanager_rows{.service = "secretsmanager",
                                      .prefix = "secretsmanager",
                                      .demands = demands,
                                      .rules = rules,
                                      .types = types,
                                      .keys = keys,
                                      .readers = readers};

}  // namespace writ::gateway::internal
