#include <array>

#include "gateway/services/lambda_functions.h"
#include "gateway/services/services.h"

/// AWS Lambda. Sources: "API operations defined by AWS Lambda" in the Service Authorization Reference, and
/// the developer guide on the resources of its actions.
namespace writ::gateway::internal {
namespace {

constexpr std::string_view function = "{FunctionName|function}";
constexpr std::string_view policy_owner = "{ResourceArn|named}";
constexpr std::string_view layers = "arn:{partition}:lambda:{region}:{account}:layer:{Layers[]|arn}";
constexpr std::string_view role = "arn:{partition}:iam::{account}:role/{Role|arn}";
constexpr std::string_view capacity_provider =
    "arn:{partition}:lambda:{region}:{account}:capacity-provider:"
    "{CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn|arn}";
constexpr std::string_view has_capacity_provider =
    "CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn";
constexpr std::string_view operator_role =
    "arn:{partition}:iam::{account}:role/{PermissionsConfig.CapacityProviderOperatorRoleArn|arn}";
constexpr std::string_view new_capacity_provider =
    "arn:{partition}:lambda:{region}:{account}:capacity-provider:{CapacityProviderName|arn}";
constexpr std::string_view new_code_signing_config =
    "arn:{partition}:lambda:{region}:{account}:code-signing-config:*";
constexpr std::string_view new_mapping = "arn:{partition}:lambda:{region}:{account}:event-source-mapping:*";
constexpr std::string_view to_lambda = "iam:PassedToService=lambda.amazonaws.com";

constexpr auto demands = std::to_array<DemandRow>({
    {"CreateCapacityProvider", "lambda:CreateCapacityProvider", new_capacity_provider},
    {"CreateCapacityProvider", "lambda:TagResource", new_capacity_provider, "Tags{}"},
    {"CreateCapacityProvider", "iam:PassRole", operator_role,
     "PermissionsConfig.CapacityProviderOperatorRoleArn", to_lambda},
    {"CreateCodeSigningConfig", "lambda:CreateCodeSigningConfig", "*"},
    {"CreateCodeSigningConfig", "lambda:TagResource", new_code_signing_config, "Tags{}"},
    {"CreateEventSourceMapping", "lambda:CreateEventSourceMapping", "*"},
    {"CreateEventSourceMapping", "lambda:TagResource", new_mapping, "Tags{}"},
    {"CreateFunction", "lambda:CreateFunction", function},
    {"CreateFunction", "lambda:TagResource", function, "Tags{}"},
    {"CreateFunction", "lambda:GetLayerVersion", layers, "Layers[]"},
    {"CreateFunction", "lambda:PassCapacityProvider", capacity_provider, has_capacity_provider},
    {"CreateFunction", "iam:PassRole", role, "", to_lambda},
    {"DeleteResourcePolicy", "lambda:DeleteResourcePolicy", policy_owner},
    {"DeleteResourcePolicy", "lambda:RemovePermission", policy_owner},
    {"GetLayerVersionByArn", "lambda:GetLayerVersion",
     "arn:{partition}:lambda:{region}:{account}:layer:{Arn|arn}"},
    {"GetResourcePolicy", "lambda:GetResourcePolicy", policy_owner},
    {"GetResourcePolicy", "lambda:GetPolicy", policy_owner},
    {"Invoke", "lambda:InvokeFunction", function},
    {"InvokeWithResponseStream", "lambda:InvokeFunction", function},
    {"PutFunctionCodeSigningConfig", "lambda:PutFunctionCodeSigningConfig", "@code signing config"},
    {"PutFunctionCodeSigningConfig", "lambda:PutFunctionCodeSigningConfig", function},
    {"PutResourcePolicy", "lambda:PutResourcePolicy", policy_owner},
    {"PutResourcePolicy", "lambda:AddPermission", policy_owner},
    {"PutResourcePolicy", "lambda:RemovePermission", policy_owner},
    {"UpdateFunctionConfiguration", "lambda:UpdateFunctionConfiguration", function},
    {"UpdateFunctionConfiguration", "lambda:GetLayerVersion", layers, "Layers[]"},
    {"UpdateFunctionConfiguration", "lambda:PassCapacityProvider", capacity_provider, has_capacity_provider},
    {"UpdateFunctionConfiguration", "iam:PassRole", role, "Role", to_lambda},
});

constexpr auto types = std::to_array<TypeRow>({
    {"capacityProvider", new_capacity_provider},
    {"code signing config",
     "arn:{partition}:lambda:{region}:{account}:code-signing-config:{CodeSigningConfigArn|arn}"},
    {"durable execution", "arn:{partition}:lambda:{region}:{account}:function:{DurableExecutionArn|arn}"},
    {"eventSourceMapping", "arn:{partition}:lambda:{region}:{account}:event-source-mapping:{UUID}"},
    {"function", function},
    {"function alias", function},
    {"layer", "arn:{partition}:lambda:{region}:{account}:layer:{LayerName|arn}"},
    {"layerVersion", "arn:{partition}:lambda:{region}:{account}:layer:{LayerName|arn}:{VersionNumber}"},
});

constexpr auto keys = std::to_array<KeyRow>({
    {"lambda:FunctionArn", "", lambda_function_key, "the ARN of `FunctionName`"},
    {"lambda:FunctionUrlAuthType", "", lambda_url_auth_key, "as given"},
    {"lambda:InvokedViaFunctionUrl", "InvokedViaFunctionUrl"},
    {"lambda:Layer", "Layers[]"},
    {"lambda:Principal", "", lambda_principal_key, "as given"},
    {"lambda:SecurityGroupIds", "VpcConfig.SecurityGroupIds[]"},
    {"lambda:SubnetIds", "VpcConfig.SubnetIds[]"},
    {"lambda:VpcIds", "", lambda_vpc_key, "not told by the request: a policy that asks for it denies"},
});

constexpr auto readers =
    std::to_array<ValueReader>({{"function", lambda_function_arn}, {"named", lambda_named_function_arn}});

}  // namespace

const ServiceRows lambda_rows{.service = "lambda",
                              .prefix = "lambda",
                              .demands = demands,
                              .types = types,
                              .keys = keys,
                              .readers = readers};

}  // namespace writ::gateway::internal
