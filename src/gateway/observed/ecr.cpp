#include "gateway/observed/observed_rows.h"

/// Amazon ECR: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/
namespace writ::gateway {
namespace {

constexpr auto rows = std::to_array<ObservedRow>({
    {"CreateRepository", set_tags},
    {"DeleteRepository", forget_resources},
    {"DeleteRepositoryPolicy", delete_policy},
    {"SetRepositoryPolicy", put_policy, "policyText"},
});

}  // namespace

constinit const ObservedService observed_ecr{"ecr", rows, "InvalidParameterException"};

}  // namespace writ::gateway
