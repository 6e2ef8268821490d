#include "api/json/print.h"

#include <algorithm>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "api/json/errors.h"

namespace writ::api::json {
namespace {

using reference::Member;
using reference::Protocol;
using reference::Shape;
using reference::ShapeType;
using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr std::string_view json_1_1_type = "application/x-amz-json-1.1";

void write_text(Writer& writer, std::string_view text) {
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void write_key(Writer& writer, std::string_view key) {
    writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
}

void write(Writer& writer, std::string_view key, std::string_view value) {
    write_key(writer, key);
    write_text(writer, value);
}

void write_value(Writer& writer, const Shape& shape, const Output& value);

void write_structure(Writer& writer, const Shape& shape, const Output::Structure& members) {
    writer.StartObject();
    for (const auto& [name, value] : members) {
        const auto member = std::ranges::find(shape.members, name, &Member::name);
        if (member == shape.members.end()) continue;
        write_key(writer, member->wire_name);
        write_value(writer, *member->shape, value);
    }
    writer.EndObject();
}

void write_map(Writer& writer, const Shape& shape, const Output::Structure& entries) {
    writer.StartObject();
    for (const auto& [key, value] : entries) {
        write_key(writer, key);
        write_value(writer, *shape.element->shape, value);
    }
    writer.EndObject();
}

void write_list(Writer& writer, const Shape& shape, const Output::List& items) {
    writer.StartArray();
    for (const Output& item : items) write_value(writer, *shape.element->shape, item);
    writer.EndArray();
}

/// Seconds with three decimals, as the JSON services send them.
void write_instant(Writer& writer, Instant instant) {
    constexpr double ms_per_s = 1000.0;
    writer.Double(static_cast<double>(instant.time_since_epoch().count()) / ms_per_s);
}

void write_value(Writer& writer, const Shape& shape, const Output& value) {
    struct Visitor {
        Writer& writer;
        const Shape& shape;
        void operator()(const Output::Structure& members) const {
            if (shape.type == ShapeType::map) return write_map(writer, shape, members);
            write_structure(writer, shape, members);
        }
        void operator()(const Output::List& items) const { write_list(writer, shape, items); }
        void operator()(const std::string& text) const { write_text(writer, text); }
        void operator()(bool yes) const { writer.Bool(yes); }
        void operator()(std::int64_t number) const { writer.Int64(number); }
        void operator()(Instant instant) const { write_instant(writer, instant); }
    };
    std::visit(Visitor{writer, shape}, value.value());
}

}  // namespace

HttpResponse print_answer(const reference::Operation& operation, const Output& output) {
    HttpResponse response;
    response.status = operation.http_status;
    if (operation.output != nullptr) {
        rapidjson::StringBuffer buffer;
        Writer writer(buffer);
        write_value(writer, *operation.output, output);
        response.body.assign(buffer.GetString(), buffer.GetSize());
    }
    response.headers.emplace_back("Content-Type", json_1_1_type);
    return response;
}

HttpResponse print_error(const reference::ApiService& service, const Error& error) {
    const bool rest = service.protocol == Protocol::rest_json;
    const Error told = in_words_of(service, error);
    rapidjson::StringBuffer buffer;
    Writer writer(buffer);
    writer.StartObject();
    if (!rest) write(writer, "__type", told.code);
    write(writer, rest ? "message" : "Message", told.message);
    if (!told.reason.empty()) write(writer, "Reason", told.reason);
    writer.EndObject();

    HttpResponse response;
    response.status = told.http_status;
    response.body.assign(buffer.GetString(), buffer.GetSize());
    response.headers.emplace_back("Content-Type", rest ? "application/json" : json_1_1_type);
    if (rest) response.headers.emplace_back("x-amzn-ErrorType", told.code);
    return response;
}

}  // namespace writ::api::json
