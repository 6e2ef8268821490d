#pragma once

#include "gateway/internal/mapping/mapping_rows.h"

/// What of AWS KMS no row can express.
namespace writ::gateway::internal {

/// An alias by its name ("alias/app") or its ARN: its ARN.
[[nodiscard]] Result<std::string> kms_alias_arn(std::string_view name, const MappingCall& call);
/// A key by its id, its ARN, or an alias whose key the gateway knows: its ARN.
[[nodiscard]] Result<std::string> kms_key_arn(std::string_view id, const MappingCall& call);

/// Refuses RetireGrant by a token of the grant, which would retire another one than KeyId and GrantId name.
[[nodiscard]] Result<void> kms_retire_grant(const MappingCall& call, Demands& demands);

[[nodiscard]] Result<void> kms_encryption_algorithm(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> kms_encryption_context(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> kms_encryption_context_keys(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> kms_grant_constraint_type(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> kms_grant_is_for_aws_resource(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> kms_key_origin(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> kms_key_spec(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> kms_key_usage(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> kms_message_type(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> kms_multi_region(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> kms_multi_region_key_type(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> kms_re_encrypt_on_same_key(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> kms_request_alias(const MappingCall& call, MappedDemand& demand);

}  // namespace writ::gateway::internal
