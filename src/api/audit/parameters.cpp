#include "api/audit/parameters.h"

#include <algorithm>
#include <variant>

#include "api/audit/secrets.h"
#include "api/audit/writer.h"
#include "base/time.h"

namespace writ::api::audit {
namespace {

using reference::Member;
using reference::Shape;
using reference::ShapeType;

constexpr std::size_t json_bytes_max = 100'000;

/// "SAMLMetadataDocument" is written "sAMLMetadataDocument".
void write_name(Writer& writer, std::string_view name) {
    std::string told(name);
    if (!told.empty()) told.front() = ascii_lower(told.front());
    write_key(writer, told);
}

void write_plain_text(Writer& writer, std::string_view text) {
    using namespace std::string_view_literals;
    write_text(writer, holds_private_key(text) ? "HIDDEN_DUE_TO_SECURITY_REASONS"sv : text);
}

const Member* find_member(const Shape& shape, std::string_view name) noexcept {
    const auto found = std::ranges::find(shape.members, name, &Member::name);
    return found == shape.members.end() ? nullptr : &*found;
}

/// A node of a request.
void write_value(Writer& writer, const Input& value);

void write_entries(Writer& writer, const Shape& shape, const Input& value) {
    writer.StartObject();
    for (const auto& [name, entry] : value.entries()) {
        if (shape.type == ShapeType::map) {
            if (shape.element != nullptr && is_secret(*shape.element)) continue;
            write_key(writer, name);
        } else {
            const Member* member = find_member(shape, name);
            if (member == nullptr || is_secret(*member)) continue;
            write_name(writer, name);
        }
        write_value(writer, entry);
    }
    writer.EndObject();
}

void write_value(Writer& writer, const Input& value) {
    const Shape& shape = *value.shape();
    switch (shape.type) {
        case ShapeType::structure:
        case ShapeType::map:
            return write_entries(writer, shape, value);
        case ShapeType::list:
            writer.StartArray();
            if (shape.element == nullptr || !is_secret(*shape.element)) {
                for (const Input& item : value.items()) write_value(writer, item);
            }
            writer.EndArray();
            return;
        case ShapeType::integer:
        case ShapeType::long_integer:
            writer.Int64(value.integer());
            return;
        case ShapeType::boolean:
            writer.Bool(value.integer() != 0);
            return;
        default:
            write_plain_text(writer, value.text());
    }
}

/// A node of an answer.
struct OutputWriter {
    Writer& writer;
    const Shape& shape;

    void operator()(const Output::Structure& members) const {
        writer.StartObject();
        for (const auto& [name, value] : members) {
            const Member* member = shape.type == ShapeType::map ? shape.element : find_member(shape, name);
            if (member == nullptr || is_secret(*member)) continue;
            if (shape.type == ShapeType::map) {
                write_key(writer, name);
            } else {
                write_name(writer, name);
            }
            std::visit(OutputWriter{writer, *member->shape}, value.value());
        }
        writer.EndObject();
    }
    void operator()(const Output::List& items) const {
        writer.StartArray();
        if (!is_secret(*shape.element)) {
            for (const Output& item : items) {
                std::visit(OutputWriter{writer, *shape.element->shape}, item.value());
            }
        }
        writer.EndArray();
    }
    void operator()(const std::string& text) const { write_plain_text(writer, text); }
    void operator()(bool yes) const { writer.Bool(yes); }
    void operator()(std::int64_t number) const { writer.Int64(number); }
    void operator()(Instant instant) const { write_text(writer, format_iso8601(instant)); }
};

/// As it is, unless it is too large to keep.
std::string bounded(const rapidjson::StringBuffer& json) {
    if (json.GetSize() <= json_bytes_max) return {json.GetString(), json.GetSize()};
    return R"({"omitted":true,"originalSize":)" + std::to_string(json.GetSize()) + "}";
}

}  // namespace

std::string print_parameters(const Input& input) {
    if (input.shape() == nullptr || input.entries().empty()) return "null";
    rapidjson::StringBuffer json;
    Writer writer(json);
    write_value(writer, input);
    return bounded(json);
}

std::string print_response(const reference::Shape* shape, const Output& output) {
    const auto* members = std::get_if<Output::Structure>(&output.value());
    if (shape == nullptr || members == nullptr || members->empty()) return "null";
    rapidjson::StringBuffer json;
    Writer writer(json);
    OutputWriter{writer, *shape}(*members);
    return bounded(json);
}

}  // namespace writ::api::audit
