#include "gateway/internal/requests/body_reader.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/text.h"
#include "gateway/internal/errors.h"

namespace writ::gateway::internal {
namespace {

using reference::RequestMember;
using reference::RequestShape;
using reference::RequestShapeKind;

/// What lies within a document has its own names and kinds.
const RequestShape document_shape{RequestShapeKind::document, false, {}, nullptr, nullptr};

bool may_be_map(const RequestShape& shape) noexcept {
    using enum RequestShapeKind;
    return shape.kind == structure || shape.kind == map || shape.kind == document;
}

bool may_be_list(const RequestShape& shape) noexcept {
    return shape.kind == RequestShapeKind::list || shape.kind == RequestShapeKind::document;
}

bool may_be_scalar(const RequestShape& shape) noexcept {
    using enum RequestShapeKind;
    return shape.kind != structure && shape.kind != map && shape.kind != list;
}

}  // namespace

BodyReader::BodyReader(ParameterTree& tree, const Place& first, bool body_is_root, const BodyLimits& limits)
    : tree_(&tree), limits_(limits), first_(first), body_is_root_(body_is_root) {
    // Readers may recurse as deep as this; what is usual is allocated at once.
    constexpr std::size_t depth_max = 256, usual_depth = 8, usual_keys = 16, usual_bytes = 128;
    limits_.depth_max = std::min(limits_.depth_max, depth_max);
    open_.reserve(usual_depth);
    keys_.reserve(usual_keys);
    key_texts_.reserve(usual_bytes);
}

BodyReader::BodyReader(ParameterTree& tree, const RequestShape& shape, const BodyLimits& limits)
    : BodyReader(tree, Place{&shape, {}, false}, true, limits) {}

BodyReader::BodyReader(ParameterTree& tree, const RequestMember& payload, const BodyLimits& limits)
    : BodyReader(tree, Place{payload.shape, payload.name, false}, false, limits) {}

bool BodyReader::open_map() {
    return open(true);
}

bool BodyReader::open_list() {
    return open(false);
}

bool BodyReader::open(bool is_map) {
    if (!count()) return false;
    if (open_.size() >= limits_.depth_max) return refuse("The body is nested too deeply.");
    const Place place = next_place();
    Level level;
    level.has_keys = is_map;
    level.first_key = keys_.size();
    level.first_key_text = key_texts_.size();
    if (place.shape != nullptr) {
        if (is_map ? !may_be_map(*place.shape) : !may_be_list(*place.shape))
            return refuse(is_map ? "The body has an object where none belongs."
                                 : "The body has a list where none belongs.");
        level.shape = place.shape;
        using enum ParameterTree::Kind;
        const bool is_structure = place.shape->kind == RequestShapeKind::structure;
        level.node = open_.empty() && body_is_root_
                         ? ParameterTree::root
                         : add(place, is_map ? (is_structure ? structure : map) : list);
    }
    open_.push_back(level);
    return true;
}

bool BodyReader::close() {
    const Level& level = open_.back();
    if (level.has_keys) {
        if (!keys_are_distinct(level.first_key)) return false;
        keys_.resize(level.first_key);
        key_texts_.resize(level.first_key_text);
    }
    open_.pop_back();
    return true;
}

bool BodyReader::key(std::string_view name) {
    keys_.push_back({key_texts_.size(), name.size()});
    key_texts_ += name;
    Level& level = open_.back();
    if (level.shape == nullptr) return true;
    if (level.shape->kind == RequestShapeKind::structure) {
        level.next = member_place(*level.shape, name);
        return error_.code.empty();
    }
    const bool is_map = level.shape->kind == RequestShapeKind::map;
    level.next = {is_map ? level.shape->element->shape : &document_shape, {}, true};
    return true;
}

bool BodyReader::scalar(std::string_view text, Scalar kind) {
    if (!count()) return false;
    const Place place = next_place();
    if (place.shape == nullptr) return true;
    if (!may_be_scalar(*place.shape) || (open_.empty() && body_is_root_))
        return refuse("The body has a single value where a list or an object belongs.");
    if (place.shape->kind == RequestShapeKind::string && kind != Scalar::text)
        return refuse("The body has another value where a string belongs.");
    tree_->set_text(add(place, ParameterTree::Kind::scalar), text);
    return true;
}

/// A member that is null is one that is not there; a key of a map is.
bool BodyReader::null() {
    if (!count()) return false;
    const Place place = next_place();
    if (place.shape != nullptr && place.is_entry) (void)add(place, ParameterTree::Kind::null);
    return true;
}

BodyReader::Place BodyReader::next_place() const {
    if (open_.empty()) return first_;
    const Level& level = open_.back();
    if (level.shape == nullptr || level.has_keys) return level.shape == nullptr ? Place{} : level.next;
    const bool is_list = level.shape->kind == RequestShapeKind::list;
    return {is_list ? level.shape->element->shape : &document_shape, {}, false};
}

BodyReader::Place BodyReader::member_place(const RequestShape& shape, std::string_view name) {
    const RequestMember* like = nullptr;
    for (const RequestMember& member : shape.members) {
        if (member.location != RequestMember::Location::body) continue;
        if (member.wire_name == name) return {member.shape, member.name, false};
        if (like == nullptr && equals_ignoring_case(member.wire_name, name)) like = &member;
    }
    if (like != nullptr) {
        (void)refuse("The member " + quoted(name) + " of the body is spelled " +
                     std::string(like->wire_name) + ".");
    }
    return {};
}

ParameterTree::Number BodyReader::add(const Place& place, ParameterTree::Kind kind) {
    const ParameterTree::Number parent = open_.empty() ? ParameterTree::root : open_.back().node;
    return place.is_entry ? tree_->add_entry(parent, kind, last_key()) : tree_->add(parent, kind, place.name);
}

bool BodyReader::count() {
    return ++values_ <= limits_.values_max || refuse("The body holds too many values.");
}

/// Few keys are compared each with each, many are sorted. Afterwards the order of the keys is lost.
bool BodyReader::keys_are_distinct(std::size_t first_key) {
    const auto keys = std::span(keys_).subspan(first_key);
    constexpr std::size_t few = 12;
    bool distinct = true;
    if (keys.size() <= few) {
        for (std::size_t i = 1; i < keys.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) distinct = distinct && key_text(keys[i]) != key_text(keys[j]);
    } else {
        const auto text = [this](const Text& key) { return key_text(key); };
        std::ranges::sort(keys, {}, text);
        distinct = std::ranges::adjacent_find(keys, {}, text) == keys.end();
    }
    return distinct || refuse("A member of the body occurs twice.");
}

std::string_view BodyReader::key_text(const Text& key) const noexcept {
    return std::string_view(key_texts_).substr(key.begin, key.size);
}

std::string_view BodyReader::last_key() const noexcept {
    return key_text(keys_.back());
}

bool BodyReader::refuse(std::string message) {
    error_ = unreadable(std::move(message)).error();
    return false;
}

}  // namespace writ::gateway::internal
