#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "crypto/aws_chunked.h"

// The first byte says how the body is cut and whether it is to be signed, the rest is the body. Wherever it
// is cut, the same comes out; without our key nothing is believed; and no more comes out than was announced.
namespace {

using namespace writ;
using namespace writ::crypto;

constexpr std::uint64_t announced_bytes = 64;

void must(bool holds) {
    if (!holds) std::abort();
}

AwsChunkedForm form_of(bool is_signed) {
    static const auto key =
        std::make_shared<const SigningKey>(Secret("secret"), "20130524", "us-east-1", "s3");
    AwsChunkedForm form;
    form.decoded_bytes = announced_bytes;
    form.has_trailer = true;
    form.trailer_names = {"x-amz-checksum-crc32"};
    if (is_signed)
        form.signing = ChunkSigning{key, "20130524T000000Z", "20130524/us-east-1/s3/aws4_request", ""};
    return form;
}

struct Outcome {
    bool whole = false;
    std::string decoded;
    HttpHeaders trailer;
    bool operator==(const Outcome&) const = default;
};

Outcome decode(bool is_signed, std::string_view body, std::size_t piece_bytes) {
    AwsChunkedDecoder decoder(form_of(is_signed));
    Outcome outcome;
    for (std::size_t at = 0; at < body.size(); at += piece_bytes) {
        if (!decoder.take(body.substr(at, piece_bytes), outcome.decoded)) break;
    }
    must(outcome.decoded.size() <= announced_bytes && outcome.decoded.size() == decoder.decoded_bytes());
    outcome.whole = decoder.finish().has_value();
    if (outcome.whole) {
        outcome.trailer = decoder.trailer();
    } else {
        outcome.decoded.clear();
    }
    return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const bool is_signed = (data[0] & 1U) != 0;
    const std::size_t piece_bytes = 1U + (data[0] >> 1U);
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    const Outcome outcome = decode(is_signed, body, piece_bytes);
    must(!(is_signed && outcome.whole));
    must(outcome == decode(is_signed, body, body.size() + 1));
    return 0;
}
