#include "api/json/read.h"

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace writ::api::json {
namespace {

using Json = nlohmann::json;
using reference::Member;
using reference::Shape;
using reference::ShapeType;
using Read = Result<std::optional<Input>>;

Read read_value(const Json& json, const Shape& shape);

std::unexpected<Error> malformed(std::string message) {
    return fail("SerializationException", 400, std::move(message));
}

std::string_view token_of(const Json& json) {
    switch (json.type()) {
        case Json::value_t::string:
            return "STRING_VALUE";
        case Json::value_t::boolean:
            return json.get<bool>() ? "TRUE_VALUE" : "FALSE_VALUE";
        case Json::value_t::array:
            return "START_ARRAY";
        case Json::value_t::object:
            return "START_OBJECT";
        case Json::value_t::number_float:
            return "DECIMAL_VALUE";
        default:
            return "NUMBER_VALUE";
    }
}

std::unexpected<Error> not_convertible(const Json& json, std::string_view type) {
    return malformed(std::string(token_of(json)) + " can not be converted to " + std::string(type));
}

Read read_text(const Json& json, const Shape& shape) {
    if (!json.is_string()) return not_convertible(json, "a String");
    Input value(shape);
    value.set_text(json.get<std::string>());
    return value;
}

/// Beyond 64 bits a number is read as a decimal one, and refused as such.
Read read_integer(const Json& json, const Shape& shape) {
    if (!json.is_number_integer()) return not_convertible(json, "an Integer");
    const bool wide = shape.type == ShapeType::long_integer;
    const auto max = wide ? std::numeric_limits<std::int64_t>::max()
                          : std::int64_t{std::numeric_limits<std::int32_t>::max()};
    const auto min = wide ? std::numeric_limits<std::int64_t>::min()
                          : std::int64_t{std::numeric_limits<std::int32_t>::min()};
    const bool beyond =
        json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(max);
    if (beyond || json.get<std::int64_t>() < min) return not_convertible(json, "an Integer");
    Input value(shape);
    value.set_integer(json.get<std::int64_t>());
    value.set_text(json.dump());
    return value;
}

Read read_boolean(const Json& json, const Shape& shape) {
    if (!json.is_boolean()) return not_convertible(json, "a Boolean");
    Input value(shape);
    value.set_integer(json.get<bool>() ? 1 : 0);
    return value;
}

/// Seconds since 1970.
Read read_timestamp(const Json& json, const Shape& shape) {
    constexpr double seconds_max = 253402300799.0;  // The end of the year 9999.
    if (!json.is_number()) return not_convertible(json, "a Timestamp");
    const auto seconds = json.get<double>();
    if (!(seconds >= 0 && seconds <= seconds_max)) return not_convertible(json, "a Timestamp");
    Input value(shape);
    value.set_integer(static_cast<std::int64_t>(seconds * 1000.0));
    value.set_text(json.dump());
    return value;
}

Read read_list(const Json& json, const Shape& shape) {
    if (!json.is_array()) return not_convertible(json, "a List");
    Input list(shape);
    for (const Json& element : json) {
        auto item = read_value(element, *shape.element->shape);
        if (!item) return std::unexpected(item.error());
        if (*item) list.add_item(std::move(**item));
    }
    return list;
}

Read read_map(const Json& json, const Shape& shape) {
    if (!json.is_object()) return not_convertible(json, "a Map");
    Input map(shape);
    for (const auto& [key, element] : json.items()) {
        auto value = read_value(element, *shape.element->shape);
        if (!value) return std::unexpected(value.error());
        if (*value) map.add_entry(key, std::move(**value));
    }
    return map;
}

Read read_structure(const Json& json, const Shape& shape) {
    if (!json.is_object()) return not_convertible(json, "a Structure");
    Input structure(shape);
    for (const Member& member : shape.members) {
        const auto element = json.find(std::string(member.wire_name));
        if (element == json.end()) continue;
        auto value = read_value(*element, *member.shape);
        if (!value) return std::unexpected(value.error());
        if (*value) structure.add_entry(member.name, std::move(**value));
    }
    return structure;
}

/// As deep as the model, which the text cannot change: shapes that contain themselves end where the text
/// does.
Read read_value(const Json& json, const Shape& shape) {
    if (json.is_null()) return std::nullopt;
    switch (shape.type) {
        case ShapeType::structure:
            return read_structure(json, shape);
        case ShapeType::list:
            return read_list(json, shape);
        case ShapeType::map:
            return read_map(json, shape);
        case ShapeType::integer:
        case ShapeType::long_integer:
            return read_integer(json, shape);
        case ShapeType::boolean:
            return read_boolean(json, shape);
        case ShapeType::timestamp:
            return read_timestamp(json, shape);
        default:
            return read_text(json, shape);
    }
}

/// Brackets that are open at once. No operation of the model needs more than ten.
constexpr int depth_max = 64;

/// Discarded when it is no JSON, or nested too deeply.
Json parse(std::string_view body) {
    bool too_deep = false;
    const auto watch = [&](int depth, Json::parse_event_t, Json&) {
        too_deep = too_deep || depth > depth_max;
        return !too_deep;
    };
    Json json = Json::parse(body, watch, false);
    if (too_deep) json = Json(Json::value_t::discarded);
    return json;
}

}  // namespace

Result<Input> read_input(std::string_view body, const Shape* shape) {
    if (shape == nullptr) return Input{};
    if (body.empty()) return Input(*shape);
    const Json json = parse(body);
    if (json.is_discarded() || !json.is_object()) {
        return malformed("The body of the request is no JSON object.");
    }
    auto read = read_structure(json, *shape);
    if (!read) return std::unexpected(read.error());
    return std::move(**read);
}

}  // namespace writ::api::json
