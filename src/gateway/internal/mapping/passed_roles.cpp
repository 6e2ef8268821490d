#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <unordered_map>

#include "gateway/internal/mapping/plan.h"

/// iam:PassRole by the general rule: whoever hands a role to a service needs it, whatever the operation. A
/// role is handed over by a parameter, at any depth, that has "role" in its name and holds the ARN of one, or
/// by an instance profile. Sources: "API operations defined by …" of the services in the Service
/// Authorization Reference for whom a role is passed to, the API references for who takes names.
namespace writ::gateway::internal {
namespace {

using reference::RequestMember;
using reference::RequestShape;
using reference::RequestShapeKind;
using RoleForm = PlannedDemand::RoleForm;

/// A parameter of a service, by its prefix; names without case.
struct OfService {
    std::string_view prefix, name;
    bool operator==(const OfService&) const = default;
};

/// Beside those that ask for an ARN, which some services take as a name as well.
constexpr auto taking_names = std::to_array<OfService>({
    {"batch", "servicerole"},
    {"batch", "spotiamfleetrole"},
    {"ec2", "rolename"},
    {"ecs", "role"},
    {"elasticbeanstalk", "operationsrole"},
    {"elasticbeanstalk", "servicerole"},
    {"elasticmapreduce", "autoscalingrole"},
    {"elasticmapreduce", "servicerole"},
    {"elasticmapreduce", "userrole"},
    {"glue", "role"},
    {"imagebuilder", "executionrole"},
    {"rds", "domainiamrolename"},
    {"resiliencehub", "invokerrolename"},
    {"ssm", "iamrole"},
});

/// Roles and profiles under other names.
constexpr auto other_roles = std::to_array<OfService>({{"ec2", "deliverlogspermissionarn"}});
constexpr auto other_profiles =
    std::to_array<OfService>({{"batch", "instancerole"}, {"elasticmapreduce", "jobflowrole"}});

/// What these call so is something else, or tells of roles without passing them.
constexpr auto excepted = std::to_array<std::string_view>({"iam", "securityhub", "sts"});
constexpr auto without_profiles = std::to_array<std::string_view>({"devicefarm", "dms"});

struct PassedTo {
    OfService parameter;
    std::string_view principal;
};
/// Where it is not the service that is asked.
constexpr auto passed_to = std::to_array<PassedTo>({
    {{"batch", "executionrolearn"}, "ecs-tasks.amazonaws.com"},
    {{"batch", "instancerole"}, "ec2.amazonaws.com"},
    {{"batch", "jobrolearn"}, "ecs-tasks.amazonaws.com"},
    {{"batch", "spotiamfleetrole"}, "spotfleet.amazonaws.com"},
    {{"ec2", "deliverlogspermissionarn"}, "vpc-flow-logs.amazonaws.com"},
    {{"ec2", "iamfleetrole"}, "spotfleet.amazonaws.com"},
    {{"ecs", "executionrolearn"}, "ecs-tasks.amazonaws.com"},
    {{"ecs", "taskrolearn"}, "ecs-tasks.amazonaws.com"},
    {{"elasticmapreduce", "autoscalingrole"}, "application-autoscaling.amazonaws.com"},
    {{"elasticmapreduce", "jobflowrole"}, "ec2.amazonaws.com"},
});

template <class Rows, class Row>
bool lists(const Rows& rows, const Row& row) {
    return std::ranges::find(rows, row) != rows.end();
}

enum class Called : std::uint8_t { neither, role, profile };

Called called(std::string_view prefix, std::string_view name) {
    const std::string folded = folded_name(name);
    const OfService own{prefix, folded};
    if (lists(other_profiles, own)) return Called::profile;
    const bool names_profile = folded.ends_with("instanceprofile") ||
                               folded.ends_with("instanceprofilename") ||
                               folded.ends_with("instanceprofilearn");
    if (names_profile) return lists(without_profiles, prefix) ? Called::neither : Called::profile;
    return folded.contains("role") || lists(other_roles, own) ? Called::role : Called::neither;
}

/// Finds the paths to roles; goes only where there is one, for shapes are many and contain themselves.
class RolePaths {
  public:
    struct Found {
        std::string path, name;
        bool is_profile = false;
    };

