#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/arn.h"
#include "gateway/services/services.h"

/// Amazon SNS. Source: "API operations defined by Amazon SNS" in the Service Authorization Reference.
namespace writ::gateway::internal {
namespace {

/// "arn:…:orders:2bcfbf39-…" → the topic of the subscription.
Result<std::string> topic_of_subscription(std::string_view subscription, const MappingCall& call) {
    const auto arn = parse_arn(subscription);
    const auto colon = arn ? arn->resource.find(':') : std::string_view::npos;
    if (!arn || arn->service != "sns" || arn->region.empty() || arn->account.empty() ||
        colon == std::string_view::npos || colon == 0) {
        return cannot_map(call, fmt::format("{} is not the ARN of a subscription", subscription));
    }
    const auto behind = arn->resource.size() - colon;
    return std::string(subscription.substr(0, subscription.size() - behind));
}

constexpr std::string_view topic = "arn:{partition}:sns:{region}:{account}:{TopicArn|arn}";
constexpr std::string_view resource_topic = "arn:{partition}:sns:{region}:{account}:{ResourceArn|arn}";
constexpr std::string_view new_topic = "arn:{partition}:sns:{region}:{account}:{Name}";
constexpr std::string_view subscribed_topic = "{SubscriptionArn|topic}";
/// Roles in attributes, which are pairs of strings to the model.
Result<void> add_passed_roles(const MappingCall& call, Demands& demands) {
    std::vector<std::string> values;
    for (const char* path : {"AttributeValue", "Attributes{*}", "attributes{*}"}) {
        std::ranges::move(call.parameters.all(path), std::back_inserter(values));
    }
    for (const std::string& value : values) {
        const auto arn = parse_arn(value);
        if (!arn || arn->service != "iam" || !arn->resource.starts_with("role/")) continue;
        demands.push_back({.action = "iam:PassRole",
                           .resource = value,
                           .keys = {{"iam:PassedToService", {"sns.amazonaws.com"}, false}}});
    }
    return {};
}

constexpr auto demands = std::to_array<DemandRow>({
    {"CreatePlatformApplication", "sns:CreatePlatformApplication", "*"},
    {"CreateTopic", "sns:CreateTopic", new_topic},
    // A topic that is there already keeps its policy at AWS; not all servers are so strict.
    {"CreateTopic", "sns:SetTopicAttributes", new_topic, "Attributes{Policy}"},
    {"CreateTopic", "sns:TagResource", new_topic, "Tags[]"},
    {"CreateTopic", "sns:PutDataProtectionPolicy", new_topic, "DataProtectionPolicy"},
    {"GetDataProtectionPolicy", "sns:GetDataProtectionPolicy", resource_topic},
    {"GetSubscriptionAttributes", "sns:GetSubscriptionAttributes", subscribed_topic},
    // A message goes to a topic, to the endpoint of a device, or to a phone, which is no resource.
    {"Publish", "sns:Publish", topic, "TopicArn"},
    {"Publish", "sns:Publish", "arn:{partition}:sns:{region}:{account}:{TargetArn|arn}", "TargetArn"},
    {"Publish", "sns:Publish", "*", "PhoneNumber"},
    {"PublishBatch", "sns:Publish", topic},
    {"PutDataProtectionPolicy", "sns:PutDataProtectionPolicy", resource_topic},
    {"SetPlatformApplicationAttributes", "sns:SetPlatformApplicationAttributes", "*"},
    {"SetSMSAttributes", "sns:SetSMSAttributes", "*"},
    {"SetSubscriptionAttributes", "sns:SetSubscriptionAttributes", subscribed_topic},
    {"SetTopicAttributes", "sns:SetTopicAttributes", topic},
    {"Subscribe", "sns:Subscribe", topic},
    {"Unsubscribe", "sns:Unsubscribe", subscribed_topic},
});

constexpr std::string_view roles_told = "`iam:PassRole` on each role in the attributes";
constexpr auto rules = std::to_array<RuleRow>({
    {"CreatePlatformApplication", add_passed_roles, roles_told},
    {"CreateTopic", add_passed_roles, roles_told},
    {"SetPlatformApplicationAttributes", add_passed_roles, roles_told},
    {"SetSMSAttributes", add_passed_roles, roles_told},
    {"SetSubscriptionAttributes", add_passed_roles, roles_told},
    {"SetTopicAttributes", add_passed_roles, roles_told},
    {"Subscribe", add_passed_roles, roles_told},
});

constexpr auto types = std::to_array<TypeRow>({{"topic", topic}});
constexpr auto readers = std::to_array<ValueReader>({{"topic", topic_of_subscription}});

}  // namespace

const ServiceRows sns_rows{.service = "sns",
                           .prefix = "sns",
                           .demands = demands,
                           .rules = rules,
                           .types = types,
                           .readers = readers};

}  // namespace writ::gateway::internal
