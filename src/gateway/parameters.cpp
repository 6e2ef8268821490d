#include "gateway/parameters.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "gateway/internal/errors.h"
#include "gateway/internal/requests/bodies.h"
#include "gateway/internal/requests/body_text.h"
#include "gateway/internal/requests/fields.h"
#include "gateway/internal/requests/parameter_tree.h"
#include "gateway/internal/requests/query_operation.h"
#include "gateway/internal/requests/queue_path.h"
#include "gateway/internal/requests/read_head.h"

namespace writ::gateway {
namespace {

using internal::Fields;
using internal::ParameterTree;
using reference::RequestMember;
using reference::RequestShape;
using reference::RequestShapeKind;
using Kind = ParameterTree::Kind;

const RequestMember* payload_of(const RequestShape& input) noexcept {
    for (const RequestMember& member : input.members)
        if (member.location == RequestMember::Location::payload) return &member;
    return nullptr;
}

bool is_blank(std::string_view body) noexcept {
    return trimmed(body).empty();
}

/// Text that is the body itself, as the policy of PutBucketPolicy.
bool is_plain(const RequestShape& shape) noexcept {
    using enum RequestShapeKind;
    return shape.kind == string || shape.kind == blob;
}

Result<void> read_xml_body(const RecognizedRequest& recognized, std::string_view body,
                           const BodyLimits& limits, ParameterTree& tree) {
    const RequestShape& input = *recognized.operation->input;
    const RequestMember* payload = payload_of(input);
    internal::XmlPlace place{&input, ParameterTree::root, recognized.operation->xml_root};
    if (payload != nullptr) {
        place.shape = payload->shape;
        place.node = tree.add(ParameterTree::root, Kind::structure, payload->name);
    }
    return internal::read_xml(body, place, limits, tree);
}

Result<void> read_json_body(const RecognizedRequest& recognized, std::string_view body,
                            const BodyLimits& limits, ParameterTree& tree) {
    const RequestShape& input = *recognized.operation->input;
    const RequestMember* payload = payload_of(input);
    internal::BodyReader reader = payload != nullptr ? internal::BodyReader(tree, *payload, limits)
                                                     : internal::BodyReader(tree, input, limits);
    return recognized.protocol == WireProtocol::rpc_v2_cbor ? internal::read_cbor(body, reader)
                                                            : internal::read_json(body, reader);
}

Result<void> read_body(const RecognizedRequest& recognized, std::string_view body, const BodyLimits& limits,
                       ParameterTree& tree) {
    const RequestMember* payload = payload_of(*recognized.operation->input);
    if (payload != nullptr && is_plain(*payload->shape)) {
        tree.set_text(tree.add(ParameterTree::root, Kind::scalar, payload->name), body);
        return {};
    }
    if (recognized.protocol == WireProtocol::rpc_v2_cbor ? body.empty() : is_blank(body)) return {};
    return recognized.protocol == WireProtocol::rest_xml ? read_xml_body(recognized, body, limits, tree)
                                                         : read_json_body(recognized, body, limits, tree);
}

bool is_rest(WireProtocol protocol) noexcept {
    return protocol == WireProtocol::rest_json || protocol == WireProtocol::rest_xml;
}

Result<void> read_query(const RecognizedRequest& recognized, const HttpRequest& request,
                        const BodyLimits& limits, ParameterTree& tree) {
    const auto fields = internal::query_fields(request, limits.bytes_max);
    if (!fields) return std::unexpected(fields.error());
    if (auto read = internal::read_form(*fields, *recognized.operation->input, limits, tree); !read)
        return read;
    return internal::read_queue_path(recognized, request, tree);
}

Result<void> read_all(const RecognizedRequest& recognized, const HttpRequest& request,
                      const BodyLimits& limits, ParameterTree& tree) {
    if (recognized.protocol == WireProtocol::query || recognized.protocol == WireProtocol::ec2_query)
        return read_query(recognized, request, limits, tree);
    if (is_rest(recognized.protocol)) {
        Fields query;
        if (auto added = query.add(internal::query_of(request.target)); !added) return added;
        if (auto read = internal::read_head(recognized, request, query, tree); !read) return read;
    }
    if (!recognized.needs_body) return {};
    const auto body = internal::BodyText::of(request, limits.bytes_max);
    if (!body) return std::unexpected(body.error());
    return read_body(recognized, body->text(), limits, tree);
}

// A path, taken apart while it is followed.

enum class Step : std::uint8_t { done, member, elements, element, keys, values, value_of_key };

/// Takes the next step off `path`; `name` is its member or key.
Step take_step(std::string_view& path, std::string_view& name) {
    if (path.starts_with('.')) path.remove_prefix(1);
    if (path.empty()) return Step::done;
    const auto take = [&](std::size_t size) { path.remove_prefix(size); };
    if (path.starts_with("[]")) return take(2), Step::elements;
    if (path.starts_with('[')) {
        const std::size_t end = std::min(path.find(']'), path.size());
        name = path.substr(1, end - 1);
        take(std::min(end + 1, path.size()));
        return Step::element;
    }
    if (path.starts_with("{}")) return take(2), Step::keys;
    if (path.starts_with("{*}")) return take(3), Step::values;
    if (path.starts_with('{')) {
        const std::size_t end = std::min(path.find('}'), path.size());
        name = path.substr(1, end - 1);
        take(std::min(end + 1, path.size()));
        return Step::value_of_key;
    }
    const auto ends = [](char c) { return c == '.' || c == '[' || c == '{'; };
    name = path.substr(0, static_cast<std::size_t>(std::ranges::find_if(path, ends) - path.begin()));
    take(name.size());
    return Step::member;
}

/// The element of a list by its number as text; `none` when there is no such one.
ParameterTree::Number element(const ParameterTree& tree, ParameterTree::Number list,
                              std::string_view number) noexcept {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), index);
    if (error != std::errc{} || end != number.data() + number.size()) return ParameterTree::none;
    return tree.element(list, index);
}

