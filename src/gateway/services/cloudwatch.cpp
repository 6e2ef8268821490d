#include <array>

#include "gateway/services/services.h"

/// Amazon CloudWatch metrics and alarms. Source: "API operations defined by Amazon CloudWatch" in the Service
/// Authorization Reference. What lists alarms or rules without naming one is about all of them.
namespace writ::gateway::internal {
namespace {

constexpr std::string_view alarm =
    "arn:{partition}:cloudwatch:{region}:{account}:alarm:{AlarmName,AlarmNames[]}";
constexpr std::string_view all_alarms = "arn:{partition}:cloudwatch:{region}:{account}:alarm:*";
constexpr std::string_view mute_rule =
    "arn:{partition}:cloudwatch:{region}:{account}:alarm-mute-rule:{AlarmMuteRuleName,Name}";
constexpr std::string_view dashboard =
    "arn:{partition}:cloudwatch::{account}:dashboard/{DashboardName,DashboardNames[]}";
constexpr std::string_view insight_rule =
    "arn:{partition}:cloudwatch:{region}:{account}:insight-rule/{RuleName,RuleNames[]}";
constexpr std::string_view metric_stream =
    "arn:{partition}:cloudwatch:{region}:{account}:metric-stream/{Name,Names[]}";

/// The log groups of a rule stand in its definition, a document of its own.
Result<void> add_log_groups(const MappingCall&, MappedDemand& demand) {
    demand.untold_keys.emplace_back("cloudwatch:requestInsightRuleLogGroups");
    return {};
}

constexpr auto demands = std::to_array<DemandRow>({
    {"DescribeAlarmHistory", "cloudwatch:DescribeAlarmHistory", alarm, "AlarmName"},
    {"DescribeAlarmHistory", "cloudwatch:DescribeAlarmHistory", all_alarms, "!AlarmName"},
    {"DescribeAlarms", "cloudwatch:DescribeAlarms", alarm, "AlarmNames[]"},
    {"DescribeAlarms", "cloudwatch:DescribeAlarms", all_alarms, "!AlarmNames[]"},
    {"GetMetricData", "cloudwatch:GetMetricData", "*"},
    {"ListAlarmMuteRules", "cloudwatch:ListAlarmMuteRules",
     "arn:{partition}:cloudwatch:{region}:{account}:alarm-mute-rule:*"},
    {"ListMetrics", "cloudwatch:ListMetrics", "*"},
    {"PutAlarmMuteRule", "cloudwatch:PutAlarmMuteRule", mute_rule},
    {"PutAlarmMuteRule", "cloudwatch:PutAlarmMuteRule",
     "arn:{partition}:cloudwatch:{region}:{account}:alarm:{MuteTargets.AlarmNames[]}",
     "MuteTargets.AlarmNames[]"},
    {"PutAlarmMuteRule", "cloudwatch:TagResource", mute_rule, "Tags[]"},
    {"PutCompositeAlarm", "cloudwatch:PutCompositeAlarm", alarm},
    {"PutCompositeAlarm", "cloudwatch:TagResource", alarm, "Tags[]"},
    {"PutDashboard", "cloudwatch:PutDashboard", dashboard},
    {"PutDashboard", "cloudwatch:TagResource", dashboard, "Tags[]"},
    {"PutInsightRule", "cloudwatch:PutInsightRule", insight_rule},
    {"PutInsightRule", "cloudwatch:TagResource", insight_rule, "Tags[]"},
    {"PutLogAlarm", "cloudwatch:PutLogAlarm", alarm},
    {"PutLogAlarm", "cloudwatch:TagResource", alarm, "Tags[]"},
    {"PutLogAlarm", "iam:PassRole", "arn:{partition}:iam::{account}:role/{ActionLogLineRoleArn|arn}",
     "ActionLogLineRoleArn", "iam:PassedToService=cloudwatch.amazonaws.com"},
    {"PutMetricAlarm", "cloudwatch:PutMetricAlarm", alarm},
    {"PutMetricAlarm", "cloudwatch:TagResource", alarm, "Tags[]"},
    {"PutMetricData", "cloudwatch:PutMetricData", "*"},
    {"PutMetricStream", "cloudwatch:PutMetricStream", metric_stream},
    {"PutMetricStream", "cloudwatch:TagResource", metric_stream, "Tags[]"},
    {"PutMetricStream", "iam:PassRole", "arn:{partition}:iam::{account}:role/{RoleArn|arn}", "RoleArn",
     "iam:PassedToService=streams.metrics.cloudwatch.amazonaws.com"},
});

constexpr auto types = std::to_array<TypeRow>({
    {"alarm", alarm},
    {"alarm-mute-rule", mute_rule},
    {"dashboard", dashboard},
    {"dataset", "arn:{partition}:cloudwatch:{region}:{account}:dataset/{DatasetIdentifier|arn}"},
    {"insight-rule", insight_rule},
    {"metric-stream", metric_stream},
});

constexpr auto keys = std::to_array<KeyRow>({
    {"cloudwatch:AlarmActions", "AlarmActions[]"},
    {"cloudwatch:namespace", "Namespace"},
    {"cloudwatch:requestInsightRuleLogGroups", "", add_log_groups,
     "stand in `RuleDefinition`: a policy that asks for them denies"},
    {"cloudwatch:requestManagedResourceARNs", "ManagedRules[].ResourceARN,ResourceARN"},
});

}  // namespace

const ServiceRows cloudwatch_rows{
    .service = "cloudwatch", .prefix = "cloudwatch", .demands = demands, .types = types, .keys = keys};

}  // namespace writ::gateway::internal
