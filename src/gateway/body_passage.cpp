#include "gateway/body_passage.h"

#include <utility>

#include "base/secret.h"
#include "base/text.h"
#include "gateway/payload.h"

namespace writ::gateway {
namespace {

constexpr std::string_view line_end = "\r\n";

std::string hexadecimal(std::uint64_t number) {
    std::string text;
    do {
        text.insert(text.begin(), "0123456789abcdef"[number % 16]);
        number /= 16;
    } while (number != 0);
    return text;
}

std::uint64_t framed_bytes(std::uint64_t chunk_bytes) {
    return hexadecimal(chunk_bytes).size() + chunk_bytes + 2 * line_end.size();
}

/// Of a form so long that the upstream had to be told before it was read.
std::unexpected<Error> wrong_length() {
    return fail(
        "MalformedPOSTRequest", 400,
        "The file must be the last field of so long a form, and nothing but the end of a line may follow "
        "the form.");
}

}  // namespace

std::uint64_t AwsChunkedWriter::total_bytes(std::uint64_t body_bytes, std::string_view trailer_name) {
    std::uint64_t total = body_bytes / chunk_bytes * framed_bytes(chunk_bytes);
    if (body_bytes % chunk_bytes != 0) total += framed_bytes(body_bytes % chunk_bytes);
    total += 1 + line_end.size();  // The last chunk, which is empty.
    if (!trailer_name.empty()) {
        total += trailer_name.size() + 1 + checksum_characters(trailer_name) + line_end.size();
    }
    return total + line_end.size();
}

void AwsChunkedWriter::put_chunk(std::string& out) {
    out.append(hexadecimal(waiting_.size())).append(line_end).append(waiting_).append(line_end);
    waiting_.clear();
}

void AwsChunkedWriter::put(std::string_view bytes, std::string& out) {
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, chunk_bytes - waiting_.size());
        waiting_.append(piece);
        bytes.remove_prefix(piece.size());
        if (waiting_.size() == chunk_bytes) put_chunk(out);
    }
}

void AwsChunkedWriter::finish(const HttpHeaders& trailer, std::string& out) {
    if (!waiting_.empty()) put_chunk(out);
    out.append("0").append(line_end);
    for (const auto& [name, value] : trailer) {
        out.append(name).append(":").append(value).append(line_end);
    }
    out.append(line_end);
}

BodyPassage BodyPassage::unverified(std::uint64_t bytes) {
    BodyPassage passage;
    passage.upstream_bytes_ = bytes;
    return passage;
}

BodyPassage BodyPassage::hashed(std::uint64_t bytes, std::string sha256) {
    BodyPassage passage;
    passage.upstream_bytes_ = bytes;
    passage.sha256_ = std::move(sha256);
    return passage;
}

BodyPassage BodyPassage::chunked(crypto::AwsChunkedForm form) {
    BodyPassage passage;
    passage.upstream_bytes_ = form.decoded_bytes;
    if (!form.trailer_names.empty()) {
        passage.upstream_bytes_ =
            AwsChunkedWriter::total_bytes(form.decoded_bytes, form.trailer_names.front());
        passage.writer_.emplace();
    }
    passage.decoder_.emplace(std::move(form));
    return passage;
}

BodyPassage BodyPassage::file_of(FormReader form, std::string first, const FileRange& range,
                                 std::optional<std::uint64_t> bytes) {
    BodyPassage passage;
    passage.form_.emplace(std::move(form));
    passage.range_ = range;
    passage.upstream_bytes_ = bytes.value_or(0);
    passage.is_length_known_ = bytes.has_value();
    passage.first_ = std::move(first);
    return passage;
}

// The last byte stays here; the one that stayed before goes on ahead of the others.
void BodyPassage::keep_last(Pieces& pieces) {
    std::erase_if(pieces, [](std::string_view piece) { return piece.empty(); });
    if (pieces.empty()) return;
    const char last = pieces.back().back();
    pieces.back().remove_suffix(1);
    if (kept_) {
        released_ = *kept_;
        pieces.insert(pieces.begin(), std::string_view(&released_, 1));
    }
    kept_ = last;
}

// What came with the fields of the form goes ahead.
Result<void> BodyPassage::take_of_form(FormReader& form, std::string_view bytes, Pieces& out) {
    file_.clear();
    file_.swap(first_);
    if (auto taken = form.take(bytes, file_); !taken) return taken;
    if (form.file_bytes() > range_.bytes_max) return check_file_range(range_, form.file_bytes());
    if (is_length_known_ && form.file_bytes() > upstream_bytes_) return wrong_length();
    decoded_.assign(1, file_);
    keep_last(decoded_);
    out.insert(out.end(), decoded_.begin(), decoded_.end());
    return {};
}

Result<void> BodyPassage::finish_form(FormReader& form, Pieces& out) {
    if (!first_.empty()) {  // Nothing has been taken.
        if (auto rest = take_of_form(form, {}, out); !rest) return rest;
    }
    if (auto whole = form.finish(); !whole) return whole;
    if (is_length_known_ && form.file_bytes() != upstream_bytes_) return wrong_length();
    return check_file_range(range_, form.file_bytes());
}

Result<void> BodyPassage::take(std::string_view bytes, Pieces& out) {
    if (form_) return take_of_form(*form_, bytes, out);
    decoded_.clear();
    if (!decoder_) {
        decoded_.push_back(bytes);
    } else if (auto taken = decoder_->take(bytes, decoded_); !taken) {
        return taken;
    }
    if (writer_) {
        framed_.clear();
        for (const std::string_view piece : decoded_) writer_->put(piece, framed_);
        out.push_back(framed_);
        return {};
    }
    if (!sha256_.empty()) hash_.update(bytes);
    if (decoder_ || !sha256_.empty()) keep_last(decoded_);
    out.insert(out.end(), decoded_.begin(), decoded_.end());
    return {};
}

Result<void> BodyPassage::take(std::string_view bytes, std::string& out) {
    Pieces pieces;
    const auto taken = take(bytes, pieces);
    for (const std::string_view piece : pieces) out.append(piece);
    return taken;
}

Result<void> BodyPassage::finish(std::string& out) {
    Pieces pieces;
    const auto finished = finish(pieces);
    for (const std::string_view piece : pieces) out.append(piece);
    return finished;
}

Result<void> BodyPassage::finish(Pieces& out) {
    if (form_) {
        if (auto whole = finish_form(*form_, out); !whole) return whole;
    } else if (decoder_) {
        if (auto whole = decoder_->finish(); !whole) return whole;
        if (writer_) {
            for (const auto& [name, value] : decoder_->trailer()) {
                if (value.size() == checksum_characters(name)) continue;
                return fail("InvalidRequest", 400, "Value for " + name + " trailing header is invalid.");
            }
            trailing_.clear();
            writer_->finish(decoder_->trailer(), trailing_);
            out.push_back(trailing_);
        }
    } else if (!sha256_.empty() && !equals_in_constant_time(hex_encode(hash_.finish()), sha256_)) {
        return fail("XAmzContentSHA256Mismatch", 400,
                    "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    if (kept_) {
        last_ = *kept_;
        out.emplace_back(&last_, 1);
        kept_.reset();
    }
    return {};
}

}  // namespace writ::gateway
