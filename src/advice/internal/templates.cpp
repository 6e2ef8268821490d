#include "advice/internal/templates.h"

#include <algorithm>
#include <map>

#include "base/arn.h"
#include "base/wildcards.h"
#include "reference/authorization.h"

namespace writ::advice::internal {
namespace {

/// "table/${TableName}" with `text` for each hole.
std::string filled(std::string_view pattern, std::string_view text) {
    std::string out;
    while (!pattern.empty()) {
        const std::size_t hole = pattern.find("${");
        out += pattern.substr(0, hole);
        if (hole == std::string_view::npos) break;
        const std::size_t end = pattern.find('}', hole);
        if (end == std::string_view::npos) break;
        out += text;
        pattern.remove_prefix(end + 1);
    }
    return out;
}

/// Whether the template stands for a resource of another type that the action takes as well: for an index of
/// a table, when it is made of tables.
bool reaches_other_types(std::string_view action, const ResourceShape& shape, const ResourceShape& one) {
    const auto* known = reference::find_action(action);
    if (known == nullptr) return false;
    const std::string resource = one.pattern().pieces.front();
    const ResourcePattern pattern = shape.pattern();
    return std::ranges::any_of(known->resources, [&](const reference::ActionResource& taken) {
        const auto type = parse_arn(taken.type->arn_pattern);
        if (!type || matches_wildcards(filled(taken.type->arn_pattern, "*"), resource)) return false;
        return pattern.fits(one.head + filled(type->resource, "x"));
    });
}

/// The shape with a wildcard in place of that segment.
ResourceShape with_wildcard(ResourceShape shape, std::size_t segment) {
    shape.segments[segment].text.clear();
    shape.segments[segment].is_wildcard = true;
    return shape;
}

}  // namespace

std::vector<ResourceShape> template_resources(std::string_view action, std::vector<ResourceShape> resources,
                                              const TemplateRule& rule) {
    std::size_t segments_max = 0;
    for (const ResourceShape& shape : resources) segments_max = std::max(segments_max, shape.segments.size());
    // The last segment first: what lies together in a folder is one thing.
    for (std::size_t segment = segments_max; segment-- > 0;) {
        std::ranges::sort(resources);
        resources.erase(std::ranges::unique(resources).begin(), resources.end());
        std::map<ResourceShape, std::vector<ResourceShape>> alike;
        std::vector<ResourceShape> next;
        for (ResourceShape& shape : resources) {
            if (segment >= shape.segments.size() || !shape.may_vary(segment)) {
                next.push_back(std::move(shape));
            } else {
                alike[with_wildcard(shape, segment)].push_back(std::move(shape));
            }
        }
        for (auto& [shape, members] : alike) {
            const bool is_one =
                members.size() <= rule.exact_resources_max ||
                (!rule.may_reach_other_types && reaches_other_types(action, shape, members.front()));
            const bool is_template_there = std::ranges::find(members, shape) != members.end();
            if (is_one && !is_template_there) {
                std::ranges::move(members, std::back_inserter(next));
            } else {
                next.push_back(shape);
            }
        }
        resources = std::move(next);
    }
    std::ranges::sort(resources);
    resources.erase(std::ranges::unique(resources).begin(), resources.end());
    return resources;
}

}  // namespace writ::advice::internal
