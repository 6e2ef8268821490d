#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/result.h"
#include "crypto/hash.h"
#include "crypto/signing_key.h"

/// Bodies in chunks as S3 clients send them, "Content-Encoding: aws-chunked": each chunk with a signature
/// that continues the one before, or without, and at the end, when announced, trailing headers such as a
/// checksum.
namespace writ::crypto {

/// What the signatures of the chunks continue.
struct ChunkSigning {
    std::shared_ptr<const SigningKey> key;
    std::string date;            ///< "20130524T000000Z".
    std::string scope;           ///< "20130524/us-east-1/s3/aws4_request".
    std::string seed_signature;  ///< Of the head of the request, verified.
};

struct AwsChunkedForm {
    std::optional<ChunkSigning> signing;  ///< Nothing: STREAMING-UNSIGNED-PAYLOAD-TRAILER.
    bool are_signatures_skipped = false;  ///< Without `signing`: they are there, and nobody can verify them.
    std::uint64_t decoded_bytes = 0;      ///< x-amz-decoded-content-length.
    bool has_trailer = false;             ///< …-TRAILER.
    std::vector<std::string> trailer_names;  ///< x-amz-trailer, in lower case.
};

/// Takes such a body apart while it arrives, in constant memory, and verifies every signature as soon as what
/// it covers is there. What comes out of a chunk is verified only after the chunk: whoever passes it on must
/// be able to take it back, and must keep the last byte of the body until finish() has said yes. For one
/// thread at a time.
///
/// Errors are those of S3: SignatureDoesNotMatch 403; InvalidRequest, IncompleteBody and
/// MalformedTrailerError 400. After the first one nothing more is taken.
class AwsChunkedDecoder {
  public:
    static constexpr std::size_t line_bytes_max = 1024;   ///< Of a chunk's header or a trailing header.
    static constexpr std::size_t trailer_lines_max = 16;  ///< Empty ones too.

    explicit AwsChunkedDecoder(AwsChunkedForm form);

    /// Appends what the next bytes of the body hold to `decoded`: as views into `bytes` …
    [[nodiscard]] Result<void> take(std::string_view bytes, std::vector<std::string_view>& decoded);
    /// … or as text.
    [[nodiscard]] Result<void> take(std::string_view bytes, std::string& decoded);
    /// The body has ended: everything that was announced has come, and every signature was right.
    [[nodiscard]] Result<void> finish();

    [[nodiscard]] std::uint64_t decoded_bytes() const noexcept { return decoded_bytes_; }  ///< So far.
    /// Trailing headers in the order sent, names in lower case, without the signature. Whole after finish().
    [[nodiscard]] const HttpHeaders& trailer() const noexcept { return trailer_; }

  private:
    enum class State : std::uint8_t { chunk_header, data, data_end, trailer, complete, failed };

    using Pieces = std::vector<std::string_view>;
    [[nodiscard]] Result<void> step(std::string_view& bytes, Pieces& decoded);
    void take_data(std::string_view& bytes, Pieces& decoded);
    [[nodiscard]] Result<bool> take_line(std::string_view& bytes);
    [[nodiscard]] Result<void> read_chunk_header();
    [[nodiscard]] Result<void> end_chunk();
    [[nodiscard]] Result<void> read_trailer_line();
    [[nodiscard]] Result<void> verify(const ChunkSigning& signing, std::string_view algorithm, bool of_chunk);
    [[nodiscard]] bool has_whole_trailer() const noexcept;

    AwsChunkedForm form_;
    State state_ = State::chunk_header;
    std::string line_;              ///< Without its end.
    std::string signature_;         ///< Claimed for what is being read.
    std::string previous_;          ///< The last one that was verified.
    std::uint64_t chunk_left_ = 0;  ///< Bytes of the chunk that are still to come.
    std::uint64_t decoded_bytes_ = 0;
    std::size_t trailer_lines_ = 0;
    Sha256 hash_;  ///< Of the data of the chunk, or of the trailing headers.
    HttpHeaders trailer_;
    bool is_trailer_signed_ = false;
};

}  // namespace writ::crypto
