#include "cli/reference_text.h"

#include <algorithm>
#include <fmt/core.h>

#include "cli/columns.h"

namespace writ::cli {
namespace {

using reference::Action;
using reference::ConditionKey;
using reference::Service;

// What may change something stands out; listing is harmless.
Tone tone_of(reference::AccessLevel level) {
    switch (level) {
        case reference::AccessLevel::list:
        case reference::AccessLevel::read:
            return Tone::plain;
        case reference::AccessLevel::write:
        case reference::AccessLevel::tagging:
            return Tone::note;
        case reference::AccessLevel::permissions_management:
            return Tone::bad;
    }
    return Tone::plain;
}

Cell level_cell(const Action& action) {
    return {std::string(reference::name(action.access_level)), tone_of(action.access_level)};
}

std::string plural(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string resource_names(const Action& action) {
    std::vector<std::string> names;
    for (const reference::ActionResource& resource : action.resources)
        names.push_back(std::string(resource.type->name) + (resource.required ? "*" : ""));
    return join(names);
}

// Name, access level, resource types; wide resource types still fit behind the others.
Columns action_table(std::span<const Action* const> actions) {
    constexpr std::size_t resource_columns_max = 34, marks = 2, gaps = 4;
    std::size_t level = 0, resource = 0;
    for (const Action* action : actions) {
        level = std::max(level, reference::name(action->access_level).size());
        for (const reference::ActionResource& used : action->resources)
            resource = std::max(resource, std::min(used.type->name.size(), resource_columns_max));
    }
    Columns table(0, line_columns_max - level - resource - marks - gaps);
    for (const Action* action : actions)
        table.add({{std::string(action->name)}, level_cell(*action), {resource_names(*action), Tone::faint}});
    return table;
}

std::string type_of(const ConditionKey& key) {
    const std::string type(reference::name(key.type));
    return key.multivalued ? "list of " + type : type;
}

std::vector<std::string> key_names(std::span<const std::uint32_t> indexes) {
    std::vector<std::string> names;
    for (const std::uint32_t index : indexes) names.emplace_back(reference::condition_keys()[index].name);
    return names;
}

std::string heading(const Service& service, const Terminal& terminal) {
    return terminal.paint(Tone::strong, service.title) + "\n" +
           terminal.paint(Tone::faint, reference::documentation_url(service)) + "\n\n";
}

std::string section(std::string_view title, const Columns& table, const Terminal& terminal) {
    if (table.empty()) return {};
    return "\n" + terminal.paint(Tone::strong, title) + "\n" + table.text(terminal);
}

Columns key_table(std::span<const std::uint32_t> indexes, std::size_t indent) {
    Columns table(indent);
    for (const std::uint32_t index : indexes) {
        const ConditionKey& key = reference::condition_keys()[index];
        table.add({{std::string(key.name)}, {type_of(key), Tone::faint}});
    }
    return table;
}

std::string list_section(std::string_view title, const std::vector<std::string>& items,
                         const Terminal& terminal) {
    if (items.empty()) return {};
    return "\n" + terminal.paint(Tone::strong, title) + "\n" + paragraph(join(items), 2, terminal);
}

std::vector<std::string> dependent_actions(const Action& action) {
    std::vector<std::string> names(action.dependent_actions.begin(), action.dependent_actions.end());
    for (const reference::ActionResource& resource : action.resources)
        names.insert(names.end(), resource.dependent_actions.begin(), resource.dependent_actions.end());
    return names;
}

}  // namespace

std::string services_text(const Terminal& terminal) {
    Columns table;
    for (const Service& service : reference::services())
        table.add({{std::string(service.prefix), Tone::strong},
                   {plural(service.actions.size(), "action"), Tone::faint},
                   {std::string(service.title)}});
    return table.text(terminal);
}

std::string service_text(const Service& service, const Terminal& terminal) {
    std::vector<const Action*> actions;
    for (const Action& action : service.actions) actions.push_back(&action);
    const Columns table = action_table(actions);
    return heading(service, terminal) + table.text(terminal) + "\n" +
           terminal.paint(Tone::faint, plural(service.actions.size(), "action") +
                                           "; * behind a resource type: an ARN of it must be named") +
           "\n";
}

std::string resource_types_text(const Service& service, const Terminal& terminal) {
    Columns table(0, 32);
    for (const reference::ResourceType& type : service.resource_types)
        table.add({{std::string(type.name)}, {std::string(type.arn_pattern)}});
    const std::string none = "All actions work on everything: only Resource \"*\" matches them.\n";
    return heading(service, terminal) + (table.empty() ? none : table.text(terminal));
}

std::string condition_keys_text(const Service& service, const Terminal& terminal) {
    const Columns table = key_table(service.condition_keys, 0);
    const std::string none = "None beside the global keys (aws:…).\n";
    return heading(service, terminal) + (table.empty() ? none : table.text(terminal));
}

std::string action_text(const Service& service, const Action& action, const Terminal& terminal) {
    Columns resources(2, 32);
    for (const reference::ActionResource& resource : action.resources) {
        const std::string keys = join(key_names(resource.condition_keys));
        resources.add({{std::string(resource.type->name) + (resource.required ? "*" : "")},
                       {std::string(resource.type->arn_pattern)}});
        if (!keys.empty()) resources.add({{""}, {"with " + keys, Tone::faint}});
    }
    std::string out =
        fmt::format("{}  {}, {}\n{}\n", terminal.paint(Tone::strong, action.name),
                    terminal.paint(tone_of(action.access_level), reference::name(action.access_level)),
                    service.title, terminal.paint(Tone::faint, reference::documentation_url(service)));
    if (resources.empty())
        out += "\n  works on everything: only Resource \"*\" matches it\n";
    else
        out += section("Resources", resources, terminal);
    out += section("Condition keys", key_table(action.condition_keys, 2), terminal);
    return out + list_section("Also needs", dependent_actions(action), terminal);
}

std::string expansion_text(std::string_view pattern, std::span<const Action* const> actions,
                           const Terminal& terminal) {
    const Columns table = action_table(actions);
    return fmt::format("{} stands for {}\n\n", terminal.paint(Tone::strong, pattern),
                       plural(actions.size(), "action")) +
           table.text(terminal);
}

std::string found_text(const reference::Found& found, const Terminal& terminal) {
    Columns services(2), actions(2), keys(2);
    for (const Service* service : found.services)
        services.add({{std::string(service->prefix)}, {std::string(service->title)}});
    for (const Action* action : found.actions)
        actions.add({{std::string(action->name)}, level_cell(*action)});
    for (const ConditionKey* key : found.condition_keys)
        keys.add({{std::string(key->name)}, {type_of(*key), Tone::faint}});
    const std::string text = section("Services", services, terminal) + section("Actions", actions, terminal) +
                             section("Condition keys", keys, terminal);
    return text.empty() ? text : text.substr(1);
}

std::string managed_policies_text(std::span<const reference::ManagedPolicy* const> policies,
                                  const Terminal& terminal) {
    Columns table;
    for (const reference::ManagedPolicy* policy : policies)
        table.add({{std::string(policy->version_id), Tone::faint},
                   {std::string(policy->updated.substr(0, 10)), Tone::faint},
                   {std::string(policy->arn)}});
    return table.text(terminal);
}

}  // namespace writ::cli
