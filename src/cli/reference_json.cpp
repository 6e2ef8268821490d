#include "cli/reference_json.h"

#include <nlohmann/json.hpp>

namespace writ::cli {
namespace {

using reference::Action;
using reference::ConditionKey;
using reference::Service;
using Json = nlohmann::ordered_json;

std::string line(const Json& json) {
    return json.dump() + "\n";
}

template <class Range, class Print>
Json list_of(const Range& range, const Print& print) {
    Json list = Json::array();
    for (const auto& item : range) list.push_back(print(item));
    return list;
}

Json overview(const Service& service) {
    return {{"prefix", service.prefix},
            {"title", service.title},
            {"actions", service.actions.size()},
            {"documentation", reference::documentation_url(service)}};
}

Json json_of(const ConditionKey& key) {
    return {{"name", key.name}, {"type", reference::name(key.type)}, {"multivalued", key.multivalued}};
}

Json keys(std::span<const std::uint32_t> indexes) {
    return list_of(indexes, [](std::uint32_t index) { return reference::condition_keys()[index].name; });
}

Json json_of(const reference::ActionResource& resource) {
    return {{"name", resource.type->name},
            {"arn", resource.type->arn_pattern},
            {"required", resource.required},
            {"condition_keys", keys(resource.condition_keys)},
            {"dependent_actions", resource.dependent_actions}};
}

Json json_of(const Action& action) {
    return {{"name", action.name},
            {"access_level", reference::name(action.access_level)},
            {"resources", list_of(action.resources, [](const auto& r) { return json_of(r); })},
            {"condition_keys", keys(action.condition_keys)},
            {"dependent_actions", action.dependent_actions}};
}

Json json_of(const reference::ResourceType& type) {
    return {{"name", type.name}, {"arn", type.arn_pattern}, {"condition_keys", keys(type.condition_keys)}};
}

Json json_of(const reference::ManagedPolicy& policy) {
    return {{"arn", policy.arn},         {"name", policy.name},
            {"path", policy.path},       {"version", policy.version_id},
            {"created", policy.created}, {"updated", policy.updated}};
}

constexpr auto of_pointer = [](const auto* row) { return json_of(*row); };

}  // namespace

std::string services_json() {
    return line({{"services", list_of(reference::services(), overview)}});
}

std::string service_json(const Service& service) {
    Json json = overview(service);
    json["actions"] = list_of(service.actions, [](const Action& action) { return json_of(action); });
    return line(json);
}

std::string resource_types_json(const Service& service) {
    Json json = overview(service);
    json["resource_types"] = list_of(service.resource_types, [](const auto& type) { return json_of(type); });
    return line(json);
}

std::string condition_keys_json(const Service& service) {
    Json json = overview(service);
    json["condition_keys"] = list_of(service.condition_keys, [](std::uint32_t index) {
        return json_of(reference::condition_keys()[index]);
    });
    return line(json);
}

std::string action_json(const Service& service, const Action& action) {
    Json json = json_of(action);
    json["documentation"] = reference::documentation_url(service);
    return line(json);
}

std::string expansion_json(std::string_view pattern, std::span<const Action* const> actions) {
    return line({{"pattern", pattern}, {"actions", list_of(actions, of_pointer)}});
}

std::string found_json(const reference::Found& found) {
    return line(
        {{"services", list_of(found.services, [](const Service* service) { return overview(*service); })},
         {"actions", list_of(found.actions, of_pointer)},
         {"condition_keys", list_of(found.condition_keys, of_pointer)}});
}

std::string managed_policies_json(std::span<const reference::ManagedPolicy* const> policies) {
    return line({{"policies", list_of(policies, of_pointer)}});
}

std::string managed_policy_json(const reference::ManagedPolicy& policy) {
    Json json = json_of(policy);
    json["document"] = Json::parse(reference::managed_policy_document(policy));
    return line(json);
}

}  // namespace writ::cli
