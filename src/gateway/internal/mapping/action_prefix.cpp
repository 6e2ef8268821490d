#include <algorithm>
#include <array>

#include "gateway/internal/mapping/plan.h"

namespace writ::gateway::internal {
namespace {

struct Prefix {
    std::string_view service;  ///< RequestService::id.
    std::string_view prefix;
};

/// Where the actions do not begin with the signing name: Service Authorization Reference against the models.
constexpr auto prefixes = std::to_array<Prefix>({
    {"cloudcontrol", "cloudformation"},
    {"cloudwatch", "cloudwatch"},
    {"iot-data", "iot"},
    {"iot-jobs-data", "iotjobsdata"},
    {"iotsecuretunneling", "iot"},
    {"mturk", "mechanicalturk"},
    {"partnercentral-account", "partnercentral"},
    {"partnercentral-benefits", "partnercentral"},
    {"partnercentral-channel", "partnercentral"},
    {"partnercentral-marketing", "partnercentral"},
    {"partnercentral-selling", "partnercentral"},
    {"resourcegroupstaggingapi", "tag"},
});
static_assert(std::ranges::is_sorted(prefixes, {}, &Prefix::service));

}  // namespace

std::string_view action_prefix(const reference::RequestService& service) noexcept {
    const auto row = std::ranges::lower_bound(prefixes, service.id, {}, &Prefix::service);
    return row != prefixes.end() && row->service == service.id ? row->prefix : service.signing_name;
}

}  // namespace writ::gateway::internal
