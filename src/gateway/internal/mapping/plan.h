#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/internal/mapping/mapping_rows.h"
#include "gateway/internal/mapping/resource_template.h"
#include "reference/authorization.h"

/// What an operation authorizes, before any request: from the rows of its service, else by the general rule.
/// A plan is made once for an operation and kept, so that a request only fills it.
namespace writ::gateway::internal {

/// A condition key and where a request tells it.
struct PlannedKey {
    std::string name;
    std::string path{};           ///< Of a parameter; "Names[]" gives all of them.
    const KeyRow* row = nullptr;  ///< Has `add` when no path tells it.
    bool multivalued = false;
    bool is_arn = false;  ///< A value that is a name instead does not tell the key.
};

struct PlannedDemand {
    std::string action;
    /// Templates: all that the request fills, at least one. Empty: "*".
    std::vector<std::string> resources{};
    std::vector<ResourceTemplate> templates{};  ///< The same, of a plan that is made.
    /// Of the resources, where the rule knows it; else the condition keys of all types of the action belong.
    const reference::ResourceType* type = nullptr;
    /// Not empty: the one template is a parameter whose value is the ARN of a resource of one of these types.
    std::vector<const reference::ResourceType*> arn_of{};
    /// Not empty: the roles in the parameter of that path are the resources, where its values are roles.
    std::string role_path{};
    enum class RoleForm : std::uint8_t {
        arn,          ///< What is no ARN of a role is none.
        arn_or_name,  ///< A name alone is a role as well.
        profile,      ///< The ARN or name of an instance profile, which has the role.
    };
    RoleForm role_form = RoleForm::arn;
    std::string when{};
    bool optional = false;  ///< Left out when the request fills none of its templates.
    std::vector<RequestKey> static_keys{};
    std::vector<PlannedKey> keys{};
    bool request_tags = false;  ///< aws:RequestTag/… belongs to it.
    bool tag_keys = false;      ///< aws:TagKeys does.
};

/// Where an operation has tags.
struct TagPlaces {
    struct Entries {
        std::string path;            ///< "Tags": a list of structures with the members below, or a map.
        std::string key{}, value{};  ///< Names of the members; empty: a map.
    };
    std::vector<Entries> entries;
    std::vector<std::string> keys;  ///< Paths of lists of keys: "TagKeys[]".
};

struct Plan {
    std::vector<PlannedDemand> demands;
    const RuleRow* rule = nullptr;      ///< Makes the demands instead.
    const ServiceRows* rows = nullptr;  ///< Null: none.
    TagPlaces tags;
    std::string why_not;  ///< Not empty: the operation cannot be mapped.
};

/// Lives as long as the program; thread-safe.
[[nodiscard]] const Plan& plan_of(const reference::RequestService& service,
                                  const reference::RequestOperation& operation);
[[nodiscard]] Plan make_plan(const reference::RequestService& service,
                             const reference::RequestOperation& operation);

/// The tags of an operation by the shapes of its input.
[[nodiscard]] TagPlaces find_tag_places(const reference::RequestOperation& operation,
                                        std::span<const std::string_view> further_lists);
/// Takes the templates of the resources apart, which are all there.
void plan_templates(PlannedDemand& demand);
/// Completes a demand with the keys that the reference declares for its action.
void plan_keys(PlannedDemand& demand, const reference::RequestOperation& operation, const ServiceRows* rows);

/// Prefix of the actions of a service: most are the signing name.
[[nodiscard]] std::string_view action_prefix(const reference::RequestService& service) noexcept;

/// By the general rule.
void plan_by_rule(Plan& plan, const reference::RequestService& service,
                  const reference::RequestOperation& operation);
/// iam:PassRole for the roles that a request of the operation hands over.
void plan_passed_roles(Plan& plan, const reference::RequestOperation& operation,
                       const reference::Action& action, std::string_view prefix);
/// The action that tags what an operation makes, where the request gives it tags.
void plan_tags_on_creation(Plan& plan, const reference::RequestOperation& operation,
                           const reference::Action& action, std::string_view prefix);
/// "CreateCluster" → "cluster": what the operation is about.
[[nodiscard]] std::string subject_of(std::string_view operation);
/// "${Region}" is "{region}"; empty for a hole that the place does not fill.
[[nodiscard]] std::string_view hole_of_place(std::string_view hole);
/// The action's own demand on the resource, as a demand of a row: what "@TYPE" stands for.
[[nodiscard]] std::vector<std::string> templates_of_type(const ServiceRows& rows, std::string_view type);

/// Names without case, '-' and '_': "MaxKeys" and "max-keys" are one.
[[nodiscard]] std::string folded_name(std::string_view name);
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

}  // namespace writ::gateway::internal
