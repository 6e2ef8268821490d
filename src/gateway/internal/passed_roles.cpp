#include <fmt/format.h>
#include <unordered_map>

#include "gateway/internal/plan.h"

/// iam:PassRole by the general rule: whoever hands a role to a service needs it, whatever the operation. A
/// role is handed over by a parameter, at any depth, that is called a role and holds the ARN of one.
namespace writ::gateway::internal {
namespace {

using reference::RequestMember;
using reference::RequestShape;
using reference::RequestShapeKind;

bool is_called_role(std::string_view name) {
    const std::string folded = folded_name(name);
    return folded.ends_with("rolearn") || folded.ends_with("role") || folded.ends_with("rolearns");
}

/// Finds the paths to roles; goes only where there is one, for shapes are many and contain themselves.
class RolePaths {
  public:
    void collect(const RequestShape& shape, const std::string& path, bool called_role, std::size_t depth) {
        if (shape.kind == RequestShapeKind::string && called_role) found.push_back(path);
        if (depth > depth_max || !leads_to_role(shape, called_role)) return;
        if (shape.kind == RequestShapeKind::list) {
            collect(*shape.element->shape, path + "[]", called_role, depth + 1);
        } else if (shape.kind == RequestShapeKind::map) {
            collect(*shape.element->shape, path + "{*}", false, depth + 1);
        }
        for (const RequestMember& member : shape.members) {
            const auto longer =
                path.empty() ? std::string(member.name) : fmt::format("{}.{}", path, member.name);
            collect(*member.shape, longer, is_called_role(member.name), depth + 1);
        }
    }

    std::vector<std::string> found;

  private:
    static constexpr std::size_t depth_max = 12;

    bool leads_to_role(const RequestShape& shape, bool called_role) {
        if (shape.kind == RequestShapeKind::string) return called_role;
        if (shape.kind == RequestShapeKind::list) return leads_to_role(*shape.element->shape, called_role);
        const auto [known, is_new] =
            leads_.try_emplace(&shape, false);  // False for one that contains itself.
        if (!is_new) return known->second;
        bool leads = shape.kind == RequestShapeKind::map && leads_to_role(*shape.element->shape, false);
        for (const RequestMember& member : shape.members) {
            leads = leads_to_role(*member.shape, is_called_role(member.name)) || leads;
        }
        leads_[&shape] = leads;
        return leads;
    }

    std::unordered_map<const RequestShape*, bool> leads_;
};

}  // namespace

void plan_passed_roles(Plan& plan, const reference::RequestOperation& operation,
                       const reference::Action& action, std::string_view prefix) {
    using enum reference::AccessLevel;
    if (operation.input == nullptr || action.access_level == list || action.access_level == read) return;
    if (prefix == "iam" || prefix == "sts") return;
    RolePaths roles;
    roles.collect(*operation.input, {}, false, 0);
    for (std::string& path : roles.found) {
        PlannedDemand demand{.action = "iam:PassRole", .role_path = std::move(path), .optional = true};
        demand.static_keys.push_back(
            {"iam:PassedToService", {fmt::format("{}.amazonaws.com", prefix)}, false});
        plan.demands.push_back(std::move(demand));
    }
}

}  // namespace writ::gateway::internal
