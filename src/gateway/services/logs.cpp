#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>

#include "base/arn.h"
#include "base/text.h"
#include "gateway/internal/mapping/resource_template.h"
#include "gateway/services/services.h"

/// Amazon CloudWatch Logs. Sources: "API operations defined by Amazon CloudWatch Logs" in the Service
/// Authorization Reference, and the user guide on ARNs: policies name a log group with ":*" behind it for all
/// actions but those on tags, because what AWS compares is the group with ":log-stream:" and perhaps a stream
/// behind it, as its denials show [I].
namespace writ::gateway::internal {
namespace {

/// A group by its name, or by its ARN with or without ":*".
Result<std::string> group(std::string_view name, const MappingCall& call) {
    if (name.starts_with("arn:") && name.ends_with(":*")) name.remove_suffix(2);
    if (const auto arn = parse_arn(name); arn && std::ranges::count(arn->resource, ':') > 1) {
        return cannot_map(call, fmt::format("{} is not the ARN of a log group", name));
    }
    return name_or_arn(arn_in(call.place, "logs", "log-group:"), name, call);
}

constexpr std::string_view any_group =
    "{logGroupName,logGroupNames[],logGroupIdentifier,logGroupIdentifiers[]|group}:log-stream:";
constexpr std::string_view any_stream = "{logGroupName,logGroupIdentifier|group}:log-stream:{logStreamName}";
constexpr std::string_view no_group = "arn:{partition}:logs:{region}:{account}:log-group::log-stream:";
constexpr std::string_view all_groups = "arn:{partition}:logs:{region}:{account}:log-group:*";
constexpr std::string_view anomaly_groups = "{logGroupArnList[]|group}:log-stream:";
constexpr std::string_view delivery = "arn:{partition}:logs:{region}:{account}:delivery:{id}";
constexpr std::string_view delivery_source =
    "arn:{partition}:logs:{region}:{account}:delivery-source:{name,deliverySourceName}";
constexpr std::string_view delivery_destination =
    "arn:{partition}:logs:{region}:{account}:delivery-destination:"
    "{name,deliveryDestinationName,deliveryDestinationArn|arn}";
constexpr std::string_view destination =
    "arn:{partition}:logs:{region}:{account}:destination:{destinationName}";
constexpr std::string_view lookup_table =
    "arn:{partition}:logs:{region}:{account}:lookup-table:{lookupTableName,lookupTableArn|arn}";
constexpr std::string_view scheduled_query =
    "arn:{partition}:logs:{region}:{account}:scheduled-query:{identifier|arn}";
constexpr std::string_view anomaly_detector =
    "arn:{partition}:logs:{region}:{account}:anomaly-detector:{anomalyDetectorArn|arn}";
constexpr std::string_view to_logs = "iam:PassedToService=logs.amazonaws.com";

/// A query may name its groups in its text, which is not read here.
Result<void> start_query(const MappingCall& call, Demands&) {
    const std::string language = call.parameters.first("queryLanguage").value_or("CWLI");
    const auto text = call.parameters.first("queryString").value_or("");
    const auto first_word = ascii_lower(trimmed(text).substr(0, 6));
    if (language != "CWLI" || first_word == "source") {
        return cannot_map(call, "its query may name log groups in its text; name them as parameters");
    }
    return {};
}

/// The destination of a subscription is a resource of Logs only when it is one of another account.
Result<void> subscription_destination(const MappingCall& call, Demands& demands) {
    const auto told = call.parameters.first("destinationArn").value_or("");
    const auto arn = parse_arn(told);
    if (!arn || arn->service != "logs") return {};
    if (auto why = misplaced_arn(told, call.place); !why.empty()) return cannot_map(call, why);
    demands.push_back({.action = "logs:PutSubscriptionFilter", .resource = told});
    return {};
}

constexpr auto demands = std::to_array<DemandRow>({
    {"AssociateKmsKey", "logs:AssociateKmsKey", any_group, "logGroupName"},
    {"AssociateKmsKey", "logs:AssociateKmsKey",
     "arn:{partition}:logs:{region}:{account}:log-group:{resourceIdentifier|arn}", "resourceIdentifier"},
    {"CreateDelivery", "logs:CreateDelivery", "arn:{partition}:logs:{region}:{account}:delivery:*"},
    {"CreateDelivery", "logs:CreateDelivery", delivery_source},
    {"CreateDelivery", "logs:CreateDelivery", delivery_destination},
    {"CreateDelivery", "logs:TagResource", "arn:{partition}:logs:{region}:{account}:delivery:*", "tags{}"},
    {"CreateLogAnomalyDetector", "logs:CreateLogAnomalyDetector", anomaly_groups},
    {"CreateLogAnomalyDetector", "logs:TagResource",
     "arn:{partition}:logs:{region}:{account}:anomaly-detector:*", "tags{}"},
    {"CreateLogGroup", "logs:CreateLogGroup", any_group},
    {"CreateLogGroup", "logs:TagResource", "{logGroupName|group}", "tags{}"},
    {"CreateLogStream", "logs:CreateLogStream", any_stream},
    {"CreateLookupTable", "logs:CreateLookupTable", lookup_table},
    {"CreateLookupTable", "logs:GetQueryResults", no_group, "queryId"},
    {"CreateLookupTable", "logs:TagResource", lookup_table, "tags{}"},
    {"CreateScheduledQuery", "logs:CreateScheduledQuery",
     "arn:{partition}:logs:{region}:{account}:scheduled-query:*"},
    {"CreateScheduledQuery", "logs:TagResource", "arn:{partition}:logs:{region}:{account}:scheduled-query:*",
     "tags{}"},
    {"CreateScheduledQuery", "iam:PassRole", "arn:{partition}:iam::{account}:role/{executionRoleArn|arn}",
     "executionRoleArn", to_logs},
    {"DeleteAccountPolicy", "logs:DeleteAccountPolicy", "*"},
    {"DeleteAccountPolicy", "logs:DeleteDataProtectionPolicy", all_groups,
     "policyType=DATA_PROTECTION_POLICY"},
    {"DeleteAccountPolicy", "logs:DeleteSubscriptionFilter", all_groups,
     "policyType=SUBSCRIPTION_FILTER_POLICY"},
    {"DeleteAccountPolicy", "logs:DeleteIndexPolicy", "*", "policyType=FIELD_INDEX_POLICY"},
    {"DeleteAccountPolicy", "logs:DeleteTransformer", all_groups, "policyType=TRANSFORMER_POLICY"},
    {"DeleteAccountPolicy", "logs:DeleteRetentionPolicy", all_groups, "policyType=RETENTION_POLICY"},
    // The reference gives it the type of a destination, which has another name than the request's source.
    {"DeleteDeliverySource", "logs:DeleteDeliverySource", delivery_source},
    {"DescribeQueries", "logs:DescribeQueries", "*"},
    {"DisassociateKmsKey", "logs:DisassociateKmsKey", any_group, "logGroupName"},
    {"DisassociateKmsKey", "logs:DisassociateKmsKey",
     "arn:{partition}:logs:{region}:{account}:log-group:{resourceIdentifier|arn}", "resourceIdentifier"},
    {"FilterLogEvents", "logs:FilterLogEvents", any_group},
    {"FilterLogEvents", "logs:Unmask", any_group, "unmask !unmask=false"},
    {"GetLogEvents", "logs:GetLogEvents", any_stream},
    {"GetLogEvents", "logs:Unmask", any_group, "unmask !unmask=false"},
    // A query or a record is told by a pointer that only AWS understands: no group stands in the resource.
    {"GetLogRecord", "logs:GetLogRecord", no_group},
    {"GetLogRecord", "logs:Unmask", no_group, "unmask !unmask=false"},
    {"GetQueryResults", "logs:GetQueryResults", no_group},
    {"ListAnomalies", "logs:ListAnomalies", anomaly_detector, "anomalyDetectorArn"},
    {"ListAnomalies", "logs:ListAnomalies", "arn:{partition}:logs:{region}:{account}:anomaly-detector:*",
     "!anomalyDetectorArn"},
    {"ListLogAnomalyDetectors", "logs:ListLogAnomalyDetectors",
     "arn:{partition}:logs:{region}:{account}:anomaly-detector:*"},
    {"ListLogGroups", "logs:ListLogGroups", "*"},
    {"ListLogGroups", "logs:DescribeLogGroups", "*"},
    {"PutAccountPolicy", "logs:PutAccountPolicy", "*"},
    {"PutAccountPolicy", "logs:PutDataProtectionPolicy", all_groups, "policyType=DATA_PROTECTION_POLICY"},
    {"PutAccountPolicy", "logs:PutSubscriptionFilter", all_groups, "policyType=SUBSCRIPTION_FILTER_POLICY"},
    {"PutAccountPolicy", "logs:PutIndexPolicy", "*", "policyType=FIELD_INDEX_POLICY"},
    {"PutAccountPolicy", "logs:PutTransformer", all_groups, "policyType=TRANSFORMER_POLICY"},
    {"PutAccountPolicy", "logs:PutRetentionPolicy", all_groups, "policyType=RETENTION_POLICY"},
    {"PutDeliveryDestination", "logs:PutDeliveryDestination", delivery_destination},
    {"PutDeliveryDestination", "logs:TagResource", delivery_destination, "tags{}"},
    {"PutDeliverySource", "logs:PutDeliverySource", delivery_source},
    {"PutDeliverySource", "logs:TagResource", delivery_source, "tags{}"},
    {"PutDestination", "logs:PutDestination", destination},
    {"PutDestination", "logs:TagResource", destination, "tags{}"},
    {"PutDestination", "iam:PassRole", "arn:{partition}:iam::{account}:role/{roleArn|arn}", "", to_logs},
    {"PutLogEvents", "logs:PutLogEvents", any_stream},
    {"PutSubscriptionFilter", "logs:PutSubscriptionFilter", any_group},
    {"PutSubscriptionFilter", "iam:PassRole", "arn:{partition}:iam::{account}:role/{roleArn|arn}", "roleArn",
     to_logs},
    {"StartLiveTail", "logs:StartLiveTail", any_group},
    {"StartQuery", "logs:StartQuery", any_group},
    {"StopQuery", "logs:StopQuery", "*"},
    {"UpdateLookupTable", "logs:UpdateLookupTable", lookup_table},
    {"UpdateLookupTable", "logs:GetQueryResults", no_group, "queryId"},
    {"UpdateScheduledQuery", "logs:UpdateScheduledQuery", scheduled_query},
    {"UpdateScheduledQuery", "iam:PassRole", "arn:{partition}:iam::{account}:role/{executionRoleArn|arn}",
     "executionRoleArn", to_logs},
});

constexpr auto rules = std::to_array<RuleRow>({
    {"PutSubscriptionFilter", subscription_destination,
     "`logs:PutSubscriptionFilter` on `destinationArn` when it is a destination of Logs"},
    {"StartQuery", start_query, "queries that can name log groups in their text are refused"},
});

constexpr auto types = std::to_array<TypeRow>({
    {"anomaly-detector", anomaly_detector},
    {"delivery", delivery},
    {"delivery-destination", delivery_destination},
    {"delivery-source", delivery_source},
    {"destination", destination},
    {"log-group", any_group},
    {"log-stream", any_stream},
    {"lookup-table", lookup_table},
    {"scheduled-query", scheduled_query},
});

constexpr auto keys = std::to_array<KeyRow>({
    {"logs:DeliveryDestinationResourceArn", "deliveryDestinationConfiguration.destinationResourceArn"},
    {"logs:LogGeneratingResourceArns", "resourceArn"},
});

constexpr auto readers = std::to_array<ValueReader>({{"group", group}});

}  // namespace

const ServiceRows logs_rows{.service = "logs",
                            .prefix = "logs",
                            .demands = demands,
                            .rules = rules,
                            .types = types,
                            .keys = keys,
                            .readers = readers};

}  // namespace writ::gateway::internal
