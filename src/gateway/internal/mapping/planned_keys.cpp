#include <algorithm>
#include <ranges>

#include "base/text.h"
#include "gateway/internal/mapping/plan.h"

/// Which condition keys of an action a request tells: those of a row of the service, the tags, and those that
/// have the name of a parameter.
namespace writ::gateway::internal {
namespace {

using reference::RequestMember;
using reference::RequestShapeKind;

bool is_scalar(const reference::RequestShape& shape) {
    switch (shape.kind) {
        case RequestShapeKind::string:
        case RequestShapeKind::integer:
        case RequestShapeKind::floating:
        case RequestShapeKind::boolean:
        case RequestShapeKind::timestamp:
            return true;
        default:
            return false;
    }
}

/// Path of the scalars of a member; empty when it is a structure or a blob.
std::string scalar_path(const RequestMember& member) {
    if (is_scalar(*member.shape)) return std::string(member.name);
    if (member.shape->kind == RequestShapeKind::list && is_scalar(*member.shape->element->shape)) {
        return std::string(member.name) + "[]";
    }
    return {};
}

std::string path_of_name(const reference::RequestOperation& operation, std::string_view name) {
    if (operation.input == nullptr) return {};
    for (const RequestMember& member : operation.input->members)
        if (same_name(member.name, name)) return scalar_path(member);
    return {};
}

void plan_key(PlannedDemand& demand, const reference::ConditionKey& key,
              const reference::RequestOperation& operation, const ServiceRows* rows, bool of_resource) {
    if (key.name == "aws:RequestTag/${TagKey}") demand.request_tags = true;
    if (key.name == "aws:TagKeys") demand.tag_keys = true;
    // What the reference declares for the type of a resource is told of the resource, not of the request.
    if (of_resource || key.name.starts_with("aws:")) return;
    const auto planned = [&](const PlannedKey& other) { return other.name == key.name; };
    if (std::ranges::any_of(demand.keys, planned)) return;
    const bool is_arn = key.type == reference::KeyType::arn;
    if (rows != nullptr) {
        const auto row = std::ranges::find_if(rows->keys, [&](const KeyRow& candidate) {
            return equals_ignoring_case(candidate.key, key.name);
        });
        if (row != rows->keys.end()) {
            if (row->add != nullptr || !row->path.empty()) {
                const bool multivalued = key.multivalued || row->path.contains("[]");
                demand.keys.push_back(
                    {std::string(key.name), std::string(row->path), &*row, multivalued, is_arn});
            }
            return;
        }
    }
    if (key.name.contains("${")) return;
    auto path = path_of_name(operation, key.name.substr(key.name.find(':') + 1));
    if (path.empty()) return;
    const bool multivalued = key.multivalued || path.ends_with("[]");
    demand.keys.push_back({std::string(key.name), std::move(path), nullptr, multivalued, is_arn});
}

}  // namespace

void plan_keys(PlannedDemand& demand, const reference::RequestOperation& operation, const ServiceRows* rows) {
    const reference::Action* action = reference::find_action(demand.action);
    if (action == nullptr || demand.action == "iam:PassRole") return;
    const auto all = reference::condition_keys();
    for (const auto index : action->condition_keys) plan_key(demand, all[index], operation, rows, false);
    for (const reference::ActionResource& resource : action->resources) {
        if (demand.type != nullptr && demand.type != resource.type) continue;
        for (const auto index : resource.condition_keys) plan_key(demand, all[index], operation, rows, false);
        for (const auto index : resource.type->condition_keys)
            plan_key(demand, all[index], operation, rows, true);
    }
}

}  // namespace writ::gateway::internal
