#include "gateway/internal/mapping/plan.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <mutex>
#include <ranges>
#include <shared_mutex>
#include <unordered_map>

#include "base/text.h"

namespace writ::gateway::internal {
namespace {

/// "name=value name=value"
std::vector<RequestKey> static_keys(std::string_view text) {
    std::vector<RequestKey> keys;
    if (text.empty()) return keys;
    for (const auto& part : text | std::views::split(' ')) {
        const std::string_view pair(part);
        const auto equals = pair.find('=');
        keys.push_back({std::string(pair.substr(0, equals)), {std::string(pair.substr(equals + 1))}, false});
    }
    return keys;
}

/// What stands between the account and the name: "instance/" of "arn:…:{account}:instance/{InstanceId}".
std::string_view kind_of(std::string_view resource, std::string_view hole) {
    for (int colons = 0; colons < 5 && !resource.empty(); ++colons) {
        resource.remove_prefix(std::min(resource.find(':') + 1, resource.size()));
    }
    return resource.substr(0, std::min(resource.find_first_of(hole), resource.size()));
}

/// The one type of the action whose ARNs begin as the template does; null when there is no such one.
const reference::ResourceType* type_of(const PlannedDemand& demand) {
    const auto* action = reference::find_action(demand.action);
    if (action == nullptr || demand.resources.empty()) return nullptr;
    const auto kind = kind_of(demand.resources.front(), "{[*");
    const reference::ResourceType* found = nullptr;
    for (const reference::ActionResource& resource : action->resources) {
        if (kind.empty() || kind_of(resource.type->arn_pattern, "$") != kind) continue;
        if (found != nullptr) return nullptr;
        found = resource.type;
    }
    return found;
}

PlannedDemand planned(const DemandRow& row, const ServiceRows& rows) {
    PlannedDemand demand{.action = std::string(row.action)};
    if (row.resource.starts_with('@')) {
        demand.resources = templates_of_type(rows, row.resource.substr(1));
    } else if (row.resource != "*") {
        demand.resources.emplace_back(row.resource);
    }
    demand.type = type_of(demand);
    demand.when = row.when;
    demand.static_keys = static_keys(row.keys);
    return demand;
}

bool plan_by_rows(Plan& plan, const reference::RequestOperation& operation) {
    const ServiceRows& rows = *plan.rows;
    const auto rule = std::ranges::find(rows.rules, operation.name, &RuleRow::operation);
    if (rule != rows.rules.end()) plan.rule = &*rule;
    for (const DemandRow& row : rows.demands)
        if (row.operation == operation.name) plan.demands.push_back(planned(row, rows));
    const bool has_rows = plan.rule != nullptr || !plan.demands.empty();
    if (!has_rows && rows.otherwise != nullptr &&
        reference::find_action(fmt::format("{}:{}", rows.prefix, operation.name)) == nullptr) {
        plan.rule = rows.otherwise;
    }
    return plan.rule != nullptr || !plan.demands.empty();
}

bool wants_further(const Plan& plan, const reference::RequestOperation& operation) {
    if (plan.rows == nullptr || plan.rows->further == nullptr || plan.rule != nullptr) return false;
    if (!plan.why_not.empty() || operation.input == nullptr) return false;
    const auto& members = operation.input->members;
    return std::ranges::find(members, plan.rows->further_parameter, &reference::RequestMember::name) !=
           members.end();
}

}  // namespace

std::vector<std::string> templates_of_type(const ServiceRows& rows, std::string_view type) {
    std::vector<std::string> templates;
    for (const TypeRow& row : rows.types)
        if (row.type == type) templates.emplace_back(row.resource);
    return templates;
}

Plan make_plan(const reference::RequestService& service, const reference::RequestOperation& operation) {
    Plan plan;
    plan.rows = find_service_rows(service.id);
    if (plan.rows == nullptr || !plan_by_rows(plan, operation)) plan_by_rule(plan, service, operation);
    if (wants_further(plan, operation)) plan.rule = plan.rows->further;
    const auto lists = plan.rows != nullptr ? plan.rows->tag_lists : std::span<const std::string_view>{};
    plan.tags = find_tag_places(operation, lists);
    for (PlannedDemand& demand : plan.demands) {
        plan_keys(demand, operation, plan.rows);
        plan_templates(demand);
    }
    return plan;
}

void plan_templates(PlannedDemand& demand) {
    for (const std::string& text : demand.resources) demand.templates.emplace_back(text);
}

const Plan& plan_of(const reference::RequestService& service, const reference::RequestOperation& operation) {
    static std::shared_mutex mutex;
    static std::unordered_map<const reference::RequestOperation*, std::unique_ptr<const Plan>> plans;
    {
        const std::shared_lock lock(mutex);
        if (const auto found = plans.find(&operation); found != plans.end()) return *found->second;
    }
    auto plan = std::make_unique<const Plan>(make_plan(service, operation));
    const std::unique_lock lock(mutex);
    return *plans.try_emplace(&operation, std::move(plan)).first->second;
}

std::string folded_name(std::string_view name) {
    std::string folded;
    for (const char c : name)
        if (c != '-' && c != '_') folded += ascii_lower(c);
    return folded;
}

bool same_name(std::string_view a, std::string_view b) {
    return equals_ignoring_case(a, b) || folded_name(a) == folded_name(b);
}

}  // namespace writ::gateway::internal
