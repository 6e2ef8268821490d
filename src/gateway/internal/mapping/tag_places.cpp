#include <algorithm>
#include <ranges>

#include "gateway/internal/mapping/plan.h"

/// Where a request has tags, by the shapes of its operation: lists of structures with a key and a value,
/// maps, and lists of keys, in members that are called tags.
namespace writ::gateway::internal {
namespace {

using reference::RequestMember;
using reference::RequestShape;
using reference::RequestShapeKind;

std::string_view member_called(const RequestShape& shape, std::initializer_list<std::string_view> names) {
    for (const RequestMember& member : shape.members)
        if (std::ranges::find(names, folded_name(member.name)) != names.end()) return member.name;
    return {};
}

void add_entries(TagPlaces& places, std::string path, const RequestShape& shape) {
    if (shape.kind == RequestShapeKind::map) return places.entries.push_back({std::move(path)});
    if (shape.kind != RequestShapeKind::list) return;
    const RequestShape& element = *shape.element->shape;
    if (element.kind == RequestShapeKind::string) return places.keys.push_back(std::move(path) + "[]");
    if (element.kind != RequestShapeKind::structure) return;
    const auto key = member_called(element, {"key", "tagkey"});
    const auto value = member_called(element, {"value", "tagvalue"});
    if (key.empty()) return;
    places.entries.push_back({std::move(path), std::string(key), std::string(value)});
}

/// The shape at "Tagging.TagSet"; null when the operation has none.
const RequestShape* shape_at(const RequestShape* shape, std::string_view path) {
    for (const auto& part : path | std::views::split('.')) {
        if (shape == nullptr) return nullptr;
        const auto member = std::ranges::find(shape->members, std::string_view(part), &RequestMember::name);
        shape = member == shape->members.end() ? nullptr : member->shape;
    }
    return shape;
}

}  // namespace

TagPlaces find_tag_places(const reference::RequestOperation& operation,
                          std::span<const std::string_view> further_lists) {
    TagPlaces places;
    if (operation.input == nullptr) return places;
    static constexpr auto names = std::to_array<std::string_view>(
        {"tags", "taglist", "tagset", "tagkeys", "tagkeylist", "tagstoadd", "resourcetags", "usertags"});
    for (const RequestMember& member : operation.input->members) {
        if (std::ranges::find(names, folded_name(member.name)) == names.end()) continue;
        add_entries(places, std::string(member.name), *member.shape);
    }
    for (const std::string_view path : further_lists)
        if (const RequestShape* shape = shape_at(operation.input, path)) {
            add_entries(places, std::string(path), *shape);
        }
    return places;
}

}  // namespace writ::gateway::internal
