#include "advice/least_privilege.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "advice/internal/constant_keys.h"
#include "advice/internal/resource_shape.h"
#include "advice/internal/statements.h"
#include "advice/internal/templates.h"
#include "base/text.h"

namespace writ::advice {
namespace {

using directory::RecordedUse;
using internal::ResourceShape;
using internal::TemplateRule;
using UsesOfAction = std::map<std::string, std::vector<const RecordedUse*>>;

/// A policy is valid UTF-8, and so is what it names.
UsesOfAction by_action(std::span<const RecordedUse> uses, std::vector<std::string>& notes) {
    UsesOfAction by_action;
    std::size_t left_out = 0;
    for (const RecordedUse& use : uses) {
        if (count_scalars(use.resource)) {
            by_action[use.action].push_back(&use);
        } else {
            ++left_out;
        }
    }
    if (left_out > 0) {
        notes.push_back("Resources left out since their names are no UTF-8, which no policy can say: " +
                        std::to_string(left_out) + ".");
    }
    return by_action;
}

/// Uses by their resource.
using UsesOfResource = std::map<std::string_view, std::vector<const RecordedUse*>>;

std::vector<const RecordedUse*> covered_by(const ResourcePattern& pattern, const UsesOfResource& uses) {
    if (!pattern.is_template()) {
        const auto found = uses.find(pattern.pieces.front());
        return found == uses.end() ? std::vector<const RecordedUse*>{} : found->second;
    }
    std::vector<const RecordedUse*> covered;
    for (const auto& [resource, of_resource] : uses) {
        if (pattern.fits(resource)) covered.insert(covered.end(), of_resource.begin(), of_resource.end());
    }
    return covered;
}

/// What a template stands for need not be said again.
void leave_out_covered(std::vector<ResourcePattern>& patterns) {
    std::vector<ResourcePattern> templates;
    std::ranges::copy_if(patterns, std::back_inserter(templates), &ResourcePattern::is_template);
    std::erase_if(patterns, [&](const ResourcePattern& pattern) {
        const auto fits = [&](const ResourcePattern& all) { return all.fits(pattern.pieces.front()); };
        return !pattern.is_template() && std::ranges::any_of(templates, fits);
    });
}

void add_grants(const std::string& action, const std::vector<const RecordedUse*>& uses,
                const TemplateRule& rule, std::vector<Grant>& grants) {
    std::vector<ResourceShape> shapes;
    UsesOfResource of_resources;
    shapes.reserve(uses.size());
    for (const RecordedUse* use : uses) {
        shapes.push_back(internal::shape_of(use->resource, use->is_merged));
        of_resources[use->resource].push_back(use);
    }
    std::vector<ResourcePattern> patterns;
    for (const ResourceShape& shape : internal::template_resources(action, std::move(shapes), rule)) {
        patterns.push_back(shape.pattern());
    }
    leave_out_covered(patterns);
    for (ResourcePattern& pattern : patterns) {
        std::vector<ConstantKey> conditions = internal::constant_keys(covered_by(pattern, of_resources));
        grants.push_back({action, std::move(pattern), std::move(conditions)});
    }
}

std::vector<Grant> grants_of(const UsesOfAction& uses, const TemplateRule& rule) {
    std::vector<Grant> grants;
    for (const auto& [action, of_action] : uses) add_grants(action, of_action, rule, grants);
    return grants;
}

void note_templates(const std::vector<Grant>& grants, std::vector<std::string>& notes) {
    std::map<std::string, std::set<std::string>> actions_of;
    for (const Grant& grant : grants) {
        if (grant.resource.is_template()) actions_of[grant.resource.text].insert(grant.action);
    }
    for (const auto& [text, actions] : actions_of) {
        notes.push_back(
            text + " stands for the many resources there that " +
            (actions.size() == 1 ? *actions.begin() : std::to_string(actions.size()) + " actions") +
            (actions.size() == 1 ? " was used on." : " were used on."));
    }
}

void note_merged(std::span<const RecordedUse> uses, std::vector<std::string>& notes) {
    if (std::ranges::none_of(uses, &RecordedUse::is_merged)) return;
    notes.emplace_back(
        "The record was full: of some uses only the folder of the resource is known, and no condition.");
}

void note_documents(const GeneratedPolicy& policy, const GenerationLimits& limits,
                    std::vector<std::string>& notes) {
    if (policy.documents.size() > 1) {
        notes.push_back("The policy takes " + std::to_string(policy.documents.size()) +
                        " documents of at most " + std::to_string(limits.characters_max) + " characters.");
    }
    if (policy.documents.size() > limits.documents_max) {
        notes.push_back("That is more than the " + std::to_string(limits.documents_max) +
                        " managed policies that may be attached.");
    }
}

}  // namespace

GeneratedPolicy generate_policy(std::span<const RecordedUse> uses, const GenerationLimits& limits) {
    GeneratedPolicy policy;
    const UsesOfAction of_actions = by_action(uses, policy.notes);
    struct Attempt {
        TemplateRule rule;
        std::string_view note;
    };
    const auto attempts = std::to_array<Attempt>({
        {{limits.exact_resources_max, false}, ""},
        {{1, false}, "So that it fits, two resources of one shape already make a template."},
        {{1, true},
         "So that it fits, templates stand for resources of other types too, such as the indexes of tables."},
    });
    std::string_view note;
    for (const Attempt& attempt : attempts) {
        policy.grants = grants_of(of_actions, attempt.rule);
        policy.documents =
            internal::documents_of(internal::statements_of(policy.grants), limits.characters_max);
        note = attempt.note;
        if (policy.documents.size() <= limits.documents_max) break;
    }
    if (!note.empty()) policy.notes.emplace_back(note);
    note_templates(policy.grants, policy.notes);
    note_merged(uses, policy.notes);
    note_documents(policy, limits, policy.notes);
    return policy;
}

}  // namespace writ::advice
