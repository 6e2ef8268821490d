#include "crypto/internal/deflate.h"

#include <zlib.h>

#include "crypto/internal/openssl.h"

namespace writ::crypto::internal {
namespace {

constexpr int raw = -15;  // No zlib header, greatest window.
constexpr int memory_level = 9;

// zlib reads the input only, but its type does not say so.
Bytef* input_of(std::string_view text) {
    return const_cast<Bytef*>(octets(text));
}

}  // namespace

std::string deflate_text(std::string_view text) {
    z_stream stream{};
    must(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, raw, memory_level, Z_DEFAULT_STRATEGY) ==
         Z_OK);
    std::string packed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = input_of(text);
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = octets(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    must(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::optional<std::string> inflate_text(std::string_view packed, std::size_t bytes_max) {
    z_stream stream{};
    must(inflateInit2(&stream, raw) == Z_OK);
    std::string text(bytes_max, '\0');
    stream.next_in = input_of(packed);
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = octets(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const int ended = inflate(&stream, Z_FINISH);
    text.resize(stream.total_out);
    inflateEnd(&stream);
    if (ended != Z_STREAM_END) return std::nullopt;
    return text;
}

}  // namespace writ::crypto::internal
