#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

#include "base/arn.h"
#include "gateway/internal/mapping/request_tags.h"
#include "gateway/internal/mapping/resource_template.h"
#include "gateway/services/services.h"

/// Amazon EventBridge. Source: "API operations defined by Amazon EventBridge" in the Service Authorization
/// Reference. A request that names no event bus means the default one.
namespace writ::gateway::internal {
namespace {

constexpr std::string_view bus_kind = "event-bus/";

Result<std::string> bus_arn(std::string_view name, const MappingCall& call) {
    return name_or_arn(arn_in(call.place, "events", bus_kind), name.empty() ? "default" : name, call);
}

/// The ARN of a rule has its bus, unless that is the default one.
Result<std::string> rule_arn(std::string_view name, const MappingCall& call) {
    auto bus = bus_arn(call.parameters.first("EventBusName").value_or(""), call);
    if (!bus) return bus;
    if (name.empty() || name.contains('/') || name.contains(':')) {
        return cannot_map(call, fmt::format("{} is not the name of a rule", name));
    }
    const auto arn = parse_arn(*bus);
    if (!arn) return cannot_map(call, fmt::format("{} is not a bus", *bus));
    MappingPlace place = call.place;
    place.account = arn->account;
    const auto bus_name = arn->resource.substr(bus_kind.size());
    if (bus_name == "default") return arn_in(place, "events", fmt::format("rule/{}", name));
    return arn_in(place, "events", fmt::format("rule/{}/{}", bus_name, name));
}

/// Each event goes to a bus of its own choice, under its own source and detail type.
Result<void> add_events(const MappingCall& call, Demands& demands) {
    const auto count = count_elements(call, "Entries");
    if (!count) return std::unexpected(count.error());
    for (std::size_t i = 0; i < *count; ++i) {
        const auto member = [&](std::string_view name) {
            return call.parameters.first(fmt::format("Entries[{}].{}", i, name));
        };
        auto bus = bus_arn(member("EventBusName").value_or(""), call);
        if (!bus) return std::unexpected(std::move(bus.error()));
        MappedDemand demand{.action = "events:PutEvents", .resource = std::move(*bus)};
        if (auto source = member("Source"))
            demand.keys.push_back({"events:source", {std::move(*source)}, false});
        if (auto type = member("DetailType"))
            demand.keys.push_back({"events:detail-type", {std::move(*type)}, false});
        demand.keys.push_back({"events:eventBusInvocation", {"false"}, false});
        if (std::ranges::find(demands, demand) == demands.end()) demands.push_back(std::move(demand));
    }
    return {};
}

/// What a rule matches stands in its pattern, a document of its own.
template <const char* const& name>
Result<void> add_of_pattern(const MappingCall& call, MappedDemand& demand) {
    if (call.parameters.has("EventPattern")) demand.untold_keys.emplace_back(name);
    return {};
}
constexpr const char* source_key = "events:source";
constexpr const char* detail_type_key = "events:detail-type";
constexpr const char* event_type_key = "events:detail.eventTypeCode";
constexpr const char* service_key = "events:detail.service";
constexpr const char* principal_key = "events:detail.userIdentity.principalId";

constexpr std::string_view in_pattern = "stands in `EventPattern`: a policy that asks for it denies";
constexpr std::string_view archive = "arn:{partition}:events:{region}:{account}:archive/{ArchiveName}";
constexpr std::string_view api_destination =
    "arn:{partition}:events:{region}:{account}:api-destination/{Name}";
constexpr std::string_view endpoint = "arn:{partition}:events:{region}:{account}:endpoint/{Name}";
constexpr std::string_view connection_of =
    "arn:{partition}:events:{region}:{account}:connection/{ConnectionArn|arn}";
constexpr std::string_view bus_of_source =
    "arn:{partition}:events:{region}:{account}:event-bus/{EventSourceArn|arn}";
constexpr std::string_view default_bus = "arn:{partition}:events:{region}:{account}:event-bus/default";
constexpr std::string_view named_bus = "{Name|bus}";
constexpr std::string_view by_name = "{Name|rule}";
constexpr std::string_view of_rule = "{Rule|rule}";
constexpr std::string_view role = "arn:{partition}:iam::{account}:role/{RoleArn|arn}";
constexpr std::string_view to_events = "iam:PassedToService=events.amazonaws.com";

constexpr auto demands = std::to_array<DemandRow>({
    {"CreateApiDestination", "events:CreateApiDestination", api_destination},
    {"CreateApiDestination", "events:CreateApiDestination", connection_of},
    {"CreateArchive", "events:CreateArchive", archive},
    {"CreateArchive", "events:CreateArchive", bus_of_source},
    {"CreateEndpoint", "events:CreateEndpoint", endpoint},
    {"CreateEndpoint", "iam:PassRole", role, "RoleArn", to_events},
    {"CreateEventBus", "events:CreateEventBus", named_bus},
    {"CreateEventBus", "events:TagResource", named_bus, "Tags[]"},
    {"DeleteEventBus", "events:DeleteEventBus", named_bus},
    {"DeleteRule", "events:DeleteRule", by_name},
    {"DescribeApiDestination", "events:DescribeApiDestination", api_destination},
    {"DescribeEventBus", "events:DescribeEventBus", named_bus, "Name"},
    {"DescribeEventBus", "events:DescribeEventBus", default_bus, "!Name"},
    {"DescribeEventSource", "events:DescribeEventSource",
     "arn:{partition}:events:{region}::event-source/{Name}"},
    {"DescribeRule", "events:DescribeRule", by_name},
    {"DisableRule", "events:DisableRule", by_name},
    {"EnableRule", "events:EnableRule", by_name},
    {"ListTargetsByRule", "events:ListTargetsByRule", of_rule},
    {"PutRule", "events:PutRule", by_name},
    {"PutRule", "events:TagResource", by_name, "Tags[]"},
    {"PutRule", "iam:PassRole", role, "RoleArn", to_events},
    {"PutTargets", "events:PutTargets", of_rule},
    {"PutTargets", "iam:PassRole", "arn:{partition}:iam::{account}:role/{Targets[].RoleArn|arn}",
     "Targets[].RoleArn", to_events},
    {"RemoveTargets", "events:RemoveTargets", of_rule},
    {"StartReplay", "events:StartReplay",
     "arn:{partition}:events:{region}:{account}:archive/{EventSourceArn|arn}"},
    {"StartReplay", "events:StartReplay",
     "arn:{partition}:events:{region}:{account}:event-bus/{Destination.Arn|arn}"},
    {"StartReplay", "events:StartReplay", "@replay"},
    {"UpdateApiDestination", "events:UpdateApiDestination", api_destination},
    {"UpdateArchive", "events:UpdateArchive", archive},
    {"UpdateEndpoint", "events:UpdateEndpoint", endpoint},
    {"UpdateEndpoint", "iam:PassRole", role, "RoleArn", to_events},
    {"UpdateEventBus", "events:UpdateEventBus", named_bus, "Name"},
    {"UpdateEventBus", "events:UpdateEventBus", default_bus, "!Name"},
});

constexpr auto rules = std::to_array<RuleRow>({
    {"PutEvents", add_events,
     "`events:PutEvents` on the event bus of each entry, with its source and detail type"},
});

constexpr auto types = std::to_array<TypeRow>({
    {"api-destination", api_destination},
    {"archive", archive},
    {"connection", "arn:{partition}:events:{region}:{account}:connection/{Name}"},
    {"endpoint", endpoint},
    {"event-source", "arn:{partition}:events:{region}::event-source/{Name,EventSourceName}"},
    {"replay", "arn:{partition}:events:{region}:{account}:replay/{ReplayName}"},
});

constexpr auto keys = std::to_array<KeyRow>({
    {"events:EventBusArn", "EventBuses[].EventBusArn"},
    {"events:TargetArn", "Targets[].Arn"},
    {"events:detail-type", "", add_of_pattern<detail_type_key>, in_pattern},
    {"events:detail.eventTypeCode", "", add_of_pattern<event_type_key>, in_pattern},
    {"events:detail.service", "", add_of_pattern<service_key>, in_pattern},
    {"events:detail.userIdentity.principalId", "", add_of_pattern<principal_key>, in_pattern},
    {"events:source", "", add_of_pattern<source_key>, in_pattern},
});

constexpr auto readers = std::to_array<ValueReader>({{"bus", bus_arn}, {"rule", rule_arn}});

}  // namespace

const ServiceRows events_rows{.service = "events",
                              .prefix = "events",
                              .demands = demands,
                              .rules = rules,
                              .types = types,
                              .keys = keys,
                              .readers = readers};

}  // namespace writ::gateway::internal
