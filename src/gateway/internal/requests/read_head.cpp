#include "gateway/internal/requests/read_head.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "gateway/internal/errors.h"
#include "gateway/internal/requests/rest.h"

namespace writ::gateway::internal {
namespace {

using reference::RequestMember;
using reference::RequestShapeKind;
using Kind = ParameterTree::Kind;
using Field = Fields::Field;

std::unexpected<Error> twice(std::string_view name) {
    return unreadable("The parameter " + quoted(name) + " occurs twice.");
}

class HeadReader {
  public:
    HeadReader(const RecognizedRequest& recognized, const HttpRequest& request, const Fields& query,
               ParameterTree& tree)
        : recognized_(&recognized), request_(&request), query_(&query), tree_(&tree) {}

    Result<void> add(const RequestMember& member) {
        using enum RequestMember::Location;
        switch (member.location) {
            case query_string:
                return member.shape->kind == RequestShapeKind::map ? add_other_fields(member)
                                                                   : add_field(member);
            case header:
                return add_only_header(member);
            case header_prefix:
                return add_headers_below(member);
            default:
                return {};
        }
    }

  private:
    Result<void> add_field(const RequestMember& member) {
        const bool is_list = member.shape->kind == RequestShapeKind::list;
        ParameterTree::Number list = ParameterTree::none;
        const Field* found = nullptr;
        for (const Field& field : query_->all()) {
            if (field.name != member.wire_name) {
                if (!equals_ignoring_case(field.name, member.wire_name) || is_of_other(field.name)) continue;
                return unreadable("The parameter " + quoted(field.name) + " is spelled " +
                                  std::string(member.wire_name) + ".");
            }
            if (is_list) {
                if (list == ParameterTree::none)
                    list = tree_->add(ParameterTree::root, Kind::list, member.name);
                tree_->set_text(tree_->add(list, Kind::scalar, {}), field.value);
            } else if (found != nullptr) {
                return twice(field.name);
            } else {
                found = &field;
                tree_->set_text(tree_->add(ParameterTree::root, Kind::scalar, member.name), field.value);
            }
        }
        return {};
    }

    /// A map in the query string has all the fields that are not of another member.
    Result<void> add_other_fields(const RequestMember& member) {
        const bool of_lists = member.shape->element->shape->kind == RequestShapeKind::list;
        const auto map = tree_->add(ParameterTree::root, Kind::map, member.name);
        for (const Field& field : query_->all()) {
            if (is_of_other(field.name) || is_of_signature(field.name)) continue;
            auto entry = tree_->child(map, field.name);
            if (entry != ParameterTree::none && !of_lists) return twice(field.name);
            if (entry == ParameterTree::none)
                entry = tree_->add_entry(map, of_lists ? Kind::list : Kind::scalar, field.name);
            tree_->set_text(of_lists ? tree_->add(entry, Kind::scalar, {}) : entry, field.value);
        }
        return {};
    }

    /// Whether the name in the query string is that of a member, or a fixed part of the template.
    [[nodiscard]] bool is_of_other(std::string_view name) const {
        std::string_view fixed = query_of(recognized_->operation->request_uri);
        while (!fixed.empty()) {
            const std::string_view part = fixed.substr(0, fixed.find('&'));
            if (part.substr(0, part.find('=')) == name) return true;
            fixed.remove_prefix(std::min(fixed.size(), part.size() + 1));
        }
        return std::ranges::any_of(recognized_->operation->input->members, [&](const RequestMember& member) {
            return member.location == RequestMember::Location::query_string && member.wire_name == name;
        });
    }

    /// A presigned URL carries its signature beside the parameters.
    static bool is_of_signature(std::string_view name) noexcept {
        constexpr std::string_view prefix = "X-Amz-";
        return equals_ignoring_case(name.substr(0, prefix.size()), prefix);
    }

    Result<void> add_only_header(const RequestMember& member) {
        const bool is_list = member.shape->kind == RequestShapeKind::list;
        std::vector<std::string_view> values;
        for (const auto& [name, value] : request_->headers) {
            const bool has_size = name.size() == member.wire_name.size();  // Most differ in that already.
            if (has_size && equals_ignoring_case(name, member.wire_name)) values.push_back(value);
        }
        if (!query_->all().empty() && may_stand_in_query(*recognized_->service, member)) {
            for (const Field& field : query_->all())
                if (equals_ignoring_case(field.name, member.wire_name)) values.push_back(field.value);
        }
        if (values.size() > 1 && !is_list) return twice(member.wire_name);
        std::string joined;
        for (const std::string_view value : values) joined.append(joined.empty() ? "" : ",").append(value);
        if (!values.empty()) add_header(member, joined, *tree_);
        return {};
    }

    Result<void> add_headers_below(const RequestMember& member) {
        ParameterTree::Number map = ParameterTree::none;
        for (const auto& [name, value] : request_->headers) {
            const std::string_view prefix = std::string_view(name).substr(0, member.wire_name.size());
            if (!equals_ignoring_case(prefix, member.wire_name)) continue;
            if (map == ParameterTree::none) map = tree_->add(ParameterTree::root, Kind::map, member.name);
            const std::string key = ascii_lower(std::string_view(name).substr(prefix.size()));
            if (tree_->child(map, key) != ParameterTree::none) return twice(name);
            tree_->set_text(tree_->add_entry(map, Kind::scalar, key), trimmed(value));
        }
        return {};
    }

    const RecognizedRequest* recognized_;
    const HttpRequest* request_;
    const Fields* query_;
    ParameterTree* tree_;
};

/// The end of the first element of a list in a header.
std::size_t element_end(std::string_view list) noexcept {
    bool in_quotes = false;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i] == '\\' && in_quotes) {
            ++i;
        } else if (list[i] == '"') {
            in_quotes = !in_quotes;
        } else if (list[i] == ',' && !in_quotes) {
            return i;
        }
    }
    return list.size();
}

std::string unquoted(std::string_view element) {
    if (element.size() < 2 || !element.starts_with('"') || !element.ends_with('"'))
        return std::string(element);
    std::string text;
    element = element.substr(1, element.size() - 2);
    for (std::size_t i = 0; i < element.size(); ++i) {
        if (element[i] == '\\' && i + 1 < element.size()) ++i;
        text += element[i];
    }
    return text;
}

}  // namespace

void add_header(const RequestMember& member, std::string_view value, ParameterTree& tree) {
    value = trimmed(value);
    if (member.shape->kind != RequestShapeKind::list) {
        tree.set_text(tree.add(ParameterTree::root, Kind::scalar, member.name), value);
        return;
    }
    const auto list = tree.add(ParameterTree::root, Kind::list, member.name);
    while (!value.empty()) {
        const std::size_t end = element_end(value);
        tree.set_text(tree.add(list, Kind::scalar, {}), unquoted(trimmed(value.substr(0, end))));
        value.remove_prefix(std::min(end + 1, value.size()));
    }
}

Result<void> read_head(const RecognizedRequest& recognized, const HttpRequest& request, const Fields& query,
                       ParameterTree& tree) {
    for (const Label& label : recognized.labels)
        tree.set_text(tree.add(ParameterTree::root, Kind::scalar, label.member->name), label.value);
    HeadReader reader(recognized, request, query, tree);
    for (const RequestMember& member : recognized.operation->input->members)
        if (auto added = reader.add(member); !added) return added;
    return {};
}

}  // namespace writ::gateway::internal
