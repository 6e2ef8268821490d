#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <ranges>

#include "base/text.h"
#include "gateway/internal/mapping/plan.h"
#include "gateway/internal/mapping/resource_template.h"

/// The general rule: an operation authorizes the action of its name; the ARN patterns of the action's
/// resource types are filled by the parameters whose names mean the same as their holes.
namespace writ::gateway::internal {
namespace {

using reference::RequestMember;
using reference::RequestOperation;
using reference::RequestShapeKind;
using reference::ResourceType;

/// "CreateVolume" makes what has no id yet.
bool makes(std::string_view operation) {
    static constexpr auto verbs = std::to_array<std::string_view>(
        {"Allocate", "Copy", "Create", "Import", "Provision", "Purchase", "Register", "Request", "Run"});
    return std::ranges::any_of(verbs, [&](std::string_view verb) { return operation.starts_with(verb); });
}

/// A top-level parameter that can stand in a hole.
struct Candidate {
    std::string folded;  ///< "tablename".
    std::string path;    ///< "TableName", "InstanceIds[]".
    bool list = false;
};

std::vector<Candidate> candidates(const RequestOperation& operation) {
    std::vector<Candidate> found;
    if (operation.input == nullptr) return found;
    for (const RequestMember& member : operation.input->members) {
        const auto& shape = *member.shape;
        const bool list = shape.kind == RequestShapeKind::list;
        const auto kind = list ? shape.element->shape->kind : shape.kind;
        if (kind != RequestShapeKind::string && kind != RequestShapeKind::integer) continue;
        found.push_back({folded_name(member.name), std::string(member.name) + (list ? "[]" : ""), list});
    }
    return found;
}

/// How a thing is named, by the end of a parameter or hole: "TableName", "TableId", "TableArn", "Table".
struct Naming {
    std::string_view stem;  ///< "table".
    std::string_view by;    ///< "name", "id", "arn"; empty: not said.
};

Naming naming(std::string_view folded) {
    static constexpr auto endings = std::to_array<std::string_view>({"identifier", "name", "arn", "id"});
    for (const auto ending : endings) {
        if (!folded.ends_with(ending)) continue;
        return {folded.substr(0, folded.size() - ending.size()), ending == "identifier" ? "id" : ending};
    }
    return {folded, {}};
}

/// A name is no id: an ARN with the one in the place of the other would be that of nothing.
bool fits(const Naming& parameter, const Naming& hole) {
    return parameter.by == hole.by || parameter.by.empty() || hole.by.empty() || parameter.by == "arn";
}

class Filling {
  public:
    explicit Filling(const RequestOperation& operation)
        : input_(operation.input),
          all_(candidates(operation)),
          subject_(subject_of(operation.name)),
          makes_(makes(operation.name)) {}

    [[nodiscard]] const reference::RequestShape* input() const { return input_; }

    /// The parameter that means the same as a hole of the pattern of a type; null when none does.
    [[nodiscard]] const Candidate* parameter(std::string_view hole, std::string_view type) const {
        const std::string folded = folded_name(hole);
        const auto first = [&](auto matches) -> const Candidate* {
            const auto found = std::ranges::find_if(all_, matches);
            return found == all_.end() ? nullptr : &*found;
        };
        if (const auto* same = first([&](const Candidate& c) { return !c.list && c.folded == folded; }))
            return same;
        if (const auto* list = first([&](const Candidate& c) { return c.list && c.folded == folded + "s"; }))
            return list;
        const Naming wanted = naming(folded);
        const std::string kind = folded_name(type);
        const auto alike = [&](std::string_view stem) {
            return first([&](const Candidate& c) {
                const Naming own = naming(c.folded);
                return !c.list && own.stem == stem && fits(own, wanted);
            });
        };
        if (const auto* found = alike(wanted.stem.empty() ? std::string_view(kind) : wanted.stem))
            return found;
        // "Name" or "Id" alone is of what the operation is about.
        const bool is_subject = subject_ == kind || subject_ == wanted.stem;
        return is_subject ? alike("") : nullptr;
    }

    /// The parameter that is called the ARN of that type: WebACLArn, or Arn where the operation is about it;
    /// null when there is none.
    [[nodiscard]] const Candidate* arn_of(const ResourceType& type) const {
        const std::string kind = folded_name(type.name);
        const auto found = std::ranges::find_if(all_, [&](const Candidate& candidate) {
            const Naming own = naming(candidate.folded);
            return own.by == "arn" && (own.stem == kind || (own.stem.empty() && subject_ == kind));
        });
        return found == all_.end() ? nullptr : &*found;
    }

    /// The parameter that holds the ARN of whatever resource is meant: ResourceArn, resourceARN, Resource.
    [[nodiscard]] const Candidate* any_resource() const {
        static constexpr auto names = std::to_array<std::string_view>(
            {"resourcearn", "resource", "resourcearnlist", "resourcearns", "arn"});
        for (const auto name : names) {
            const auto found = std::ranges::find(all_, name, &Candidate::folded);
            if (found != all_.end()) return &*found;
        }
        return nullptr;
    }

