#include "gateway/denials.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/xml_text.h"

namespace writ::gateway {
namespace {

using nlohmann::ordered_json;
using reference::WireProtocol;

/// What JSON, CBOR and XML can all hold: printable, and UTF-8 throughout.
std::string printable(std::string_view text) {
    const bool is_utf_8 = count_scalars(text).has_value();
    std::string out(text);
    for (char& c : out) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < ' ' || byte == 0x7f || (byte >= 0x80 && !is_utf_8)) c = '?';
    }
    return out;
}

void append(pugi::xml_node parent, const char* name, const std::string& text) {
    pugi::xml_node node = parent.append_child(name);
    if (!text.empty()) node.append_child(pugi::node_pcdata).set_value(text.c_str());
}

std::string to_text(const pugi::xml_document& document, bool is_declared) {
    std::string text;
    XmlText writer(text);
    if (is_declared) text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return text;
}

std::string print_s3(const Error& error, const HttpRequest& request) {
    pugi::xml_document document;
    const pugi::xml_node root = document.append_child("Error");
    append(root, "Code", error.code);
    append(root, "Message", printable(error.message));
    append(root, "RequestId", request.request_id);
    append(root, "HostId", request.request_id);
    return to_text(document, true);
}

std::string print_ec2(const Error& error, const HttpRequest& request) {
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("Response");
    const pugi::xml_node node = root.append_child("Errors").append_child("Error");
    append(node, "Code", error.code);
    append(node, "Message", printable(error.message));
    append(root, "RequestID", request.request_id);
    return to_text(document, true);
}

/// "http://sns.amazonaws.com/doc/2010-03-31/"; REST services have https.
std::string namespace_of(const ErrorDialect& dialect) {
    if (dialect.service == nullptr) return {};
    std::string text = dialect.shape == ErrorShape::rest_xml ? "https://" : "http://";
    return text.append(dialect.service->endpoint_prefix)
        .append(".amazonaws.com/doc/")
        .append(dialect.service->api_version)
        .append("/");
}

std::string print_query(const ErrorDialect& dialect, const Error& error, const HttpRequest& request) {
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("ErrorResponse");
    if (const std::string space = namespace_of(dialect); !space.empty()) {
        root.append_attribute("xmlns").set_value(space.c_str());
    }
    const pugi::xml_node node = root.append_child("Error");
    append(node, "Type", error.http_status >= 500 ? "Receiver" : "Sender");
    append(node, "Code", error.code);
    append(node, "Message", printable(error.message));
    append(root, "RequestId", request.request_id);
    return to_text(document, false);
}

/// Services that once spoke Query tell JSON clients the code of those days in a header, which SDKs prefer.
bool is_compatible_with_query(const ErrorDialect& dialect) {
    return dialect.service != nullptr &&
           (dialect.service->signing_name == "sqs" || dialect.service->signing_name == "monitoring");
}

void add_query_code(const ErrorDialect& dialect, const Error& error, HttpResponse& response) {
    if (!is_compatible_with_query(dialect)) return;
    const std::string code = error.code == "AccessDeniedException" ? "AccessDenied" : error.code;
    response.headers.emplace_back("x-amzn-query-error",
                                  code + (error.http_status >= 500 ? ";Receiver" : ";Sender"));
}

void print_json(const ErrorDialect& dialect, const Error& error, HttpResponse& response) {
    const bool is_1_0 = dialect.service != nullptr && dialect.service->speaks(WireProtocol::json_1_0);
    response.headers.emplace_back("Content-Type",
                                  is_1_0 ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1");
    add_query_code(dialect, error, response);
    response.body = ordered_json{{"__type", error.code}, {"Message", printable(error.message)}}.dump();
}

void print_cbor(const ErrorDialect& dialect, const Error& error, HttpResponse& response) {
    response.headers.emplace_back("Content-Type", "application/cbor");
    response.headers.emplace_back("smithy-protocol", "rpc-v2-cbor");
    add_query_code(dialect, error, response);
    const auto bytes =
        ordered_json::to_cbor(ordered_json{{"__type", error.code}, {"message", printable(error.message)}});
    response.body.assign(bytes.begin(), bytes.end());
}

void print_rest_json(const Error& error, HttpResponse& response) {
    response.headers.emplace_back("Content-Type", "application/json");
    response.headers.emplace_back("x-amzn-ErrorType", error.code);
    response.body = ordered_json{{"message", printable(error.message)}}.dump();
}

}  // namespace

