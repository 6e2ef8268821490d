#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/aws_chunked.h"
#include "crypto/hash.h"
#include "gateway/form_policy.h"
#include "gateway/form_reader.h"

/// A body on its way from the client to the upstream, verified as it passes, in constant memory.
namespace writ::gateway {

/// Puts a body of known length in unsigned chunks, with a checksum behind it. For one thread at a time.
class AwsChunkedWriter {
  public:
    static constexpr std::size_t chunk_bytes = std::size_t{64} * 1024;

    /// Of everything together, with a trailing header of that name; empty: none.
    [[nodiscard]] static std::uint64_t total_bytes(std::uint64_t body_bytes, std::string_view trailer_name);

    void put(std::string_view bytes, std::string& out);
    void finish(const HttpHeaders& trailer, std::string& out);

  private:
    void put_chunk(std::string& out);
    std::string waiting_;  ///< Less than a chunk.
};

/// What is taken in comes out as the upstream is to get it. Whatever the upstream has got when something
/// turns out to be wrong is not the whole body: at least its last byte is kept until finish(). For one thread
/// at a time.
class BodyPassage {
  public:
    /// Nothing is verified but by whoever counts the bytes.
    [[nodiscard]] static BodyPassage unverified(std::uint64_t bytes);
    /// `sha256` in lower-case hexadecimal digits.
    [[nodiscard]] static BodyPassage hashed(std::uint64_t bytes, std::string sha256);
    /// Goes on without chunks, but in chunks of our own where there is a trailing header.
    [[nodiscard]] static BodyPassage chunked(crypto::AwsChunkedForm form);

    /// The file of a form, of which `first` has come out already. `bytes`: how long it must be; nothing: only
    /// its end tells.
    [[nodiscard]] static BodyPassage file_of(FormReader form, std::string first, const FileRange& range,
                                             std::optional<std::uint64_t> bytes);

    /// Whether upstream_bytes() is known before the end. If not, all must be taken before any goes on.
    [[nodiscard]] bool is_length_known() const noexcept { return is_length_known_; }
    /// How much comes out altogether.
    [[nodiscard]] std::uint64_t upstream_bytes() const noexcept { return upstream_bytes_; }

    using Pieces = std::vector<std::string_view>;
    /// Appends to `out` what may go on, as views into `bytes` and into the passage, good until the next
    /// take(): hardly a byte is copied on its way. An error ends the passage: the upstream must not get more.
    [[nodiscard]] Result<void> take(std::string_view bytes, Pieces& out);
    /// The client has sent everything: what was kept goes on if all is right.
    [[nodiscard]] Result<void> finish(Pieces& out);
    // The same as text.
    [[nodiscard]] Result<void> take(std::string_view bytes, std::string& out);
    [[nodiscard]] Result<void> finish(std::string& out);

  private:
    BodyPassage() = default;
    void keep_last(Pieces& pieces);
    [[nodiscard]] Result<void> take_of_form(FormReader& form, std::string_view bytes, Pieces& out);
    [[nodiscard]] Result<void> finish_form(FormReader& form, Pieces& out);

    std::uint64_t upstream_bytes_ = 0;
    bool is_length_known_ = true;
    std::string sha256_;  ///< Empty: not hashed.
    crypto::Sha256 hash_;
    std::optional<crypto::AwsChunkedDecoder> decoder_;
    std::optional<AwsChunkedWriter> writer_;
    std::optional<FormReader> form_;
    FileRange range_;  ///< Of the file of the form.
    std::string first_, file_;
    Pieces decoded_;  ///< Scratch.
    std::optional<char> kept_;
    // What the pieces of the last take() and of finish() point to; both may wait to be written.
    std::string framed_, trailing_;
    char released_ = 0, last_ = 0;
};

}  // namespace writ::gateway