/// Calls `see(node, is_key)` for all that the path leads to, until it returns true; tells whether it did.
template <class See>
bool follow(const ParameterTree& tree, ParameterTree::Number node, std::string_view path, const See& see) {
    std::string_view name;
    const Step step = take_step(path, name);
    if (step == Step::done) return see(node, false);
    const auto kind = tree.kind(node);
    const bool fits = step == Step::member                              ? kind == Kind::structure
                      : step == Step::elements || step == Step::element ? kind == Kind::list
                                                                        : kind == Kind::map;
    if (!fits) return false;
    if (step == Step::member || step == Step::value_of_key) {
        const auto child = tree.child(node, name);
        return child != ParameterTree::none && follow(tree, child, path, see);
    }
    if (step == Step::element) {
        const auto child = element(tree, node, name);
        return child != ParameterTree::none && follow(tree, child, path, see);
    }
    for (auto at = tree.first_child(node); at != ParameterTree::none; at = tree.next(at)) {
        if (step == Step::keys ? see(at, true) : follow(tree, at, path, see)) return true;
    }
    return false;
}

}  // namespace

Parameters::Parameters() : tree_(std::make_unique<const ParameterTree>()) {}
Parameters::Parameters(std::unique_ptr<const ParameterTree> tree) : tree_(std::move(tree)) {}
Parameters::Parameters(Parameters&&) noexcept = default;
Parameters& Parameters::operator=(Parameters&&) noexcept = default;
Parameters::~Parameters() = default;

std::vector<std::string> Parameters::all(std::string_view path) const {
    std::vector<std::string> texts;
    follow(*tree_, ParameterTree::root, path, [&](ParameterTree::Number node, bool is_key) {
        if (is_key || tree_->kind(node) == Kind::scalar)
            texts.emplace_back(is_key ? tree_->name(node) : tree_->text(node));
        return false;
    });
    return texts;
}

std::optional<std::string> Parameters::first(std::string_view path) const {
    std::optional<std::string> text;
    follow(*tree_, ParameterTree::root, path, [&](ParameterTree::Number node, bool is_key) {
        if (!is_key && tree_->kind(node) != Kind::scalar) return false;
        text = is_key ? tree_->name(node) : tree_->text(node);
        return true;
    });
    return text;
}

bool Parameters::has_text(std::string_view path) const {
    return follow(*tree_, ParameterTree::root, path, [&](ParameterTree::Number node, bool is_key) {
        return is_key || tree_->kind(node) == Kind::scalar;
    });
}

bool Parameters::has(std::string_view path) const {
    return follow(*tree_, ParameterTree::root, path, [](ParameterTree::Number, bool) { return true; });
}

std::vector<std::string_view> Parameters::names(std::string_view path) const {
    std::vector<std::string_view> names;
    follow(*tree_, ParameterTree::root, path, [&](ParameterTree::Number node, bool is_key) {
        if (is_key || tree_->kind(node) == Kind::list) return true;
        for (auto at = tree_->first_child(node); at != ParameterTree::none; at = tree_->next(at))
            names.push_back(tree_->name(at));
        return true;
    });
    return names;
}

Result<Parameters> read_parameters(const RecognizedRequest& recognized, const HttpRequest& request,
                                   const BodyLimits& limits) {
    auto tree = std::make_unique<ParameterTree>();
    if (recognized.operation == nullptr)
        return internal::unknown_operation("The operation is not known yet.");
    if (recognized.operation->input == nullptr) return Parameters(std::move(tree));
    if (auto read = read_all(recognized, request, limits, *tree); !read) return std::unexpected(read.error());
    return Parameters(std::move(tree));
}

}  // namespace writ::gateway