ErrorDialect dialect_of(const reference::RequestService& service, WireProtocol protocol) {
    switch (protocol) {
        case WireProtocol::query:
            return {ErrorShape::query, &service};
        case WireProtocol::ec2_query:
            return {ErrorShape::ec2, &service};
        case WireProtocol::json_1_0:
        case WireProtocol::json_1_1:
            return {ErrorShape::json, &service};
        case WireProtocol::rpc_v2_cbor:
            return {ErrorShape::cbor, &service};
        case WireProtocol::rest_xml:
            return {service.id == "s3" ? ErrorShape::s3 : ErrorShape::rest_xml, &service};
        default:
            return {ErrorShape::rest_json, &service};
    }
}

namespace {

ErrorShape guess_shape(const HttpRequest& head, std::string_view signing_name) {
    const auto content_type = [&](std::string_view begin) {
        const std::string* type = find_header(head.headers, "content-type");
        return type != nullptr && ascii_lower(*type).starts_with(begin);
    };
    if (signing_name == "s3") return ErrorShape::s3;
    if (find_header(head.headers, "smithy-protocol") != nullptr) return ErrorShape::cbor;
    if (find_header(head.headers, "x-amz-target") != nullptr || content_type("application/x-amz-json")) {
        return ErrorShape::json;
    }
    if (signing_name == "ec2") return ErrorShape::ec2;
    if (content_type("application/x-www-form-urlencoded") || head.target.starts_with("/?Action=")) {
        return ErrorShape::query;
    }
    if (signing_name.empty()) return ErrorShape::s3;  // Hardly anything else is called unsigned.
    return ErrorDialect{}.shape;
}

}  // namespace

ErrorDialect guess_dialect(const HttpRequest& head, std::string_view signing_name) {
    return {.shape = guess_shape(head, signing_name)};
}

crypto::CredentialDialect credential_dialect(const ErrorDialect& dialect) noexcept {
    using crypto::CredentialDialect;
    switch (dialect.shape) {
        case ErrorShape::s3:
            return CredentialDialect::s3;
        case ErrorShape::query:
            return CredentialDialect::query;
        case ErrorShape::ec2:
            return CredentialDialect::ec2;
        case ErrorShape::json:
        case ErrorShape::cbor:
            return CredentialDialect::json;
        default:
            return CredentialDialect::rest;
    }
}

Error denial(const ErrorDialect& dialect, std::string_view sentence) {
    switch (dialect.shape) {
        case ErrorShape::ec2:  // N10.
            return {"UnauthorizedOperation", 403,
                    "You are not authorized to perform this operation. " + std::string(sentence)};
        case ErrorShape::query: {
            const bool is_sns = dialect.service != nullptr && dialect.service->signing_name == "sns";
            return {is_sns ? "AuthorizationError" : "AccessDenied", 403, std::string(sentence)};
        }
        case ErrorShape::s3:
        case ErrorShape::rest_xml:
            return {"AccessDenied", 403, std::string(sentence)};
        case ErrorShape::rest_json:
            return {"AccessDeniedException", 403, std::string(sentence)};
        default:
            return {"AccessDeniedException", 400, std::string(sentence)};
    }
}

HttpResponse print_error(const ErrorDialect& dialect, const Error& error, const HttpRequest& request) {
    HttpResponse response;
    response.status = error.http_status;
    const auto set_xml = [&](std::string_view type, std::string body) {
        response.headers.emplace_back("Content-Type", type);
        response.body = std::move(body);
    };
    switch (dialect.shape) {
        case ErrorShape::s3:
            response.headers.emplace_back("x-amz-request-id", request.request_id);
            response.headers.emplace_back("x-amz-id-2", request.request_id);
            set_xml("application/xml", print_s3(error, request));
            break;
        case ErrorShape::ec2:
            set_xml("text/xml;charset=UTF-8", print_ec2(error, request));
            break;
        case ErrorShape::query:
        case ErrorShape::rest_xml:
            set_xml("text/xml", print_query(dialect, error, request));
            break;
        case ErrorShape::json:
            print_json(dialect, error, response);
            break;
        case ErrorShape::cbor:
            print_cbor(dialect, error, response);
            break;
        case ErrorShape::rest_json:
            print_rest_json(error, response);
    }
    response.headers.emplace_back("x-amzn-RequestId", request.request_id);
    if (request.method == "HEAD") response.body.clear();
    return response;
}

}  // namespace writ::gateway
