#include "gateway/mapping.h"

#include <algorithm>
#include <fmt/format.h>
#include <ranges>
#include <span>

#include "base/arn.h"
#include "base/wildcards.h"
#include "gateway/internal/mapping/plan.h"
#include "gateway/internal/mapping/request_tags.h"
#include "gateway/internal/mapping/resource_template.h"
#include "gateway/internal/mapping/row_condition.h"

namespace writ::gateway {
namespace internal {

std::unexpected<Error> cannot_map(const MappingCall& call, std::string_view why) {
    return fail(
        "AccessDenied", 403,
        fmt::format("{}:{} cannot be mapped to an action and its resources: {}. Configuration may name "
                    "an action for it.",
                    call.service.signing_name, call.operation.name, why));
}

Result<std::size_t> count_elements(const MappingCall& call, std::string_view path) {
    const std::size_t count = element_count(call.parameters, path);
    if (count > elements_max) return cannot_map(call, fmt::format("{} is too long a list", path));
    return count;
}

namespace {

Result<void> add_key(MappedDemand& demand, const PlannedKey& key, const MappingCall& call) {
    if (key.row != nullptr && key.row->add != nullptr) return key.row->add(call, demand);
    auto values = told_values(key.path, call.parameters);
    if (values.empty()) return {};
    const bool named = key.is_arn && !std::ranges::all_of(values, [](const std::string& value) {
                           return value.starts_with("arn:");
                       });
    if (named) {
        demand.untold_keys.push_back(key.name);
    } else {
        demand.keys.push_back({key.name, std::move(values), key.multivalued});
    }
    return {};
}

void add_tag_keys(MappedDemand& demand, const PlannedDemand& planned, const RequestTags& tags) {
    if (planned.request_tags)
        for (const auto& [key, value] : tags.tags)
            demand.keys.push_back({"aws:RequestTag/" + key, {value}, false});
    if (planned.tag_keys && !tags.keys.empty()) demand.keys.push_back({"aws:TagKeys", tags.keys, true});
}

bool is_role(std::string_view value) {
    const auto arn = parse_arn(value);
    return arn && arn->service == "iam" && arn->resource.starts_with("role/");
}

Result<std::string> role_of_profile(std::string_view value, const MappingCall& call) {
    const std::string arn = value.starts_with("arn:")
                                ? std::string(value)
                                : fmt::format("arn:{}:iam::{}:instance-profile/{}", call.place.partition,
                                              call.place.account, value);
    auto role = call.place.facts != nullptr ? call.place.facts->role_of_instance_profile(arn) : std::nullopt;
    if (!role) return cannot_map(call, fmt::format("the role of {} is not known here", arn));
    return std::move(*role);
}

Result<std::vector<std::string>> passed_roles(const PlannedDemand& planned, const MappingCall& call) {
    using enum PlannedDemand::RoleForm;
    std::vector<std::string> roles;
    for (std::string& value : call.parameters.all(planned.role_path)) {
        if (value.empty()) continue;
        if (planned.role_form == profile) {
            auto role = role_of_profile(value, call);
            if (!role) return std::unexpected(std::move(role.error()));
            roles.push_back(std::move(*role));
        } else if (is_role(value)) {
            roles.push_back(std::move(value));
        } else if (planned.role_form == arn_or_name && !value.starts_with("arn:")) {
            roles.push_back(
                fmt::format("arn:{}:iam::{}:role/{}", call.place.partition, call.place.account, value));
        }
    }
    return roles;
}

bool is_of_a_type(const std::string& arn, const PlannedDemand& planned) {
    return std::ranges::any_of(planned.arn_of, [&](const reference::ResourceType* type) {
        return matches_wildcards(wildcards_of_pattern(type->arn_pattern), arn) &&
               is_as_full(type->arn_pattern, arn);
    });
}

Result<std::vector<std::string>> resources_of(const PlannedDemand& planned, const Plan& plan,
                                              const MappingCall& call) {
    if (!planned.role_path.empty()) {
        auto roles = passed_roles(planned, call);
        if (!roles) return roles;
        if (roles->size() > elements_max) return cannot_map(call, "it passes too many roles");
        for (const std::string& role : *roles) {
            if (!is_as_full("arn:aws:iam::111122223333:role/name", role))
                return cannot_map(call, fmt::format("{} is not the ARN of a role", role));
        }
        return roles;
    }
    if (planned.templates.empty()) return std::vector<std::string>{"*"};
    const auto readers = plan.rows != nullptr ? plan.rows->readers : std::span<const ValueReader>{};
    std::vector<std::string> resources;
    for (const ResourceTemplate& filling : planned.templates) {
        if (!filling.is_told(call.parameters)) continue;
        auto filled = filling.fill(call, readers);
        if (!filled) return filled;
        if (resources.empty() && filled->size() == 1) {
            resources = std::move(*filled);
            continue;
        }
        for (std::string& resource : *filled)
            if (std::ranges::find(resources, resource) == resources.end()) {
                resources.push_back(std::move(resource));
            }
    }
    if (resources.empty() && !planned.optional) return planned.templates.front().fill(call, readers);
    if (planned.arn_of.empty()) return resources;
    for (const std::string& arn : resources)
        if (!is_of_a_type(arn, planned)) {
            return cannot_map(call, fmt::format("{} is no resource of {}", arn, planned.action));
        }
    return resources;
}

Result<void> add_demands(Demands& demands, const PlannedDemand& planned, const Plan& plan,
                         const MappingCall& call) {
    if (!condition_holds(planned.when, call.parameters)) return {};
    auto resources = resources_of(planned, plan, call);
    if (!resources) return std::unexpected(std::move(resources.error()));
    if (resources->empty()) return {};
    MappedDemand demand{.action = planned.action};
    constexpr std::size_t several = 4;  // What rows add beside the planned ones.
    demand.keys.reserve(planned.static_keys.size() + planned.keys.size() + several);
    demand.keys.assign(planned.static_keys.begin(), planned.static_keys.end());
    for (const PlannedKey& key : planned.keys)
        if (auto added = add_key(demand, key, call); !added) return added;
    if (planned.request_tags || planned.tag_keys) {
        const RequestTags tags = read_tags(plan.tags, call.parameters);
        if (tags.keys.size() > request_keys_max) return cannot_map(call, "it has too many tags");
        add_tag_keys(demand, planned, tags);
    }
    for (std::string& resource : std::span(*resources).first(resources->size() - 1)) {
        demand.resource = std::move(resource);
        demands.push_back(demand);
    }
    demand.resource = std::move(resources->back());
    demands.push_back(std::move(demand));
    return {};
}

/// What AWS owns ("arn:aws:iam::aws:policy/…") belongs to each account that uses it.
void set_owner(MappedDemand& demand, const MappingPlace& place) {
    if (!demand.resource_account.empty()) return;
    const auto arn = parse_arn(demand.resource);
    const bool is_told = arn && !arn->account.empty() && arn->account != "aws";
    demand.resource_account = is_told ? arn->account : place.account;
}

Result<Demands> fill_plan(const Plan& plan, const MappingCall& call) {
    Demands demands;
    if (!plan.why_not.empty()) return cannot_map(call, plan.why_not);
    for (const PlannedDemand& planned : plan.demands)
        if (auto added = add_demands(demands, planned, plan, call); !added) {
            return std::unexpected(std::move(added.error()));
        }
    if (plan.rule != nullptr)
        if (auto added = plan.rule->add_demands(call, demands); !added) {
            return std::unexpected(std::move(added.error()));
        }
    // A passed role alone does not authorize the operation.
    const bool only_roles = std::ranges::all_of(
        demands, [](const MappedDemand& demand) { return demand.action == "iam:PassRole"; });
    if (only_roles) return cannot_map(call, "it names no resource");
    if (demands.size() > demands_max) return cannot_map(call, "it needs too many permissions");
    for (MappedDemand& demand : demands) {
        if (demand.keys.size() > request_keys_max) return cannot_map(call, "it has too many condition keys");
        set_owner(demand, call.place);
    }
    return demands;
}

}  // namespace
}  // namespace internal

std::optional<std::string> ResourceFacts::role_of_instance_profile(std::string_view) const {
    return std::nullopt;
}

Result<std::vector<MappedDemand>> map_request(const reference::RequestService& service,
                                              const reference::RequestOperation& operation,
                                              const Parameters& parameters, const MappingPlace& place) {
    const internal::MappingCall call{service, operation, parameters, place};
    return internal::fill_plan(internal::plan_of(service, operation), call);
}

Result<std::vector<MappedDemand>> map_as_configured(const ConfiguredDemand& configured,
                                                    const reference::RequestService& service,
                                                    const reference::RequestOperation& operation,
                                                    const Parameters& parameters, const MappingPlace& place) {
    internal::Plan plan;
    internal::PlannedDemand planned{.action = configured.action};
    if (configured.resource != "*") planned.resources.push_back(configured.resource);
    internal::plan_keys(planned, operation, internal::find_service_rows(service.id));
    plan.tags = internal::find_tag_places(operation, {});
    internal::plan_templates(planned);
    plan.demands.push_back(std::move(planned));
    return internal::fill_plan(plan, {service, operation, parameters, place});
}

}  // namespace writ::gateway
