#include <string_view>

#include "base/text.h"
#include "gateway/internal/errors.h"
#include "gateway/internal/parameter_tree.h"
#include "gateway/internal/read_head.h"
#include "gateway/parameters.h"

namespace writ::gateway {
namespace {

using internal::ParameterTree;
using reference::RequestMember;
using Kind = ParameterTree::Kind;
using Field = std::pair<std::string, std::string>;

/// Most fields are called as the header of PutObject that means the same; these are not.
bool is_form_name(const RequestMember& member, std::string_view field) noexcept {
    return (member.name == "Key" && equals_ignoring_case(field, "key")) ||
           (member.name == "ACL" && equals_ignoring_case(field, "acl")) ||
           (member.location == RequestMember::Location::header &&
            equals_ignoring_case(field, member.wire_name));
}

std::unexpected<Error> twice(std::string_view field) {
    return internal::unreadable("The field " + internal::quoted(field) + " of the form occurs twice.");
}

Result<void> add_metadata(const RequestMember& member, std::string_view key, std::string_view value,
                          ParameterTree& tree) {
    auto map = tree.child(ParameterTree::root, member.name);
    if (map == ParameterTree::none) map = tree.add(ParameterTree::root, Kind::map, member.name);
    const std::string name = ascii_lower(key);
    if (tree.child(map, name) != ParameterTree::none) return twice(key);
    tree.set_text(tree.add_entry(map, Kind::scalar, name), value);
    return {};
}

Result<void> add_field(const RequestMember& member, const Field& field, ParameterTree& tree) {
    const std::string_view name = field.first;
    if (member.location == RequestMember::Location::header_prefix) {
        const std::size_t size = member.wire_name.size();
        if (!equals_ignoring_case(name.substr(0, size), member.wire_name)) return {};
        return add_metadata(member, name.substr(size), field.second, tree);
    }
    if (!is_form_name(member, name)) return {};
    if (tree.child(ParameterTree::root, member.name) != ParameterTree::none) return twice(name);
    internal::add_header(member, field.second, tree);
    return {};
}

}  // namespace

Result<Parameters> read_form_parameters(const RecognizedRequest& recognized, std::span<const Field> fields) {
    auto tree = std::make_unique<ParameterTree>();
    for (const Label& label : recognized.labels)
        tree->set_text(tree->add(ParameterTree::root, Kind::scalar, label.member->name), label.value);
    for (const Field& field : fields) {
        for (const RequestMember& member : recognized.operation->input->members)
            if (auto added = add_field(member, field, *tree); !added) return std::unexpected(added.error());
    }
    return Parameters(std::move(tree));
}

}  // namespace writ::gateway
