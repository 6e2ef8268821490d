#include "expectations.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

namespace writ::raw_http {
namespace {

/// Bytes as they are meant; nothing where the text could be meant in two ways.
std::optional<std::string> decoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+') return {};
        if (text[at] != '%') {
            out += text[at];
            continue;
        }
        const std::size_t high = at + 2 < text.size() ? digits.find(text[at + 1]) : std::string_view::npos;
        const std::size_t low = at + 2 < text.size() ? digits.find(text[at + 2]) : std::string_view::npos;
        if (high == std::string_view::npos || low == std::string_view::npos) return {};
        out += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return out;
}

struct Target {
    std::string bucket, key;
    std::map<std::string, std::string> parameters;
};

std::optional<Target> read_target(std::string_view target) {
    const std::size_t question = target.find('?');
    const auto path = decoded(target.substr(0, question));
    if (!path || !path->starts_with('/')) return {};
    Target read;
    const std::size_t slash = path->find('/', 1);
    read.bucket = path->substr(1, slash == std::string::npos ? slash : slash - 1);
    if (slash != std::string::npos) read.key = path->substr(slash + 1);
    std::string_view rest = question == std::string_view::npos ? "" : target.substr(question + 1);
    while (!rest.empty()) {
        const std::string_view item = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), item.size() + 1));
        const std::size_t equals = item.find('=');
        const auto name = decoded(item.substr(0, equals));
        const auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                            : decoded(item.substr(equals + 1));
        if (!name || !value || !read.parameters.emplace(*name, *value).second) return {};
    }
    return read;
}

bool has_only(const std::map<std::string, std::string>& parameters,
              std::initializer_list<std::string_view> names) {
    return std::ranges::all_of(parameters, [&](const auto& parameter) {
        return std::ranges::find(names, parameter.first) != names.end() ||
               parameter.first.starts_with("response-") || parameter.first == "x-id" ||
               parameter.first.empty();
    });
}

/// The operation that a server would take it for; empty: one that the policy does not allow.
std::string_view operation_of(std::string_view method, const Target& target) {
    const auto has = [&](const char* name) { return target.parameters.contains(name); };
    if (target.key.empty()) {
        const bool lists = method == "GET" &&
                           has_only(target.parameters, {"list-type", "prefix", "delimiter", "max-keys", "a"});
        if (lists) return has("list-type") ? "ListObjectsV2" : "ListObjects";
        return method == "HEAD" &&
                       has_only(target.parameters, {"prefix", "list-type", "delimiter", "max-keys", "a"})
                   ? "HeadBucket"
                   : "";
    }
    const auto is_plain = [&] {
        return has_only(target.parameters,
                        {"prefix", "list-type", "delimiter", "max-keys", "a", "partNumber"});
    };
    if ((method == "GET" || method == "HEAD") && is_plain()) {
        return method == "GET" ? "GetObject" : "HeadObject";
    }
    if (method == "PUT" && has("uploadId") && has("partNumber")) {
        return has_only(target.parameters, {"uploadId", "partNumber"}) ? "UploadPart" : "";
    }
    if (method == "PUT") return is_plain() ? "PutObject" : "";
    if (method == "POST" && has("uploads"))
        return has_only(target.parameters, {"uploads"}) ? "CreateMultipartUpload" : "";
    if (method == "POST" && has("uploadId"))
        return has_only(target.parameters, {"uploadId", "partNumber"}) ? "CompleteMultipartUpload" : "";
    return "";
}

bool is_public(std::string_view bucket, std::string_view key) {
    if (bucket != "docs" || !key.starts_with("public/")) return false;
    const std::string padded = "/" + std::string(key) + "/";
    return key.find('\0') == std::string_view::npos && padded.find("/../") == std::string::npos &&
           padded.find("/./") == std::string::npos &&
           std::string_view(padded).substr(0, padded.size() - 1).find("//") == std::string::npos;
}

std::string complaint_about_source(const std::string& header) {
    const auto path = decoded(header);
    if (!path || path->find('?') != std::string::npos) return "a copy source in another form: " + header;
    const std::string_view source = std::string_view(*path).substr(path->starts_with('/') ? 1 : 0);
    const std::size_t slash = source.find('/');
    const bool may_be_read =
        slash != std::string_view::npos && is_public(source.substr(0, slash), source.substr(slash + 1));
    return may_be_read ? "" : "a copy of what may not be read: " + header;
}

std::string complaint_about_headers(const Message& received) {
    for (const auto* name :
         {"authorization", "x-amz-security-token", "connection", "te", "upgrade", "trailer", "x-amz-acl",
          "x-amz-tagging", "x-original-url", "x-http-method-override", "expect", "cookie"}) {
        if (received.header(name) != nullptr) return std::string("a header that must not arrive: ") + name;
    }
    const std::string* source = received.header("x-amz-copy-source");
    return source == nullptr ? "" : complaint_about_source(*source);
}

}  // namespace

std::string complaint_about(const Message& received, const Allowed& allowed) {
    const std::string& line = received.first_line;
    const std::size_t blank = line.find(' ');
    const std::string_view method = std::string_view(line).substr(0, blank);
    const auto target = read_target(std::string_view(line).substr(blank + 1, line.rfind(' ') - blank - 1));
    if (!target) return "a target with two meanings: " + line;
    const std::string_view operation = operation_of(method, *target);
    if (operation.empty()) return "an operation that is not allowed: " + line;
    const bool is_copy = received.header("x-amz-copy-source") != nullptr;
    const std::string expected = is_copy && operation == "PutObject"    ? "CopyObject"
                                 : is_copy && operation == "UploadPart" ? "UploadPartCopy"
                                                                        : std::string(operation);
    if (expected != allowed.operation) return line + " was allowed as " + allowed.operation;
    const bool may_pass =
        target->key.empty() ? target->bucket == "docs" : is_public(target->bucket, target->key);
    if (!may_pass) return "a resource that is not allowed: " + line;
    const std::string arn = "arn:aws:s3:::" + target->bucket + (target->key.empty() ? "" : "/" + target->key);
    if (!is_copy && arn != allowed.resource) return line + " was allowed as " + allowed.resource;
    return complaint_about_headers(received);
}

}  // namespace writ::raw_http
