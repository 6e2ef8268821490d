#include "api/query/print.h"

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "base/xml_text.h"

namespace writ::api::query {
namespace {

using reference::Member;
using reference::Shape;
using reference::ShapeType;

/// Documents that IAM percent-encodes in its answers, by the name of their shape (spec Q5).
constexpr std::string_view encoded_shape = "policyDocumentType";

/// XML 1.0 has no way to write most control characters.
bool printable(char c) {
    return static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r';
}

void set_text(pugi::xml_node node, std::string_view text) {
    if (text.empty()) return;
    pugi::xml_node value = node.append_child(pugi::node_pcdata);
    if (std::ranges::all_of(text, printable)) {
        value.set_value(text.data(), text.size());
        return;
    }
    std::string clean(text);
    std::ranges::replace_if(clean, std::not_fn(printable), '?');
    value.set_value(clean.data(), clean.size());
}

pugi::xml_node append(pugi::xml_node parent, std::string_view name) {
    return parent.append_child(std::string(name).c_str());
}

void print(pugi::xml_node node, const Shape& shape, const Output& value);

void print_structure(pugi::xml_node node, const Shape& shape, const Output::Structure& members) {
    for (const auto& [name, value] : members) {
        const auto member = std::ranges::find(shape.members, name, &Member::name);
        if (member == shape.members.end()) continue;
        print(append(node, member->wire_name), *member->shape, value);
    }
}

void print_list(pugi::xml_node node, const Shape& shape, const Output::List& items) {
    const std::string_view name = shape.element->wire_name.empty() ? "member" : shape.element->wire_name;
    for (const Output& item : items) print(append(node, name), *shape.element->shape, item);
}

void print_map(pugi::xml_node node, const Shape& shape, const Output::Structure& entries) {
    for (const auto& [key, value] : entries) {
        pugi::xml_node entry = node.append_child("entry");
        set_text(entry.append_child("key"), key);
        print(entry.append_child("value"), *shape.element->shape, value);
    }
}

std::string scalar(const Shape& shape, const Output& value) {
    struct Text {
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(bool yes) const { return yes ? "true" : "false"; }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(Instant instant) const { return format_iso8601(instant); }
        std::string operator()(const Output::Structure&) const { return {}; }
        std::string operator()(const Output::List&) const { return {}; }
    };
    std::string text = std::visit(Text{}, value.value());
    if (shape.name == encoded_shape) return percent_encode(text);
    return text;
}

void print(pugi::xml_node node, const Shape& shape, const Output& value) {
    const auto* structure = std::get_if<Output::Structure>(&value.value());
    const auto* list = std::get_if<Output::List>(&value.value());
    if (shape.type == ShapeType::structure && structure != nullptr) {
        print_structure(node, shape, *structure);
    } else if (shape.type == ShapeType::list && list != nullptr) {
        print_list(node, shape, *list);
    } else if (shape.type == ShapeType::map && structure != nullptr) {
        print_map(node, shape, *structure);
    } else if (const auto* text = std::get_if<std::string>(&value.value());
               text && shape.name != encoded_shape) {
        set_text(node, *text);
    } else {
        set_text(node, scalar(shape, value));
    }
}

HttpResponse respond(int status, const pugi::xml_document& document) {
    HttpResponse response;
    response.status = status;
    response.body.reserve(1024);
    XmlText writer(response.body);
    document.save(writer, "  ", pugi::format_indent | pugi::format_no_declaration, pugi::encoding_utf8);
    response.headers.emplace_back("Content-Type", "text/xml");
    return response;
}

}  // namespace

HttpResponse print_answer(const reference::ApiService& service, const reference::Operation& operation,
                          const Output& output, std::string_view request_id) {
    pugi::xml_document document;
    std::string name(operation.name);
    const std::size_t name_size = name.size();
    pugi::xml_node root = document.append_child(name.append("Response").c_str());
    root.append_attribute("xmlns").set_value(service.xml_namespace.data(), service.xml_namespace.size());
    if (operation.output != nullptr) {
        name.replace(name_size, std::string::npos, "Result");
        const std::string_view wrapper =
            operation.result_wrapper.empty() ? std::string_view(name) : operation.result_wrapper;
        print(append(root, wrapper), *operation.output, output);
    }
    set_text(root.append_child("ResponseMetadata").append_child("RequestId"), request_id);
    return respond(200, document);
}

HttpResponse print_error(std::string_view xml_namespace, const Error& error, std::string_view request_id) {
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("ErrorResponse");
    root.append_attribute("xmlns").set_value(xml_namespace.data(), xml_namespace.size());
    pugi::xml_node body = root.append_child("Error");
    set_text(body.append_child("Type"), error.http_status < 500 ? "Sender" : "Receiver");
    set_text(body.append_child("Code"), error.code);
    if (!error.message.empty()) set_text(body.append_child("Message"), error.message);
    set_text(root.append_child("RequestId"), request_id);
    return respond(error.http_status, document);
}

HttpResponse print_unknown_route() {
    pugi::xml_document document;
    document.append_child("UnknownOperationException");
    return respond(404, document);
}

}  // namespace writ::api::query
