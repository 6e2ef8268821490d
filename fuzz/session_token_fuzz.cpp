#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "crypto/sealing.h"
#include "crypto/session_token.h"

// No text that was not issued opens. And whoever got hold of the keys and seals anything at all gets nothing
// but claims that come back the same: the bytes inside of a token are read with as much mistrust.
namespace {

using namespace writ;
using namespace writ::crypto;

constexpr std::string_view access_key_id = "ASIAXVJ2QWERTZUIOPAS";

SealingKeys make_keys() {
    const RingKey key{1, Instant{}, Secret("0123456789abcdef0123456789abcdef")};
    return SealingKeys::of({&key, 1});
}

void must(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const SealingKeys keys = make_keys();
    static const SessionTokens tokens(keys);
    SequenceRandom random(size);
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    must(!tokens.open(input, access_key_id));
    (void)tokens.secret_of(input, access_key_id);

    const std::string sealed = keys.seal(Purpose::session_token, input, access_key_id, random);
    auto claims = tokens.open(base64_encode(as_bytes(sealed)), access_key_id);
    if (!claims) return 0;
    claims->account = "123456789012";  // An access key id can only be made for an account.
    const TemporaryCredentials issued = tokens.issue(*claims, random);
    claims->access_key_id = issued.access_key_id;
    const auto again = tokens.open(issued.session_token, issued.access_key_id);
    must(again.has_value() && *again == *claims);
    return 0;
}
