#include <algorithm>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "base/text.h"
#include "gateway/internal/errors.h"
#include "gateway/internal/requests/bodies.h"

namespace writ::gateway::internal {
namespace {

using reference::RequestMember;
using reference::RequestShape;
using reference::RequestShapeKind;
using Kind = ParameterTree::Kind;

class XmlReader {
  public:
    XmlReader(const BodyLimits& limits, ParameterTree& tree) : limits_(limits), tree_(&tree) {}

    /// The attributes and elements of `element` as the members of a structure.
    Result<void> structure(const pugi::xml_node& element, const RequestShape& shape,
                           ParameterTree::Number node, std::size_t depth) {
        if (depth > limits_.depth_max) return unreadable("The body is nested too deeply.");
        for (const pugi::xml_attribute& attribute : element.attributes()) {
            if (auto added = add_attribute(attribute, shape, node); !added) return added;
        }
        for (const pugi::xml_node& child : element.children()) {
            if (child.type() != pugi::node_element) continue;
            if (auto added = add_member(child, shape, node, depth); !added) return added;
        }
        return {};
    }

  private:
    Result<void> add_attribute(const pugi::xml_attribute& attribute, const RequestShape& shape,
                               ParameterTree::Number node) {
        for (const RequestMember& member : shape.members) {
            if (!member.xml_attribute || member.wire_name != attribute.name()) continue;
            if (tree_->child(node, member.name) != ParameterTree::none) return twice(member.name);
            tree_->set_text(tree_->add(node, Kind::scalar, member.name), attribute.value());
        }
        return {};
    }

    Result<void> add_member(const pugi::xml_node& element, const RequestShape& shape,
                            ParameterTree::Number node, std::size_t depth) {
        const std::string_view name = element.name();
        if (name.find(':') != std::string_view::npos)
            return unreadable("An element of the body has a prefix.");
        if (tree_->size() >= limits_.values_max) return unreadable("The body holds too many values.");
        const RequestMember* like = nullptr;
        for (const RequestMember& member : shape.members) {
            if (member.location != RequestMember::Location::body || member.xml_attribute) continue;
            if (member.wire_name == name) return add_value(element, member, node, depth);
            if (equals_ignoring_case(member.wire_name, name)) like = &member;
        }
        if (like != nullptr) {
            return unreadable("The element " + quoted(name) + " of the body is spelled " +
                              std::string(like->wire_name) + ".");
        }
        return {};
    }

    Result<void> add_value(const pugi::xml_node& element, const RequestMember& member,
                           ParameterTree::Number parent, std::size_t depth) {
        const ParameterTree::Number there = tree_->child(parent, member.name);
        const RequestShape& shape = *member.shape;
        if (shape.flattened) {
            const bool is_list = shape.kind == RequestShapeKind::list;
            const auto node = there != ParameterTree::none
                                  ? there
                                  : tree_->add(parent, is_list ? Kind::list : Kind::map, member.name);
            return is_list ? add_element(element, *shape.element, node, depth)
                           : add_entry(element, shape, node, depth);
        }
        if (there != ParameterTree::none) return twice(member.name);
        return add_under(element, shape, member.name, parent, depth);
    }

    Result<void> add_under(const pugi::xml_node& element, const RequestShape& shape, std::string_view name,
                           ParameterTree::Number parent, std::size_t depth) {
        switch (shape.kind) {
            case RequestShapeKind::structure:
                return structure(element, shape, tree_->add(parent, Kind::structure, name), depth + 1);
            case RequestShapeKind::list:
                return list(element, shape, tree_->add(parent, Kind::list, name), depth + 1);
            case RequestShapeKind::map:
                return map(element, shape, tree_->add(parent, Kind::map, name), depth + 1);
            default:
                return add_scalar(element, tree_->add(parent, Kind::scalar, name));
        }
    }

    Result<void> list(const pugi::xml_node& element, const RequestShape& shape, ParameterTree::Number node,
                      std::size_t depth) {
        if (depth > limits_.depth_max) return unreadable("The body is nested too deeply.");
        for (const pugi::xml_node& child : element.children()) {
            if (child.type() != pugi::node_element) continue;
            if (child.name() != shape.element->wire_name)
                return unreadable("A list of the body has an element " + quoted(child.name()) + ".");
            if (tree_->size() >= limits_.values_max) return unreadable("The body holds too many values.");
            if (auto added = add_element(child, *shape.element, node, depth); !added) return added;
        }
        return {};
    }

