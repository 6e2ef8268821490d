#include "advice/internal/neighbours.h"

#include <utility>

#include "advice/internal/resource_shape.h"
#include "base/arn.h"

namespace writ::advice::internal {
namespace {

constexpr std::string_view other_name = "writ-neighbour";
constexpr std::string_view other_account = "999999999999";

std::string joined(const ResourceShape& shape) {
    std::string text = shape.head;
    for (const ResourceShape::Segment& segment : shape.segments) {
        text += segment.text;
        if (segment.separator != '\0') text += segment.separator;
    }
    return text;
}

}  // namespace

std::vector<std::string> neighbours_of(std::string_view resource) {
    const auto arn = parse_arn(resource);
    if (!arn) return {};
    std::vector<std::string> neighbours{std::string(resource) + "x"};
    const ResourceShape shape = shape_of(resource);
    for (std::size_t i = 0; i < shape.segments.size(); ++i) {
        const bool is_name = i > 0 || shape.segments.size() == 1 || arn->service == "s3";
        if (!is_name) continue;
        ResourceShape beside = shape;
        beside.segments[i].text = other_name;
        neighbours.push_back(joined(beside));
    }
    if (!arn->account.empty()) {
        std::string elsewhere(resource);
        const auto begin = static_cast<std::size_t>(arn->account.data() - resource.data());
        elsewhere.replace(begin, arn->account.size(), other_account);
        neighbours.push_back(std::move(elsewhere));
    }
    return neighbours;
}

}  // namespace writ::advice::internal
