#include "api/query/read.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "base/text.h"

namespace writ::api::query {
namespace {

using reference::Member;
using reference::Shape;
using reference::ShapeType;
using Read = Result<std::optional<Input>>;

Read read_value(const Form& form, const Shape& shape, const std::string& path);

std::unexpected<Error> malformed(std::string message = {}) {
    return fail("MalformedInput", 400, std::move(message));
}

/// Spec S5: an optional sign and digits, within the type's range; leading zeros are fine.
Result<std::int64_t> parse_integer(std::string_view text, std::int64_t min, std::int64_t max) {
    if (text.empty()) return malformed("missing value for decimal type");
    if (text.starts_with('+') && text.size() > 1 && text[1] != '-') text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return malformed();
    if (number < min || number > max) return malformed();
    return number;
}

Read read_scalar(const Form& form, const Shape& shape, const std::string& path) {
    const std::string* text = form.find(path);
    if (text == nullptr) return std::nullopt;
    Input value(shape);
    value.set_text(*text);
    if (shape.type == ShapeType::integer || shape.type == ShapeType::long_integer) {
        const bool wide = shape.type == ShapeType::long_integer;
        const auto number = parse_integer(*text,
                                          wide ? std::numeric_limits<std::int64_t>::min()
                                               : std::int64_t{std::numeric_limits<std::int32_t>::min()},
                                          wide ? std::numeric_limits<std::int64_t>::max()
                                               : std::int64_t{std::numeric_limits<std::int32_t>::max()});
        if (!number) return std::unexpected(number.error());
        value.set_integer(*number);
    } else if (shape.type == ShapeType::boolean) {
        const bool yes = equals_ignoring_case(*text, "true");
        if (!yes && !equals_ignoring_case(*text, "false")) return malformed();
        value.set_integer(yes ? 1 : 0);
    }
    return value;
}

/// The numbers N of the fields "PREFIX.N…", ascending and each once. Anything else below is ignored.
std::vector<std::string> indexes_below(const Form& form, const std::string& prefix) {
    std::vector<std::pair<std::uint32_t, std::string>> found;
    for (const Form::Field& field : form.below(prefix)) {
        std::string_view rest = std::string_view(field.name).substr(prefix.size());
        rest = rest.substr(0, rest.find('.'));
        std::uint32_t number = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        if (error != std::errc{} || end != rest.data() + rest.size()) continue;
        if (found.empty() || found.back().second != rest) found.emplace_back(number, rest);
    }
    std::ranges::sort(found);
    const auto repeated = std::ranges::unique(found);
    found.erase(repeated.begin(), repeated.end());
    std::vector<std::string> indexes;
    indexes.reserve(found.size());
    for (auto& [number, text] : found) indexes.push_back(std::move(text));
    return indexes;
}

Read read_list(const Form& form, const Shape& shape, const std::string& path) {
    const std::string member =
        shape.element->wire_name.empty() ? "member" : std::string(shape.element->wire_name);
    const std::string prefix = path + (shape.flattened ? "." : "." + member + ".");
    const std::vector<std::string> indexes = indexes_below(form, prefix);
    if (indexes.empty() && form.find(path) == nullptr) return std::nullopt;
    Input list(shape);
    for (const std::string& index : indexes) {
        auto item = read_value(form, *shape.element->shape, prefix + index);
        if (!item) return std::unexpected(item.error());
        if (*item) list.add_item(std::move(**item));
    }
    return list;
}

Read read_map(const Form& form, const Shape& shape, const std::string& path) {
    const std::string prefix = path + (shape.flattened ? "." : ".entry.");
    const std::vector<std::string> indexes = indexes_below(form, prefix);
    if (indexes.empty()) return std::nullopt;
    Input map(shape);
    for (const std::string& index : indexes) {
        const std::string* key = form.find(prefix + index + ".key");
        auto value = read_value(form, *shape.element->shape, prefix + index + ".value");
        if (!value) return std::unexpected(value.error());
        if (key != nullptr && *value) map.add_entry(*key, std::move(**value));
    }
    return map;
}

Read read_structure(const Form& form, const Shape& shape, const std::string& path) {
    const std::string prefix = path.empty() ? path : path + ".";
    if (!path.empty() && form.below(prefix).empty() && form.find(path) == nullptr) return std::nullopt;
    Input structure(shape);
    for (const Member& member : shape.members) {
        auto value = read_value(form, *member.shape, prefix + std::string(member.wire_name));
        if (!value) return std::unexpected(value.error());
        if (*value) structure.add_entry(member.name, std::move(**value));
    }
    return structure;
}

/// Ends for shapes that contain themselves too: a nested value needs a field below its path.
Read read_value(const Form& form, const Shape& shape, const std::string& path) {
    switch (shape.type) {
        case ShapeType::structure:
            return read_structure(form, shape, path);
        case ShapeType::list:
            return read_list(form, shape, path);
        case ShapeType::map:
            return read_map(form, shape, path);
        default:
            return read_scalar(form, shape, path);
    }
}

}  // namespace

Result<Input> read_input(const Form& form, const Shape* shape) {
    if (shape == nullptr) return Input{};
    auto read = read_structure(form, *shape, "");
    if (!read) return std::unexpected(read.error());
    return std::move(**read);
}

}  // namespace writ::api::query