    Result<void> add_element(const pugi::xml_node& element, const RequestMember& member,
                             ParameterTree::Number node, std::size_t depth) {
        return add_under(element, *member.shape, {}, node, depth);
    }

    Result<void> map(const pugi::xml_node& element, const RequestShape& shape, ParameterTree::Number node,
                     std::size_t depth) {
        if (depth > limits_.depth_max) return unreadable("The body is nested too deeply.");
        for (const pugi::xml_node& child : element.children("entry"))
            if (auto added = add_entry(child, shape, node, depth); !added) return added;
        return {};
    }

    Result<void> add_entry(const pugi::xml_node& entry, const RequestShape& shape, ParameterTree::Number node,
                           std::size_t depth) {
        const std::string key(entry.child(std::string(shape.key->wire_name).c_str()).text().get());
        const pugi::xml_node value = entry.child(std::string(shape.element->wire_name).c_str());
        const RequestShape& of_value = *shape.element->shape;
        if (of_value.kind == RequestShapeKind::structure)
            return structure(value, of_value, tree_->add_entry(node, Kind::structure, key), depth + 1);
        if (of_value.kind == RequestShapeKind::list)
            return list(value, of_value, tree_->add_entry(node, Kind::list, key), depth + 1);
        return add_scalar(value, tree_->add_entry(node, Kind::scalar, key));
    }

    Result<void> add_scalar(const pugi::xml_node& element, ParameterTree::Number node) {
        const pugi::xml_node first = element.first_child();
        if (!first) return {};
        // What a comment or a section divides, some readers take for its first part.
        if (first.type() != pugi::node_pcdata || first.next_sibling())
            return unreadable("The body has elements, comments or sections where text belongs.");
        tree_->set_text(node, first.value());
        return {};
    }

    static std::unexpected<Error> twice(std::string_view name) {
        return unreadable("The member " + quoted(name) + " of the body occurs twice.");
    }

    BodyLimits limits_;
    ParameterTree* tree_;
};

/// A document type could define entities, another encoding could hide elements: neither is in any request.
bool is_refused(const pugi::xml_node& node) {
    if (node.type() == pugi::node_doctype) return true;
    if (node.type() != pugi::node_declaration) return false;
    const pugi::xml_attribute encoding = node.attribute("encoding");
    return encoding && !equals_ignoring_case(encoding.value(), "UTF-8");
}

}  // namespace

Result<void> read_xml(std::string_view body, const XmlPlace& place, const BodyLimits& limits,
                      ParameterTree& tree) {
    constexpr unsigned flags = pugi::parse_default | pugi::parse_doctype | pugi::parse_declaration |
                               pugi::parse_ws_pcdata_single | pugi::parse_comments | pugi::parse_pi;
    if (!count_scalars(body) || body.find('\0') != std::string_view::npos)
        return unreadable("The body is not UTF-8.");
    pugi::xml_document document;
    if (!document.load_buffer(body.data(), body.size(), flags, pugi::encoding_utf8))
        return unreadable("The body is not XML.");
    if (std::ranges::any_of(document.children(), is_refused))
        return unreadable("The body has a document type or an encoding other than UTF-8.");
    const pugi::xml_node root = document.document_element();
    const auto is_element = [](const pugi::xml_node& node) { return node.type() == pugi::node_element; };
    if (std::ranges::count_if(document.children(), is_element) != 1)
        return unreadable("The body is not one XML element.");
    if (!place.root_name.empty() && root.name() != place.root_name) {
        return unreadable("The body is an element " + quoted(root.name()) + " instead of " +
                          std::string(place.root_name) + ".");
    }
    if (auto read = XmlReader(limits, tree).structure(root, *place.shape, place.node, 1); !read) return read;
    if (tree.has_repeated_keys()) return unreadable("A key of a map of the body occurs twice.");
    return {};
}

}  // namespace writ::gateway::internal
