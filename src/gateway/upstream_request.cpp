#include "gateway/upstream_request.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/sigv4_signer.h"
#include "gateway/payload.h"

namespace writ::gateway {
namespace {

/// Beside those that the model of the operation has.
constexpr auto passed_on = std::to_array<std::string_view>({"accept",
                                                            "accept-encoding",
                                                            "accept-language",
                                                            "access-control-request-headers",
                                                            "access-control-request-method",
                                                            "cache-control",
                                                            "content-disposition",
                                                            "content-encoding",
                                                            "content-language",
                                                            "content-md5",
                                                            "content-type",
                                                            "date",
                                                            "expires",
                                                            "if-match",
                                                            "if-modified-since",
                                                            "if-none-match",
                                                            "if-unmodified-since",
                                                            "origin",
                                                            "range",
                                                            "referer",
                                                            "smithy-protocol",
                                                            "user-agent"});
constexpr auto passed_on_prefixes = std::to_array<std::string_view>({"x-amz-", "x-amzn-", "amz-sdk-"});

/// About the signature, the framing of the body, and what only the gateway can know.
constexpr auto ended_here = std::to_array<std::string_view>(
    {"x-amz-content-sha256", "x-amz-date", "x-amz-decoded-content-length", "x-amz-expected-bucket-owner",
     "x-amz-security-token", "x-amz-source-expected-bucket-owner", "x-amz-trailer"});

bool has(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

bool is_in_model(const reference::RequestOperation* operation, std::string_view name) {
    using Location = reference::RequestMember::Location;
    if (operation == nullptr || operation->input == nullptr) return false;
    return std::ranges::any_of(operation->input->members, [&](const reference::RequestMember& member) {
        if (member.location == Location::header) return equals_ignoring_case(member.wire_name, name);
        return member.location == Location::header_prefix && !member.wire_name.empty() &&
               name.starts_with(ascii_lower(member.wire_name));
    });
}

/// Never those that decide about the connection, whatever a model says.
constexpr auto of_the_connection = std::to_array<std::string_view>(
    {"authorization", "connection", "content-length", "expect", "host", "keep-alive", "proxy-authenticate",
     "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"});

bool goes_on(std::string_view name, const reference::RequestOperation* operation) {
    if (has(of_the_connection, name) || has(ended_here, name)) return false;
    const auto begins = [&](std::string_view prefix) { return name.starts_with(prefix); };
    return has(passed_on, name) || std::ranges::any_of(passed_on_prefixes, begins) ||
           is_in_model(operation, name);
}

/// What clients of S3 say of themselves, and the checksums that any operation with a body may have.
constexpr auto known_to_all_of_s3 = std::to_array<std::string_view>(
    {"x-amz-api-version", "x-amz-checksum-", "x-amz-sdk-", "x-amz-te", "x-amz-user-agent"});

/// Whether S3's operation knows a header of S3: servers have further ones of their own.
bool is_unknown_to_s3(std::string_view name, const UpstreamCall& call) {
    const auto begins = [&](std::string_view prefix) { return name.starts_with(prefix); };
    return call.signing_name == "s3" && call.operation != nullptr && begins("x-amz-") &&
           std::ranges::none_of(known_to_all_of_s3, begins) && !is_in_model(call.operation, name);
}

/// A header name that some servers take for another one: '_' for '-' (CGI).
bool is_plain(std::string_view name) {
    return name.find('_') == std::string_view::npos;
}

HttpHeaders headers_that_go_on(HttpHeaders headers, const UpstreamCall& call) {
    HttpHeaders kept;
    kept.reserve(headers.size() + 4);  // Those of our own signature and host come behind.
    for (auto& [name, value] : headers) {
        const std::string lower = ascii_lower(name);
        if (!is_plain(lower) || !goes_on(lower, call.operation) || is_unknown_to_s3(lower, call)) continue;
        if (lower == "content-encoding") {
            std::string rest;
            if (take_aws_chunked(value, rest)) value = std::move(rest);
            if (value.empty()) continue;
        }
        kept.emplace_back(std::move(name), std::move(value));
    }
    return kept;
}

void set_chunks_of_our_own(HttpHeaders& headers, const UpstreamBody& body) {
    const auto encoding = std::ranges::find_if(
        headers, [](const auto& header) { return equals_ignoring_case(header.first, "content-encoding"); });
    if (encoding != headers.end()) {
        encoding->second.insert(0, "aws-chunked,");
    } else {
        headers.emplace_back("Content-Encoding", "aws-chunked");
    }
    headers.emplace_back("x-amz-decoded-content-length", std::to_string(body.decoded_bytes));
    headers.emplace_back("x-amz-trailer", body.trailer_name);
}

}  // namespace

HttpRequest make_upstream_request(HttpRequest request, const UpstreamCall& call, const UpstreamBody& body,
                                  Instant now) {
    request.headers = headers_that_go_on(std::move(request.headers), call);
    request.headers.emplace_back("Host", call.upstream.authority);
    const bool is_s3 = call.signing_name == "s3";
    const bool is_signed = call.upstream.credentials.has_value();
    crypto::SigningForm form;
    std::string content_sha256;
    if (!body.trailer_name.empty()) set_chunks_of_our_own(request.headers, body);
    if (is_s3 && (is_signed || !body.trailer_name.empty())) {
        content_sha256 =
            body.content_sha256.empty() ? hex_encode(crypto::sha256(request.body)) : body.content_sha256;
        request.headers.emplace_back("x-amz-content-sha256", content_sha256);
        form = {.is_path_encoded_once = true, .payload_hash = content_sha256};
    }
    if (is_signed) {
        const std::string_view region =
            call.upstream.signing_region.empty() ? call.region : call.upstream.signing_region;
        crypto::sign(request, *call.upstream.credentials, region, call.signing_name, now, form);
    }
    return request;
}

}  // namespace writ::gateway
