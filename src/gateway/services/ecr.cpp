#include <array>
#include <fmt/format.h>

#include "gateway/internal/mapping/resource_template.h"
#include "gateway/services/services.h"

/// Amazon Elastic Container Registry. Source: "API operations defined by Amazon Elastic Container Registry"
/// in the Service Authorization Reference. The registry is an account, the caller's unless the request tells
/// it.
namespace writ::gateway::internal {
namespace {

Result<std::string> repository_arn(std::string_view name, const MappingCall& call) {
    const std::string registry = call.parameters.first("registryId").value_or("");
    MappingPlace place = call.place;
    if (!registry.empty()) place.account = registry;
    return arn_in(place, "ecr", fmt::format("repository/{}", name));
}

constexpr std::string_view repository = "{repositoryName,repositoryNames[]|repository}";
constexpr std::string_view of_prefix = "arn:{partition}:ecr:{region}:{account}:repository/{prefix}*";
constexpr std::string_view role = "arn:{partition}:iam::{account}:role/{customRoleArn|arn}";
constexpr std::string_view to_ecr = "iam:PassedToService=ecr.amazonaws.com";

constexpr auto demands = std::to_array<DemandRow>({
    {"CreatePullThroughCacheRule", "ecr:CreatePullThroughCacheRule", "*"},
    {"CreatePullThroughCacheRule", "iam:PassRole", role, "customRoleArn", to_ecr},
    {"CreateRepository", "ecr:CreateRepository", repository},
    {"CreateRepository", "ecr:TagResource", repository, "tags[]"},
    {"CreateRepositoryCreationTemplate", "ecr:CreateRepositoryCreationTemplate", "*"},
    {"CreateRepositoryCreationTemplate", "ecr:CreateRepository", of_prefix},
    {"CreateRepositoryCreationTemplate", "ecr:PutLifecyclePolicy", of_prefix, "lifecyclePolicy"},
    {"CreateRepositoryCreationTemplate", "ecr:SetRepositoryPolicy", of_prefix, "repositoryPolicy"},
    {"CreateRepositoryCreationTemplate", "iam:PassRole", role, "customRoleArn", to_ecr},
    {"DescribeRepositories", "ecr:DescribeRepositories", repository, "repositoryNames[]"},
    {"DescribeRepositories", "ecr:DescribeRepositories",
     "arn:{partition}:ecr:{region}:{account}:repository/*", "!repositoryNames[]"},
    {"ListImageReferrers", "ecr:BatchGetImage", repository},
    {"UpdatePullThroughCacheRule", "ecr:UpdatePullThroughCacheRule", "*"},
    {"UpdatePullThroughCacheRule", "iam:PassRole", role, "customRoleArn", to_ecr},
    {"UpdateRepositoryCreationTemplate", "ecr:UpdateRepositoryCreationTemplate", "*"},
    {"UpdateRepositoryCreationTemplate", "ecr:CreateRepository", of_prefix},
    {"UpdateRepositoryCreationTemplate", "ecr:PutLifecyclePolicy", of_prefix, "lifecyclePolicy"},
    {"UpdateRepositoryCreationTemplate", "ecr:SetRepositoryPolicy", of_prefix, "repositoryPolicy"},
    {"UpdateRepositoryCreationTemplate", "iam:PassRole", role, "customRoleArn", to_ecr},
});

constexpr auto types = std::to_array<TypeRow>({{"repository", repository}});
constexpr auto keys = std::to_array<KeyRow>({{"ecr:AccountSetting", "name"}});
constexpr auto readers = std::to_array<ValueReader>({{"repository", repository_arn}});

}  // namespace

const ServiceRows ecr_rows{
    .service = "ecr", .prefix = "ecr", .demands = demands, .types = types, .keys = keys, .readers = readers};

}  // namespace writ::gateway::internal
