#include "gateway/payload.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace writ::gateway {
namespace {

constexpr std::string_view unsigned_text = "UNSIGNED-PAYLOAD";

struct Streaming {
    std::string_view text;
    Payload::Kind kind;
    bool has_trailer;
};
constexpr auto streamings = std::to_array<Streaming>({
    {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD", Payload::Kind::signed_chunks, false},
    {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", Payload::Kind::signed_chunks, true},
    {"STREAMING-UNSIGNED-PAYLOAD-TRAILER", Payload::Kind::unsigned_chunks, true},
});

struct Checksum {
    std::string_view name;
    std::size_t bytes;
};
constexpr auto checksums = std::to_array<Checksum>({
    {"x-amz-checksum-crc32", 4},
    {"x-amz-checksum-crc32c", 4},
    {"x-amz-checksum-crc64nvme", 8},
    {"x-amz-checksum-sha1", 20},
    {"x-amz-checksum-sha256", 32},
});

std::unexpected<Error> missing_length() {
    return fail("MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
}

bool is_sha256(std::string_view text) noexcept {
    return text.size() == 64 &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<Payload> read_kind(const HttpRequest& head, Signing signing) {
    const std::string* value = find_header(head.headers, "x-amz-content-sha256");
    if (value == nullptr) {
        if (signing == Signing::header) {
            return fail("InvalidRequest", 400,
                        "Missing required header for this request: x-amz-content-sha256");
        }
        return Payload{.kind = Payload::Kind::not_signed, .signed_text = std::string(unsigned_text)};
    }
    const std::string text(trimmed(*value));
    if (text == unsigned_text) return Payload{.kind = Payload::Kind::not_signed, .signed_text = text};
    if (is_sha256(text)) return Payload{.kind = Payload::Kind::hashed, .signed_text = text};
    if (const auto* row = std::ranges::find(streamings, text, &Streaming::text); row != streamings.end()) {
        return Payload{.kind = row->kind, .signed_text = text, .has_trailer = row->has_trailer};
    }
    if (text.starts_with("STREAMING-AWS4-ECDSA-")) {
        return fail("NotImplemented", 501, "Chunks signed with Signature Version 4A are not supported.");
    }
    return fail(
        "InvalidArgument", 400,
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 "
        "value.");
}

Result<void> read_trailer_names(const HttpRequest& head, Payload& payload) {
    const std::string* value = find_header(head.headers, "x-amz-trailer");
    if (value == nullptr) return {};
    if (!payload.has_trailer) {
        return fail("InvalidRequest", 400, "x-amz-trailer is of no use with this x-amz-content-sha256.");
    }
    std::string name = ascii_lower(trimmed(*value));
    if (checksum_characters(name) == 0) {
        return fail("InvalidRequest", 400,
                    "The value specified in the x-amz-trailer header is not supported");
    }
    payload.trailer_names = {std::move(name)};
    return {};
}

Result<std::uint64_t> read_decoded_length(const HttpRequest& head) {
    const std::string* value = find_header(head.headers, "x-amz-decoded-content-length");
    if (value == nullptr) return missing_length();
    const std::string_view digits = trimmed(*value);
    std::uint64_t length = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) {
        return fail("InvalidArgument", 400, "x-amz-decoded-content-length is not a number.");
    }
    return length;
}

}  // namespace

std::size_t checksum_characters(std::string_view trailer_name) noexcept {
    const auto* row = std::ranges::find(checksums, trailer_name, &Checksum::name);
    return row == checksums.end() ? 0 : (row->bytes + 2) / 3 * 4;  // In base64.
}

bool take_aws_chunked(std::string_view content_encoding, std::string& rest) {
    bool is_there = false;
    rest.clear();
    for (std::string_view left = content_encoding; !left.empty();) {
        const std::string_view item = left.substr(0, left.find(','));
        left.remove_prefix(std::min(left.size(), item.size() + 1));
        const std::string_view coding = trimmed(item);
        if (coding.empty()) continue;
        if (equals_ignoring_case(coding, "aws-chunked")) {
            is_there = true;
            continue;
        }
        if (!rest.empty()) rest += ',';
        rest.append(coding);
    }
    return is_there;
}

Result<Payload> read_payload(const HttpRequest& head, const BodyFraming& framing, Signing signing) {
    auto payload = read_kind(head, signing);
    if (!payload) return payload;
    if (auto done = read_trailer_names(head, *payload); !done) return std::unexpected(done.error());
    if (payload->is_chunked()) {
        const auto length = read_decoded_length(head);
        if (!length) return std::unexpected(length.error());
        payload->bytes = *length;
        return payload;
    }
    std::string rest;
    const std::string* encoding = find_header(head.headers, "content-encoding");
    if (encoding != nullptr && take_aws_chunked(*encoding, rest)) {
        return fail("InvalidRequest", 400,
                    "Content-Encoding is aws-chunked, and x-amz-content-sha256 says that the body is not.");
    }
    if (framing.is_chunked) return missing_length();
    payload->bytes = framing.length.value_or(0);
    return payload;
}

}  // namespace writ::gateway
