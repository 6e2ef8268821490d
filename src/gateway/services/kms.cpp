#include <array>

#include "gateway/services/kms_keys.h"
#include "gateway/services/services.h"

/// AWS KMS. Sources: "API operations defined by AWS Key Management Service" in the Service Authorization
/// Reference, and the permissions of each operation in the developer guide.
namespace writ::gateway::internal {
namespace {

constexpr std::string_view alias = "{AliasName|alias}";
constexpr std::string_view new_key = "arn:{partition}:kms:{region}:{account}:key/*";

constexpr auto demands = std::to_array<DemandRow>({
    {"CreateAlias", "kms:CreateAlias", alias},
    {"CreateAlias", "kms:CreateAlias", "{TargetKeyId|key}"},
    {"CreateKey", "kms:CreateKey", "*"},
    {"CreateKey", "kms:PutKeyPolicy", new_key, "Policy"},
    {"CreateKey", "kms:TagResource", new_key, "Tags[]"},
    // Without KeyId the ciphertext tells the key, and only to KMS.
    {"Decrypt", "kms:Decrypt", "@key"},
    {"DeleteAlias", "kms:DeleteAlias", alias},
    {"DeleteAlias", "kms:DeleteAlias", "{AliasName|key}"},
    {"ListGrants", "kms:ListGrants", "@key"},
    {"ReEncrypt", "kms:ReEncryptFrom", "{SourceKeyId|key}"},
    {"ReEncrypt", "kms:ReEncryptTo", "{DestinationKeyId|key}"},
    {"RetireGrant", "kms:RetireGrant", "@key"},
    {"UpdateAlias", "kms:UpdateAlias", alias},
    {"UpdateAlias", "kms:UpdateAlias", "{AliasName|key}"},
    {"UpdateAlias", "kms:UpdateAlias", "{TargetKeyId|key}"},
});

constexpr auto rules = std::to_array<RuleRow>({
    {"RetireGrant", kms_retire_grant, "refused with `GrantToken`, which tells its key to AWS KMS alone"},
});

constexpr auto types = std::to_array<TypeRow>({{"alias", alias}, {"key", "{KeyId|key}"}});

constexpr auto keys = std::to_array<KeyRow>({
    {"kms:DataKeyPairSpec", "KeyPairSpec"},
    {"kms:EncryptionAlgorithm", "", kms_encryption_algorithm, "as given, else SYMMETRIC_DEFAULT"},
    {"kms:EncryptionContext:${EncryptionContextKey}", "", kms_encryption_context,
     "of the encryption context, or of the constraints of a grant"},
    {"kms:EncryptionContextKeys", "", kms_encryption_context_keys,
     "of the encryption context, or of the constraints of a grant"},
    {"kms:GrantConstraintType", "", kms_grant_constraint_type, "of `Constraints`"},
    {"kms:GrantIsForAWSResource", "", kms_grant_is_for_aws_resource, "false"},
    {"kms:GrantOperations", "Operations[]"},
    {"kms:KeyOrigin", "", kms_key_origin, "`Origin`, else AWS_KMS"},
    {"kms:KeySpec", "", kms_key_spec, "as given, else SYMMETRIC_DEFAULT"},
    {"kms:KeyUsage", "", kms_key_usage, "as given, else ENCRYPT_DECRYPT"},
    {"kms:MessageType", "", kms_message_type, "as given, else RAW"},
    {"kms:MultiRegion", "", kms_multi_region, "as given, else false"},
    {"kms:MultiRegionKeyType", "", kms_multi_region_key_type, "PRIMARY for a multi-Region key"},
    {"kms:ReEncryptOnSameKey", "", kms_re_encrypt_on_same_key, "whether both keys are one"},
    {"kms:RequestAlias", "", kms_request_alias, "the alias, when `KeyId` is one"},
    {"kms:ScheduleKeyDeletionPendingWindowInDays", "PendingWindowInDays"},
});

constexpr auto readers = std::to_array<ValueReader>({{"alias", kms_alias_arn}, {"key", kms_key_arn}});

}  // namespace

const ServiceRows kms_rows{.service = "kms",
                           .prefix = "kms",
                           .demands = demands,
                           .rules = rules,
                           .types = types,
                           .keys = keys,
                           .readers = readers};

}  // namespace writ::gateway::internal
