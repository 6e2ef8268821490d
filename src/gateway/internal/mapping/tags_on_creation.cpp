#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gateway/internal/mapping/plan.h"

/// Tags on creation by the general rule: who makes something and gives it tags must be allowed to tag it, as
/// "API operations defined by …" says of nearly all services in the Service Authorization Reference.
namespace writ::gateway::internal {
namespace {

using reference::ResourceType;

/// What tagging is called, where it is one action.
constexpr auto tagging_actions = std::to_array<std::string_view>(
    {"TagResource", "AddTagsToResource", "AddTags", "TagResources", "AddTagsToCertificate"});

const reference::Action* tagging_action(std::string_view prefix) {
    for (const std::string_view name : tagging_actions) {
        const auto* action = reference::find_action(fmt::format("{}:{}", prefix, name));
        if (action != nullptr && action->access_level == reference::AccessLevel::tagging) return action;
    }
    return nullptr;
}

/// "Tags[]|ResourceTags{}": one of the lists or maps of tags has an entry.
std::string any_of(const TagPlaces& places) {
    std::string when;
    for (const TagPlaces::Entries& entries : places.entries) {
        if (!when.empty()) when += '|';
        when += entries.path + (entries.key.empty() ? "{}" : "[]");
    }
    return when;
}

/// Of what can be tagged, the type that the operation is about; null: it is not told.
const ResourceType* type_made(const reference::Action& tagging, std::string_view operation) {
    const std::string subject = subject_of(operation);
    const ResourceType* found = nullptr;
    std::size_t longest = 0;
    for (const reference::ActionResource& resource : tagging.resources) {
        const std::string kind = folded_name(resource.type->name);
        if (kind == subject) return resource.type;
        if (subject.starts_with(kind) && kind.size() > longest) {
            found = resource.type;
            longest = kind.size();
        }
    }
    return found;
}

/// The pattern for something that has no name yet.
std::string nameless(std::string_view pattern) {
    std::string text;
    while (!pattern.empty()) {
        const auto begin = std::min(pattern.find("${"), pattern.size());
        text += pattern.substr(0, begin);
        pattern.remove_prefix(begin);
        if (pattern.empty()) break;
        const auto end = std::min(pattern.find('}'), pattern.size() - 1);
        const auto place = hole_of_place(pattern.substr(2, end - 2));
        text += place.empty() ? std::string_view("*") : place;
        pattern.remove_prefix(end + 1);
    }
    return text;
}

/// What the operation authorizes on that type, else on the one resource that it has.
std::vector<std::string> resources_made(const Plan& plan, const ResourceType* type,
                                        const reference::Action& tagging) {
    for (const PlannedDemand& demand : plan.demands) {
        if (type != nullptr && demand.type == type && !demand.resources.empty()) return demand.resources;
    }
    if (type != nullptr) return {nameless(type->arn_pattern)};
    for (const PlannedDemand& demand : plan.demands) {
        const auto is_type = [&](const auto& resource) { return resource.type == demand.type; };
        if (demand.type != nullptr && std::ranges::any_of(tagging.resources, is_type))
            return demand.resources;
    }
    return {};
}

}  // namespace

void plan_tags_on_creation(Plan& plan, const reference::RequestOperation& operation,
                           const reference::Action& action, std::string_view prefix) {
    using reference::AccessLevel;
    if (action.access_level != AccessLevel::write &&
        action.access_level != AccessLevel::permissions_management) {
        return;
    }
    const TagPlaces places = find_tag_places(operation, {});
    const reference::Action* tagging = places.entries.empty() ? nullptr : tagging_action(prefix);
    if (tagging == nullptr) return;
    const ResourceType* type = type_made(*tagging, operation.name);
    PlannedDemand demand{.action = std::string(tagging->name)};
    demand.resources = resources_made(plan, type, *tagging);
    demand.type = type;
    demand.when = any_of(places);
    const std::string create_action = fmt::format("{}:CreateAction", prefix);
    const auto all = reference::condition_keys();
    for (const auto index : tagging->condition_keys) {
        if (all[index].name == create_action) {
            demand.static_keys.push_back({create_action, {std::string(operation.name)}, false});
        }
    }
    plan.demands.push_back(std::move(demand));
}

}  // namespace writ::gateway::internal