    /// The pattern as a template; nothing when a hole has no parameter, or when it says by '*' that the name
    /// is none of the parameters.
    [[nodiscard]] std::optional<std::string> as_template(const ResourceType& type) const {
        std::string text;
        std::string_view pattern = type.arn_pattern;
        if (pattern.contains('*')) return std::nullopt;
        std::size_t holes = 0;
        bool has_arn = false;
        while (!pattern.empty()) {
            const auto begin = std::min(pattern.find("${"), pattern.size());
            text += pattern.substr(0, begin);
            pattern.remove_prefix(begin);
            if (pattern.empty()) break;
            const auto end = std::min(pattern.find('}'), pattern.size() - 1);
            const auto hole = pattern.substr(2, end - 2);
            pattern.remove_prefix(end + 1);
            if (const auto place = hole_of_place(hole); !place.empty()) {
                text += place;
                continue;
            }
            const Candidate* candidate = parameter(hole, type.name);
            if (candidate == nullptr && (!makes_ || subject_ != folded_name(type.name))) return std::nullopt;
            ++holes;
            has_arn = has_arn || (candidate != nullptr && naming(candidate->folded).by == "arn");
            text += candidate == nullptr ? "*" : fmt::format("{{{}|arn}}", candidate->path);
        }
        // An ARN tells all the names of a pattern at once.
        if (has_arn && holes > 1) return std::nullopt;
        return text;
    }

  private:
    const reference::RequestShape* input_;
    std::vector<Candidate> all_;
    std::string subject_;
    bool makes_;
};

/// The demand on a resource of that type by what the request has of its own for it; without templates when it
/// has nothing.
PlannedDemand demand_on(const reference::Action& action, const ResourceType& type, const Filling& filling,
                        const ServiceRows* rows) {
    PlannedDemand demand{.action = std::string(action.name), .type = &type};
    if (rows != nullptr) demand.resources = templates_of_type(*rows, type.name);
    std::erase_if(demand.resources,
                  [&](const std::string& text) { return !template_fits(text, filling.input()); });
    if (!demand.resources.empty()) return demand;
    if (auto text = filling.as_template(type)) {
        demand.resources.push_back(std::move(*text));
    } else if (const Candidate* arn = filling.arn_of(type)) {
        demand.resources.push_back(fmt::format("{{{}|arn}}", arn->path));
        demand.arn_of.push_back(&type);
    }
    return demand;
}

/// One demand for each resource type of the action that a request can name. Types that it names by nothing of
/// their own are alternatives of which the ARN in ResourceArn, or a parameter like it, tells the one.
void plan_resources(Plan& plan, const reference::Action& action, const Filling& filling) {
    PlannedDemand other{.action = std::string(action.name)};
    std::vector<PlannedDemand> optional;
    const ResourceType* untold = nullptr;
    for (const reference::ActionResource& resource : action.resources) {
        PlannedDemand demand = demand_on(action, *resource.type, filling, plan.rows);
        demand.optional = !resource.required;
        if (demand.resources.empty()) {
            other.arn_of.push_back(resource.type);
            if (resource.required && untold == nullptr) untold = resource.type;
        } else {
            (resource.required ? plan.demands : optional).push_back(std::move(demand));
        }
    }
    std::ranges::move(optional, std::back_inserter(plan.demands));
    const Candidate* any = filling.any_resource();
    if (any != nullptr && !other.arn_of.empty()) {
        other.resources.push_back(fmt::format("{{{}|arn}}", any->path));
        other.optional = untold == nullptr && !plan.demands.empty();
        plan.demands.push_back(std::move(other));
    } else if (untold != nullptr) {
        plan.why_not = fmt::format("no parameter tells the {} that {} is about", untold->name, action.name);
    } else if (plan.demands.empty()) {
        plan.why_not = fmt::format("no parameter tells the resource that {} is about", action.name);
    }
    if (!plan.why_not.empty()) plan.demands.clear();
}

}  // namespace

std::string subject_of(std::string_view operation) {
    const auto second = std::ranges::find_if(operation.substr(std::min<std::size_t>(1, operation.size())),
                                             [](char c) { return c >= 'A' && c <= 'Z'; });
    return folded_name(std::string_view(second, operation.end()));
}

std::string_view hole_of_place(std::string_view hole) {
    const std::string folded = folded_name(hole);
    if (folded == "partition") return "{partition}";
    if (folded == "region") return "{region}";
    if (folded == "account" || folded == "accountid") return "{account}";
    return {};
}

void plan_by_rule(Plan& plan, const reference::RequestService& service, const RequestOperation& operation) {
    const std::string_view prefix = plan.rows != nullptr ? plan.rows->prefix : action_prefix(service);
    const auto* action = reference::find_action(fmt::format("{}:{}", prefix, operation.name));
    if (action == nullptr) {
        plan.why_not = fmt::format("there is no action {}:{}", prefix, operation.name);
        return;
    }
    if (action->resources.empty()) {
        plan.demands.push_back({.action = std::string(action->name)});
    } else {
        plan_resources(plan, *action, Filling(operation));
    }
    if (!plan.why_not.empty()) return;
    plan_tags_on_creation(plan, operation, *action, prefix);
    plan_passed_roles(plan, operation, *action, prefix);
}

}  // namespace writ::gateway::internal
