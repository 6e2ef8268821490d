#include "crypto/aws_chunked.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/secret.h"
#include "base/text.h"
#include "crypto/internal/hex.h"

namespace writ::crypto {
namespace {

constexpr std::string_view hash_of_nothing =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view trailer_signature_name = "x-amz-trailer-signature";

std::unexpected<Error> malformed(std::string why) {
    return fail("InvalidRequest", 400, std::move(why));
}

std::unexpected<Error> malformed_trailer() {
    return fail("MalformedTrailerError", 400,
                "The request contained trailing data that was not well-formed or did not conform to our "
                "published schema.");
}

std::unexpected<Error> incomplete() {
    return fail("IncompleteBody", 400, "The request body terminated unexpectedly");
}

std::unexpected<Error> bad_signature() {
    return fail("SignatureDoesNotMatch", 403,
                "The request signature we calculated does not match the signature you provided. Check your "
                "key and signing method.");
}

std::optional<std::uint64_t> read_size(std::string_view text) {
    std::uint64_t size = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), size, 16);
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return size;
}

}  // namespace

AwsChunkedDecoder::AwsChunkedDecoder(AwsChunkedForm form) : form_(std::move(form)) {
    if (form_.signing) previous_ = form_.signing->seed_signature;
    line_.reserve(128);
}

Result<void> AwsChunkedDecoder::take(std::string_view bytes, std::string& decoded) {
    Pieces pieces;
    const auto taken = take(bytes, pieces);
    for (const std::string_view piece : pieces) decoded.append(piece);
    return taken;
}

Result<void> AwsChunkedDecoder::take(std::string_view bytes, Pieces& decoded) {
    while (!bytes.empty()) {
        if (auto done = step(bytes, decoded); !done) {
            state_ = State::failed;
            return done;
        }
    }
    return {};
}

Result<void> AwsChunkedDecoder::step(std::string_view& bytes, Pieces& decoded) {
    if (state_ == State::failed) return incomplete();
    if (state_ == State::data) {
        take_data(bytes, decoded);
        return {};
    }
    const auto has_line = take_line(bytes);
    if (!has_line) return std::unexpected(has_line.error());
    if (!*has_line) return {};
    Result<void> done;
    switch (state_) {
        case State::chunk_header:
            done = read_chunk_header();
            break;
        case State::data_end:
            done = line_.empty() ? end_chunk() : malformed("A chunk of the body is longer than announced.");
            break;
        case State::trailer:
            done = read_trailer_line();
            break;
        default:  // Complete: signers disagree about how many empty lines follow.
            if (!line_.empty() || ++trailer_lines_ > trailer_lines_max) done = malformed_trailer();
    }
    line_.clear();
    return done;
}

void AwsChunkedDecoder::take_data(std::string_view& bytes, Pieces& decoded) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), chunk_left_));
    const std::string_view data = bytes.substr(0, size);
    bytes.remove_prefix(size);
    if (form_.signing) hash_.update(data);
    decoded.push_back(data);
    decoded_bytes_ += size;
    chunk_left_ -= size;
    if (chunk_left_ == 0) state_ = State::data_end;
}

// True when `line_` holds a whole line. It ends at a line feed; a carriage return before it is left out.
Result<bool> AwsChunkedDecoder::take_line(std::string_view& bytes) {
    const std::string_view piece = bytes.substr(0, bytes.find('\n'));
    if (line_.size() + piece.size() > line_bytes_max) {
        return malformed("A line between the chunks of the body is too long.");
    }
    line_.append(piece);
    const bool ends = piece.size() < bytes.size();
    bytes.remove_prefix(piece.size() + (ends ? 1 : 0));
    if (ends && line_.ends_with('\r')) line_.pop_back();
    return ends;
}

