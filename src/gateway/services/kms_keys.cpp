#include "gateway/services/kms_keys.h"

#include <fmt/format.h>

#include "base/arn.h"
#include "gateway/internal/mapping/resource_template.h"

namespace writ::gateway::internal {
namespace {

/// "alias/orders" of an alias by name or ARN; empty for a key.
std::string_view alias_name(std::string_view id) {
    if (id.starts_with("alias/")) return id;
    const auto arn = parse_arn(id);
    return arn && arn->service == "kms" && arn->resource.starts_with("alias/") ? arn->resource
                                                                               : std::string_view{};
}

/// What is encrypted again has two keys, two contexts and two algorithms.
std::string side(const MappedDemand& demand) {
    if (demand.action == "kms:ReEncryptFrom") return "Source";
    return demand.action == "kms:ReEncryptTo" ? "Destination" : "";
}

void add_or_default(const MappingCall& call, MappedDemand& demand, std::string_view key,
                    const std::string& path, std::string_view otherwise) {
    demand.keys.push_back(
        {std::string(key), {call.parameters.first(path).value_or(std::string(otherwise))}, false});
}

struct ContextEntries {
    std::vector<std::string> names, values;
};

ContextEntries encryption_context(const MappingCall& call, const MappedDemand& demand) {
    ContextEntries entries;
    const std::string own = side(demand) + "EncryptionContext";
    for (const std::string& map : {own, std::string("Constraints.EncryptionContextEquals"),
                                   std::string("Constraints.EncryptionContextSubset")}) {
        std::ranges::move(call.parameters.all(map + "{}"), std::back_inserter(entries.names));
        std::ranges::move(call.parameters.all(map + "{*}"), std::back_inserter(entries.values));
    }
    return entries;
}

}  // namespace

Result<std::string> kms_alias_arn(std::string_view name, const MappingCall& call) {
    const auto alias = alias_name(name);
    if (alias.empty()) return cannot_map(call, fmt::format("{} is not the name of an alias", name));
    if (name.starts_with("arn:")) return name_or_arn(arn_in(call.place, "kms", "alias/"), name, call);
    return arn_in(call.place, "kms", alias);
}

Result<std::string> kms_key_arn(std::string_view id, const MappingCall& call) {
    const auto alias = alias_name(id);
    if (alias.empty()) return name_or_arn(arn_in(call.place, "kms", "key/"), id, call);
    auto arn = kms_alias_arn(id, call);
    if (!arn) return arn;
    if (auto why = misplaced_arn(*arn, call.place); !why.empty()) return cannot_map(call, why);
    // A statement names the key: the alias in its place would slip past a denial.
    if (call.place.facts != nullptr)
        if (auto key = call.place.facts->key_of_alias(*arn)) return *key;
    return cannot_map(
        call, fmt::format("the key behind {} is not known here; name the key by its id or ARN", alias));
}

Result<void> kms_retire_grant(const MappingCall& call, Demands&) {
    if (!call.parameters.has("GrantToken")) return {};
    return cannot_map(call, "the key of its grant token is not known here; name the key and the grant");
}

Result<void> kms_encryption_algorithm(const MappingCall& call, MappedDemand& demand) {
    add_or_default(call, demand, "kms:EncryptionAlgorithm", side(demand) + "EncryptionAlgorithm",
                   "SYMMETRIC_DEFAULT");
    return {};
}

Result<void> kms_encryption_context(const MappingCall& call, MappedDemand& demand) {
    auto [names, values] = encryption_context(call, demand);
    if (names.size() != values.size())
        return cannot_map(call, "its encryption context has a name without a value");
    for (std::size_t i = 0; i < names.size(); ++i) {
        demand.keys.push_back({"kms:EncryptionContext:" + names[i], {std::move(values[i])}, false});
    }
    return {};
}

Result<void> kms_encryption_context_keys(const MappingCall& call, MappedDemand& demand) {
    auto names = encryption_context(call, demand).names;
    if (!names.empty()) demand.keys.push_back({"kms:EncryptionContextKeys", std::move(names), true});
    return {};
}

Result<void> kms_grant_constraint_type(const MappingCall& call, MappedDemand& demand) {
    for (const char* type : {"EncryptionContextEquals", "EncryptionContextSubset"})
        if (call.parameters.has(fmt::format("Constraints.{}", type))) {
            demand.keys.push_back({"kms:GrantConstraintType", {type}, false});
        }
    return {};
}

/// Only services ask for grants on behalf of their resources, and they do not come through here.
Result<void> kms_grant_is_for_aws_resource(const MappingCall& call, MappedDemand& demand) {
    if (call.operation.name == "CreateGrant")
        demand.keys.push_back({"kms:GrantIsForAWSResource", {"false"}, false});
    return {};
}

Result<void> kms_key_origin(const MappingCall& call, MappedDemand& demand) {
    add_or_default(call, demand, "kms:KeyOrigin", "Origin", "AWS_KMS");
    return {};
}

Result<void> kms_key_spec(const MappingCall& call, MappedDemand& demand) {
    const auto older = call.parameters.first("CustomerMasterKeySpec").value_or("SYMMETRIC_DEFAULT");
    add_or_default(call, demand, "kms:KeySpec", "KeySpec", older);
    return {};
}

Result<void> kms_key_usage(const MappingCall& call, MappedDemand& demand) {
    add_or_default(call, demand, "kms:KeyUsage", "KeyUsage", "ENCRYPT_DECRYPT");
    return {};
}

Result<void> kms_message_type(const MappingCall& call, MappedDemand& demand) {
    add_or_default(call, demand, "kms:MessageType", "MessageType", "RAW");
    return {};
}

Result<void> kms_multi_region(const MappingCall& call, MappedDemand& demand) {
    add_or_default(call, demand, "kms:MultiRegion", "MultiRegion", "false");
    return {};
}

Result<void> kms_multi_region_key_type(const MappingCall& call, MappedDemand& demand) {
    if (call.parameters.first("MultiRegion") == "true") {
        demand.keys.push_back({"kms:MultiRegionKeyType", {"PRIMARY"}, false});
    }
    return {};
}

Result<void> kms_re_encrypt_on_same_key(const MappingCall& call, MappedDemand& demand) {
    const auto source = call.parameters.first("SourceKeyId");
    const auto destination = call.parameters.first("DestinationKeyId");
    const auto from = source ? kms_key_arn(*source, call) : cannot_map(call, "");
    const auto to = destination ? kms_key_arn(*destination, call) : cannot_map(call, "");
    if (from && to) {
        demand.keys.push_back({"kms:ReEncryptOnSameKey", {*from == *to ? "true" : "false"}, false});
    } else {
        demand.untold_keys.emplace_back("kms:ReEncryptOnSameKey");
    }
    return {};
}

Result<void> kms_request_alias(const MappingCall& call, MappedDemand& demand) {
    const auto id = call.parameters.first(side(demand) + "KeyId");
    const auto alias = id ? alias_name(*id) : std::string_view{};
    if (!alias.empty()) demand.keys.push_back({"kms:RequestAlias", {std::string(alias)}, false});
    return {};
}

}  // namespace writ::gateway::internal
