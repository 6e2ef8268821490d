#include "directory/resources/resource_places.h"
#include "gateway/observed/observed_rows.h"

/// Amazon CloudWatch Logs: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/
///
/// Policies that PutResourcePolicy gives to the account let services in, which do not come through here.
namespace writ::gateway {
namespace {

/// Its demand is about its streams.
Result<void> forget_group(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    add_change(request, changes, ForgetResource{std::string(directory::tag_place(request.resource()))});
    return {};
}

constexpr auto rows = std::to_array<ObservedRow>({
    {"CreateLogGroup", set_tags},
    {"DeleteDestination", forget_resources},
    {"DeleteLogGroup", forget_group},
    {"PutDestination", set_tags},
    {"PutDestinationPolicy", put_policy, "accessPolicy"},
    {"TagLogGroup", set_tags},
    {"UntagLogGroup", remove_tags},
});

}  // namespace

constinit const ObservedService observed_logs{"logs", rows, "InvalidParameterException"};

}  // namespace writ::gateway
