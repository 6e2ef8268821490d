#include "advice/internal/resource_shape.h"

#include "base/arn.h"

namespace writ::advice::internal {
namespace {

bool is_of_s3(std::string_view head) noexcept {
    const auto arn = parse_arn(head);
    return arn && arn->service == "s3";
}

}  // namespace

std::string escaped(std::string_view text, bool is_pattern) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool begins_variable = c == '$' && text.substr(i + 1).starts_with('{');
        if (begins_variable || (is_pattern && (c == '*' || c == '?'))) {
            out.append("${").append(1, c).append("}");
        } else {
            out += c;
        }
    }
    return out;
}

bool ResourceShape::may_vary(std::size_t segment) const noexcept {
    if (segment != 0) return true;
    return segments.size() == 1 && !is_of_s3(head);
}

ResourcePattern ResourceShape::pattern() const {
    if (segments.empty()) return {head, {head}};  // "*" of actions without resource.
    ResourcePattern pattern{.text = head, .pieces = {head}};
    for (const Segment& segment : segments) {
        if (segment.is_wildcard) {
            pattern.text += '*';
            pattern.pieces.emplace_back();
        } else {
            pattern.text += escaped(segment.text, true);
            pattern.pieces.back() += segment.text;
        }
        if (segment.separator == '\0') continue;
        pattern.text += segment.separator;
        pattern.pieces.back() += segment.separator;
    }
    return pattern;
}

ResourceShape shape_of(std::string_view resource, bool ends_in_wildcard) {
    const auto arn = parse_arn(resource);
    if (!arn) return {std::string(resource), {}};
    ResourceShape shape{.head = std::string(resource.substr(0, resource.size() - arn->resource.size())),
                        .segments = {}};
    std::string_view rest = arn->resource;
    while (true) {
        const std::size_t end = rest.find_first_of("/:");
        const char separator = end == std::string_view::npos ? '\0' : rest[end];
        shape.segments.push_back({std::string(rest.substr(0, end)), separator, false});
        if (separator == '\0') break;
        rest.remove_prefix(end + 1);
    }
    if (ends_in_wildcard && shape.segments.back().text == "*") {
        shape.segments.back() = {.text = {}, .separator = '\0', .is_wildcard = true};
    }
    return shape;
}

}  // namespace writ::advice::internal

namespace writ::advice {

bool ResourcePattern::fits(std::string_view resource) const noexcept {
    if (!is_template()) return resource == pieces.front();
    if (!resource.starts_with(pieces.front())) return false;
    resource.remove_prefix(pieces.front().size());
    for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
        const std::size_t found = resource.find(pieces[i]);
        if (found == std::string_view::npos) return false;
        resource.remove_prefix(found + pieces[i].size());
    }
    return resource.ends_with(pieces.back());
}

}  // namespace writ::advice