// "10000;chunk-signature=…", or without signatures the size alone.
Result<void> AwsChunkedDecoder::read_chunk_header() {
    constexpr std::string_view label = ";chunk-signature=";
    const std::string_view line = line_;
    const std::string_view size_text = line.substr(0, line.find(';'));
    const std::string_view extension = line.substr(size_text.size());
    const auto size = read_size(size_text);
    if (!size) return malformed("The size of a chunk of the body is no hexadecimal number.");
    if (form_.signing) {
        if (!extension.starts_with(label)) return malformed("A chunk of the body is not signed.");
        signature_ = extension.substr(label.size());
    } else if (!extension.empty() && !form_.are_signatures_skipped) {
        return malformed("A chunk of the body has an extension that is not known.");
    }
    if (*size > form_.decoded_bytes - decoded_bytes_) {
        return malformed("The body holds more than x-amz-decoded-content-length says.");
    }
    chunk_left_ = *size;
    if (*size > 0) {
        state_ = State::data;
        return {};
    }
    if (decoded_bytes_ < form_.decoded_bytes) return incomplete();
    if (auto done = end_chunk(); !done) return done;
    state_ = form_.has_trailer ? State::trailer : State::complete;
    return {};
}

Result<void> AwsChunkedDecoder::end_chunk() {
    state_ = State::chunk_header;
    return form_.signing ? verify(*form_.signing, "AWS4-HMAC-SHA256-PAYLOAD", true) : Result<void>{};
}

Result<void> AwsChunkedDecoder::read_trailer_line() {
    if (++trailer_lines_ > trailer_lines_max) return malformed_trailer();
    if (line_.empty()) {
        if (has_whole_trailer()) state_ = State::complete;
        return {};
    }
    const std::size_t colon = line_.find(':');
    if (colon == std::string::npos || is_trailer_signed_) return malformed_trailer();
    const std::string name = ascii_lower(std::string_view(line_).substr(0, colon));
    const std::string_view value = trimmed(std::string_view(line_).substr(colon + 1));
    if (name == trailer_signature_name) {
        const bool is_expected = form_.signing.has_value() || form_.are_signatures_skipped;
        if (!is_expected || trailer_.size() != form_.trailer_names.size()) return malformed_trailer();
        signature_ = value;
        is_trailer_signed_ = true;
        if (!form_.signing) return {};
        return verify(*form_.signing, "AWS4-HMAC-SHA256-TRAILER", false);
    }
    const bool is_announced = std::ranges::find(form_.trailer_names, name) != form_.trailer_names.end();
    if (!is_announced || find_header(trailer_, name) != nullptr) return malformed_trailer();
    if (form_.signing) {
        hash_.update(name);
        hash_.update(":");
        hash_.update(value);
        hash_.update("\n");
    }
    trailer_.emplace_back(name, value);
    return {};
}

bool AwsChunkedDecoder::has_whole_trailer() const noexcept {
    return trailer_.size() == form_.trailer_names.size() && (!form_.signing || is_trailer_signed_);
}

Result<void> AwsChunkedDecoder::verify(const ChunkSigning& signing, std::string_view algorithm,
                                       bool of_chunk) {
    std::array<char, internal::digest_hex_chars> hex{};
    internal::write_hex(hash_.finish(), hex);
    std::string to_sign(algorithm);
    to_sign.append("\n").append(signing.date).append("\n").append(signing.scope).append("\n");
    to_sign.append(previous_).append("\n");
    if (of_chunk) to_sign.append(hash_of_nothing).append("\n");
    to_sign.append(hex.data(), hex.size());
    internal::write_hex(signing.key->sign(to_sign), hex);
    const std::string_view expected(hex.data(), hex.size());
    if (!equals_in_constant_time(expected, signature_)) return bad_signature();
    previous_ = expected;
    return {};
}

Result<void> AwsChunkedDecoder::finish() {
    if (state_ == State::trailer && line_.empty() && has_whole_trailer()) state_ = State::complete;
    const bool is_whole = state_ == State::complete && (line_.empty() || line_ == "\r");
    if (!is_whole) return incomplete();
    return {};
}

}  // namespace writ::crypto
