#include "api/iam/delegation/summary.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <vector>

#include "base/text.h"
#include "directory/delegation/delegation_requests.h"
#include "reference/authorization.h"

namespace writ::api::iam::delegation {
namespace {

using Texts = std::vector<std::string>;

constexpr std::size_t summary_bytes_max = 9'800;  // The model has 10,000 characters; a last line follows.
constexpr std::size_t named_max = 5;              // Actions of a level, resources, values.

std::string code(std::string_view text) {
    return "`" + std::string(text) + "`";
}

/// "`a`, `b` and 3 more".
std::string listed(const Texts& texts) {
    std::string line;
    for (std::size_t i = 0; i < std::min(texts.size(), named_max); ++i) {
        if (i > 0) line += ", ";
        line += code(texts[i]);
    }
    if (texts.size() > named_max) line += " and " + std::to_string(texts.size() - named_max) + " more";
    return line;
}

Texts texts_of(std::span<const policy::Scalar> scalars) {
    Texts texts;
    for (const policy::Scalar& scalar : scalars) texts.emplace_back(scalar.text);
    return texts;
}

std::string duration_words(std::chrono::seconds duration) {
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(duration).count();
    const auto counted = [](auto count, const char* word) {
        return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
    };
    if (minutes % 60 == 0) return counted(minutes / 60, "hour");
    if (minutes < 60) return counted(minutes, "minute");
    return counted(minutes / 60, "hour") + " and " + counted(minutes % 60, "minute");
}

std::string name_of(const reference::Action& action) {
    return std::string(action.name.substr(action.name.find(':') + 1));
}

/// "AWS Lambda: read `GetFunction`; write `CreateFunction`, `DeleteFunction`".
std::string service_line(const reference::Service& service,
                         const std::vector<const reference::Action*>& actions) {
    std::string line = std::string(service.title) + ": ";
    if (actions.size() == service.actions.size()) return line + "every action";
    std::map<reference::AccessLevel, Texts> by_level;
    for (const reference::Action* action : actions)
        by_level[action->access_level].push_back(name_of(*action));
    bool first = true;
    for (const auto& [level, names] : by_level) {
        if (!first) line += "; ";
        line.append(ascii_lower(reference::name(level))).append(" ").append(listed(names));
        first = false;
    }
    return line;
}

/// A line for each service that the patterns name, in their order.
Texts action_lines(const policy::PatternElement& element) {
    if (element.negated) return {"every action but " + listed(texts_of(element.patterns))};
    Texts lines;
    std::vector<std::pair<const reference::Service*, std::vector<const reference::Action*>>> services;
    for (const policy::Scalar& pattern : element.patterns) {
        if (pattern.text == "*" || pattern.text == "*:*") return {"every action of every service"};
        const auto expanded = reference::expand_action(pattern.text);
        if (expanded.empty()) lines.push_back(code(pattern.text));  // No action that is known here.
        for (const reference::Action* action : expanded) {
            const auto* service = reference::find_service(action->name.substr(0, action->name.find(':')));
            auto row = std::ranges::find(services, service, &decltype(services)::value_type::first);
            if (row == services.end()) row = services.insert(row, {service, {}});
            if (std::ranges::find(row->second, action) == row->second.end()) row->second.push_back(action);
        }
    }
    for (const auto& [service, actions] : services) lines.push_back(service_line(*service, actions));
    return lines;
}

std::string resource_words(const policy::Statement& statement) {
    if (!statement.resource) return {};
    const Texts texts = texts_of(statement.resource->patterns);
    if (statement.resource->negated) return ", on every resource but " + listed(texts);
    if (std::ranges::find(texts, "*") != texts.end()) return ", on every resource";
    return ", on " + listed(texts);
}

std::string condition_words(const policy::Statement& statement) {
    std::string words;
    for (const policy::Condition& condition : statement.conditions) {
        words.append(words.empty() ? ", if " : " and ")
            .append(code(condition.key.text))
            .append(" ")
            .append(condition.operator_name.text)
            .append(" ")
            .append(listed(texts_of(condition.values)));
    }
    return words;
}

Texts lines_of(const policy::Document& document, policy::Effect effect) {
    Texts lines;
    for (const policy::Statement& statement : document.statements()) {
        if (statement.effect != effect || !statement.action) continue;
        const std::string rest = resource_words(statement) + condition_words(statement);
        for (const std::string& line : action_lines(*statement.action))
            lines.push_back(std::string("- ").append(line).append(rest));
    }
    return lines;
}

/// As many of the lines as there is room for.
void append(std::string& summary, const std::string& title, const Texts& lines) {
    if (lines.empty()) return;
    summary += (summary.empty() ? "**" : "\n**") + title + "**\n\n";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (summary.size() + lines[i].size() > summary_bytes_max) {
            summary += "- and " + std::to_string(lines.size() - i) + " more; the policy tells them.\n";
            return;
        }
        summary += lines[i] + "\n";
    }
}

/// What goes on when the session has ended.
Texts lasting_effects(const policy::Document& document) {
    Texts lines;
    const Texts boundaries = directory::demanded_boundaries(document);
    if (!boundaries.empty()) {
        lines.push_back("- roles made or changed here may never do more than " + listed(boundaries) +
                        " allows");
    }
    if (directory::creates_unbounded_roles(document)) {
        lines.emplace_back(
            "- roles can be made without a permissions boundary: what they may do has no limit here");
    }
    return lines;
}

}  // namespace

std::string summary_of(const policy::Document& document, std::chrono::seconds duration) {
    std::string summary;
    append(summary, "For " + duration_words(duration) + ", allows",
           lines_of(document, policy::Effect::allow));
    append(summary, "Denies", lines_of(document, policy::Effect::deny));
    append(summary, "Lasts longer", lasting_effects(document));
    return summary;
}

}  // namespace writ::api::iam::delegation
