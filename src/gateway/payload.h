#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/result.h"
#include "gateway/strict_request.h"

/// What the head of a request to S3 says about its body (spec Z9).
namespace writ::gateway {

enum class Signing : std::uint8_t { header, query, form, none };

struct Payload {
    enum class Kind : std::uint8_t {
        hashed,           ///< x-amz-content-sha256 is its hash.
        not_signed,       ///< UNSIGNED-PAYLOAD.
        signed_chunks,    ///< STREAMING-AWS4-HMAC-SHA256-PAYLOAD(-TRAILER).
        unsigned_chunks,  ///< STREAMING-UNSIGNED-PAYLOAD-TRAILER.
    };

    Kind kind = Kind::not_signed;
    std::string signed_text;  ///< What the signature covers in place of a hash.
    std::uint64_t bytes = 0;  ///< Of what is meant, without chunk framing.
    bool has_trailer = false;
    std::vector<std::string> trailer_names{};  ///< In lower case; checksums only.

    [[nodiscard]] bool is_chunked() const noexcept {
        return kind == Kind::signed_chunks || kind == Kind::unsigned_chunks;
    }
};

/// Errors are those of S3: InvalidRequest and InvalidArgument 400, MissingContentLength 411, NotImplemented
/// 501.
[[nodiscard]] Result<Payload> read_payload(const HttpRequest& head, const BodyFraming& framing,
                                           Signing signing);

/// Characters of the checksum that a trailing header of that name (lower case) holds; 0: no such checksum.
[[nodiscard]] std::size_t checksum_characters(std::string_view trailer_name) noexcept;

/// Whether the value of Content-Encoding has the coding "aws-chunked"; `rest` receives the others.
[[nodiscard]] bool take_aws_chunked(std::string_view content_encoding, std::string& rest);

}  // namespace writ::gateway
