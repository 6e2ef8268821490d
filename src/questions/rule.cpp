#include "questions/rule.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/arn.h"
#include "base/text.h"

namespace writ::questions {
namespace {

/// What the holes of a rule took, by name.
using Holes = std::vector<std::pair<std::string_view, std::string>>;

std::unexpected<Error> refuse(std::string_view rule, std::string_view why) {
    return fail("InvalidInput", 400, "The rule '" + std::string(rule) + "' " + std::string(why) + ".");
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find_first_of(separators));
        if (!part.empty()) parts.push_back(part);
        text.remove_prefix(std::min(text.size(), part.size() + 1));
    }
    return parts;
}

bool is_hole(std::string_view segment) {
    return segment.size() > 2 && segment.starts_with('{') && segment.ends_with('}');
}
bool is_rest(std::string_view segment) {
    return is_hole(segment) && segment.ends_with("...}");
}
/// "id" of "{id}" and of "{id...}".
std::string_view name_of(std::string_view hole) {
    hole = hole.substr(1, hole.size() - 2);
    return hole.ends_with("...") ? hole.substr(0, hole.size() - 3) : hole;
}

/// Where the holes of a resource stand; false when a brace is left open.
template <class Use>
bool for_each_hole(std::string_view resource, const Use& use) {
    for (std::size_t at = resource.find('{'); at != std::string_view::npos; at = resource.find('{', at)) {
        const std::size_t end = resource.find('}', at);
        if (end == std::string_view::npos) return false;
        use(at, resource.substr(at + 1, end - at - 1));
        at = end;
    }
    return true;
}

/// "%2e", which a second decoding would make something else.
bool holds_percent_triplet(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
        const std::string_view pair = text.substr(at + 1, 2);
        if (pair.size() == 2 && pair.find_first_not_of(digits) == std::string_view::npos) return true;
    }
    return false;
}

/// Whether all servers take a decoded segment for the same: with nothing that separates segments, or cuts
/// parameters off them as in Java, and with nothing to decode once more.
bool is_read_alike(std::string_view segment) {
    if (segment == "." || segment == "..") return false;
    const bool has_mark = std::ranges::any_of(segment, [](char c) {
        return c == '/' || c == '\\' || c == ';' || static_cast<unsigned char>(c) < ' ' || c == '\x7f';
    });
    return !has_mark && count_scalars(segment) && !holds_percent_triplet(segment);
}

/// The segments between slashes, decoded; nothing where it is not plain what they are.
std::optional<std::vector<std::string>> segments_of(std::string_view target) {
    const std::string_view path = target.substr(0, target.find_first_of("?#"));
    if (!path.starts_with('/')) return std::nullopt;
    std::vector<std::string> segments;
    if (path == "/") return segments;
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = std::min(path.find('/', at + 1), path.size());
        auto segment = percent_decode(path.substr(at + 1, end - at - 1));
        at = end;
        // One empty segment may stand at the end: "/documents/".
        if (!segment || (segment->empty() && end != path.size()) || !is_read_alike(*segment)) {
            return std::nullopt;
        }
        segments.push_back(std::move(*segment));
    }
    return segments;
}

bool fits_host(std::string_view pattern, std::string_view host) {
    if (pattern == "*") return true;
    if (const std::size_t port = host.rfind(':'); port != std::string_view::npos && !host.ends_with(']')) {
        host = host.substr(0, port);
    }
    const std::string lower = ascii_lower(host);
    if (!pattern.starts_with("*.")) return lower == pattern;
    return lower.size() > pattern.size() - 1 && lower.ends_with(pattern.substr(1));
}

std::optional<Holes> fill_holes(const std::vector<std::string>& pattern,
                                const std::vector<std::string>& path) {
    Holes holes;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (is_rest(pattern[i])) {
            if (i >= path.size() || path[i].empty()) return std::nullopt;
            std::string rest = path[i];
            for (std::size_t j = i + 1; j < path.size(); ++j) rest.append(1, '/').append(path[j]);
            holes.emplace_back(name_of(pattern[i]), std::move(rest));
            return holes;
        }
        if (i >= path.size()) return std::nullopt;
        if (is_hole(pattern[i])) {
            if (path[i].empty()) return std::nullopt;
            holes.emplace_back(name_of(pattern[i]), path[i]);
        } else if (pattern[i] != path[i]) {
            return std::nullopt;
        }
    }
    return pattern.size() == path.size() ? std::optional(std::move(holes)) : std::nullopt;
}

