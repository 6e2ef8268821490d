#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gateway/parameters.h"
#include "reference/request_model.h"

/// From a recognized request to what its caller must be allowed to do. Rows that were checked by hand against
/// AWS's pages serve the services that differ from the general rule (gateway/services); all others follow it:
/// the operation authorizes the action of its name on the resource types that the Service Authorization
/// Reference gives the action, their ARNs filled with parameters of the same meaning.
namespace writ::gateway {

/// A condition key that follows from the parameters of a request.
struct RequestKey {
    std::string name;  ///< "s3:prefix".
    std::vector<std::string> values;
    bool multivalued = false;  ///< A list, also with one value or none (spec C13).

    bool operator==(const RequestKey&) const = default;
};

/// One (action, resource) pair that must be allowed.
struct MappedDemand {
    std::string action;          ///< "s3:GetObject".
    std::string resource = "*";  ///< ARN, or "*" for an action without resource (spec R9).
    /// Owner of the resource: the account in its ARN, else that of the place. Who knows the owner of a bucket
    /// better, whose ARN tells none, replaces it.
    std::string resource_account{};
    /// Without those that follow from the caller, the connection or the resource.
    std::vector<RequestKey> keys{};
    /// Condition keys whose value the request alone does not tell, although there is one
    /// ("dynamodb:LeadingKeys" of a table whose key is unknown). They are missing from `keys`; whoever
    /// decides must deny when a policy that takes part asks for one of them.
    std::vector<std::string> untold_keys{};

    bool operator==(const MappedDemand&) const = default;
};

/// What requests leave out and the gateway may have learnt from answers that passed, or asked the upstream
/// for. Nothing means not known. Implementations are thread-safe.
class ResourceFacts {
  public:
    virtual ~ResourceFacts() = default;
    /// Name of the attribute that is the partition key of a DynamoDB table, or of its index when one is
    /// given.
    [[nodiscard]] virtual std::optional<std::string> partition_key(std::string_view table_arn,
                                                                   std::string_view index) const = 0;
    /// ARN of the KMS key for which an alias (by its ARN) stands now.
    [[nodiscard]] virtual std::optional<std::string> key_of_alias(std::string_view alias_arn) const = 0;
    /// ARN of a secret, which ends in six characters that its name does not tell.
    [[nodiscard]] virtual std::optional<std::string> secret_arn(std::string_view name) const = 0;
    /// ARN of the Kinesis stream to which a shard iterator belongs.
    [[nodiscard]] virtual std::optional<std::string> stream_of_iterator(std::string_view iterator) const = 0;
    /// ARN of the role in an instance profile, by the profile's ARN.
    [[nodiscard]] virtual std::optional<std::string> role_of_instance_profile(std::string_view arn) const;
};

/// Where the resources of a request live.
struct MappingPlace {
    std::string_view partition;            ///< "aws".
    std::string_view region;               ///< "eu-central-1".
    std::string_view account;              ///< Owner of what the ARN does not tell.
    const ResourceFacts* facts = nullptr;  ///< Null: nothing is known.
};

/// Everything that must be allowed, all of it, for the request to pass; never empty. An ARN in a parameter is
/// taken at its word as to its account, so the caller must see to it that the upstream serves the account
/// that a demand names; one of another region or partition is refused. Errors (code "AccessDenied", 403):
/// what cannot be mapped, in a sentence that says what would help; the request is denied. Cost: linear in the
/// parameters that it looks at. Thread-safe.
[[nodiscard]] Result<std::vector<MappedDemand>> map_request(const reference::RequestService& service,
                                                            const reference::RequestOperation& operation,
                                                            const Parameters& parameters,
                                                            const MappingPlace& place);

/// What configuration names for an operation, instead of what map_request would say.
struct ConfiguredDemand {
    std::string action;  ///< "myservice:Read"; need not be in the reference.
    /// ARN with holes: `{partition}`, `{region}`, `{account}` and paths of parameters
    /// ("arn:{partition}:sqs:{region}:{account}:{QueueName}"), or "*".
    std::string resource = "*";
};
/// The demands of a configured operation: one for each value of a hole that has several.
[[nodiscard]] Result<std::vector<MappedDemand>> map_as_configured(
    const ConfiguredDemand& configured, const reference::RequestService& service,
    const reference::RequestOperation& operation, const Parameters& parameters, const MappingPlace& place);

}  // namespace writ::gateway
