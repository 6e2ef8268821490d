#include "gateway/observed/observed_rows.h"

/// AWS Systems Manager: https://docs.aws.amazon.com/systems-manager/latest/APIReference/
namespace writ::gateway {
namespace {

constexpr auto rows = std::to_array<ObservedRow>({
    {"AddTagsToResource", set_tags},
    {"DeleteParameter", forget_resources},
    {"DeleteParameters", forget_resources},
    {"DeleteResourcePolicy", delete_policy},
    {"PutParameter", set_tags},
    {"PutResourcePolicy", put_policy, "Policy"},
    {"RemoveTagsFromResource", remove_tags},
});

}  // namespace

constinit const ObservedService observed_ssm{"ssm", rows, "MalformedResourcePolicyDocumentException"};

}  // namespace writ::gateway