/// Nothing when a value would become another part of the ARN.
std::optional<std::string> resource_of(std::string_view pattern, const Holes& holes) {
    std::string resource;
    std::size_t written = 0;
    bool safe = true;
    for_each_hole(pattern, [&](std::size_t at, std::string_view name) {
        const auto value = std::ranges::find(holes, name, &Holes::value_type::first);
        resource.append(pattern.substr(written, at - written)).append(value->second);
        written = at + name.size() + 2;
        constexpr std::ptrdiff_t colons_before_resource = 5;
        const bool in_resource = std::ranges::count(pattern.substr(0, at), ':') >= colons_before_resource;
        safe = safe && (in_resource || value->second.find(':') == std::string::npos);
    });
    if (!safe) return std::nullopt;
    return resource.append(pattern.substr(written));
}

Result<void> check_path(std::string_view text, const Rule& rule) {
    for (std::size_t i = 0; i < rule.segments.size(); ++i) {
        const std::string_view segment = rule.segments[i];
        if (is_rest(segment) && i + 1 != rule.segments.size()) {
            return refuse(text, "has " + std::string(segment) + " before the end of the path");
        }
        if (is_hole(segment)) {
            const auto same = [&](const std::string& other) {
                return is_hole(other) && name_of(other) == name_of(segment);
            };
            if (std::ranges::count_if(rule.segments, same) > 1) {
                return refuse(text, "has two holes {" + std::string(name_of(segment)) + "}");
            }
        } else if (segment.find_first_of("{}*") != std::string_view::npos) {
            return refuse(text, "has a hole that is not a whole segment of the path");
        }
    }
    return {};
}

Result<void> check_resource(std::string_view text, const Rule& rule) {
    if (rule.resource != "*" && !parse_arn(rule.resource))
        return refuse(text, "needs an ARN, or *, at its end");
    std::string_view unknown;
    const bool closed = for_each_hole(rule.resource, [&](std::size_t, std::string_view name) {
        const auto same = [&](const std::string& segment) {
            return is_hole(segment) && name_of(segment) == name;
        };
        if (std::ranges::none_of(rule.segments, same)) unknown = name;
    });
    if (!closed) return refuse(text, "leaves a { open");
    if (unknown.empty()) return {};
    return refuse(text, "has no {" + std::string(unknown) + "} in its path");
}

}  // namespace

Result<Rule> read_rule(std::string_view text) {
    text = trimmed(text);
    const auto parts = split(text, " \t");
    constexpr std::size_t parts_wanted = 5;
    if (parts.size() != parts_wanted) return refuse(text, "must be METHODS HOST PATH ACTION RESOURCE");
    Rule rule{.methods = {},
              .host = ascii_lower(parts[1]),
              .segments = {},
              .action = std::string(parts[3]),
              .resource = std::string(parts[4])};
    if (parts[0] != "*") {
        for (const std::string_view method : split(parts[0], ",")) rule.methods.emplace_back(method);
    }
    const auto segments = segments_of(parts[2]);
    if (!segments) return refuse(text, "needs a plain path that begins with /");
    rule.segments = *segments;
    if (auto fits = check_path(text, rule); !fits) return std::unexpected(std::move(fits.error()));
    const std::size_t colon = rule.action.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == rule.action.size() ||
        rule.action.find_first_of("*?") != std::string::npos) {
        return refuse(text, "needs one action, service:Action");
    }
    if (auto fits = check_resource(text, rule); !fits) return std::unexpected(std::move(fits.error()));
    return rule;
}

Result<std::vector<Rule>> read_rules(std::string_view text) {
    std::vector<Rule> rules;
    for (const std::string_view line : split(text, "\n")) {
        if (trimmed(line).empty()) continue;
        auto rule = read_rule(line);
        if (!rule) return std::unexpected(std::move(rule.error()));
        rules.push_back(std::move(*rule));
    }
    return rules;
}

std::optional<Needed> find_needed(std::span<const Rule> rules, std::string_view method, std::string_view host,
                                  std::string_view target) {
    const auto path = segments_of(target);
    if (!path) return std::nullopt;
    for (const Rule& rule : rules) {
        const bool fits_method =
            rule.methods.empty() || std::ranges::find(rule.methods, method) != rule.methods.end();
        if (!fits_method || !fits_host(rule.host, host)) continue;
        const auto holes = fill_holes(rule.segments, *path);
        if (!holes) continue;
        auto resource = resource_of(rule.resource, *holes);
        if (!resource) return std::nullopt;
        return Needed{.action = rule.action, .resource = std::move(*resource)};
    }
    return std::nullopt;
}

}  // namespace writ::questions