    explicit RolePaths(std::string_view prefix) : prefix_(prefix) {}

    /// `as` is how the shape was called on the way to it, and `name` the last name.
    void collect(const RequestShape& shape, const std::string& path, std::string_view name, Called as,
                 std::size_t depth) {
        if (shape.kind == RequestShapeKind::string && as != Called::neither) {
            found.push_back({path, std::string(name), as == Called::profile});
        }
        if (depth > depth_max || !leads_to_role(shape, as)) return;
        if (shape.kind == RequestShapeKind::list) {
            collect(*shape.element->shape, path + "[]", name, as, depth + 1);
        } else if (shape.kind == RequestShapeKind::map) {
            collect(*shape.element->shape, path + "{*}", name, as, depth + 1);
        }
        for (const RequestMember& member : shape.members) {
            const auto longer =
                path.empty() ? std::string(member.name) : fmt::format("{}.{}", path, member.name);
            collect(*member.shape, longer, member.name, called_within(as, member.name), depth + 1);
        }
    }

    std::vector<Found> found;

  private:
    static constexpr std::size_t depth_max = 12;

    /// The ARN or name within a profile is one.
    [[nodiscard]] Called called_within(Called outer, std::string_view name) const {
        const std::string folded = folded_name(name);
        if (outer == Called::profile && (folded == "arn" || folded == "name")) return Called::profile;
        return called(prefix_, name);
    }

    bool leads_to_role(const RequestShape& shape, Called as) {
        if (shape.kind == RequestShapeKind::string) return as != Called::neither;
        if (shape.kind == RequestShapeKind::list) return leads_to_role(*shape.element->shape, as);
        if (shape.kind == RequestShapeKind::map && leads_to_role(*shape.element->shape, as)) return true;
        if (as == Called::profile && shape.kind == RequestShapeKind::structure) return true;
        const auto [known, is_new] =
            leads_.try_emplace(&shape, false);  // False for one that contains itself.
        if (!is_new) return known->second;
        bool leads = false;
        for (const RequestMember& member : shape.members) {
            leads = leads_to_role(*member.shape, called(prefix_, member.name)) || leads;
        }
        leads_[&shape] = leads;
        return leads;
    }

    std::string_view prefix_;
    std::unordered_map<const RequestShape*, bool> leads_;
};

RoleForm form_of(const RolePaths::Found& role, const OfService& own) {
    if (role.is_profile) return RoleForm::profile;
    return own.name.ends_with("rolearn") || lists(taking_names, own) ? RoleForm::arn_or_name : RoleForm::arn;
}

std::string principal_of(const OfService& own, bool is_profile) {
    const auto* row = std::ranges::find(passed_to, own, &PassedTo::parameter);
    if (row != passed_to.end()) return std::string(row->principal);
    return fmt::format("{}.amazonaws.com", is_profile ? "ec2" : own.prefix);
}

}  // namespace

void plan_passed_roles(Plan& plan, const reference::RequestOperation& operation,
                       const reference::Action& action, std::string_view prefix) {
    using enum reference::AccessLevel;
    if (operation.input == nullptr || action.access_level == list || action.access_level == read) return;
    if (lists(excepted, prefix)) return;
    RolePaths roles(prefix);
    roles.collect(*operation.input, {}, {}, Called::neither, 0);
    for (const RolePaths::Found& role : roles.found) {
        const std::string folded = folded_name(role.name);
        const OfService own{prefix, folded};
        PlannedDemand demand{.action = "iam:PassRole", .role_path = role.path, .optional = true};
        demand.role_form = form_of(role, own);
        demand.static_keys.push_back({"iam:PassedToService", {principal_of(own, role.is_profile)}, false});
        plan.demands.push_back(std::move(demand));
    }
}

}  // namespace writ::gateway::internal
