#include "crypto/hash.h"

#include <array>
#include <mutex>
#include <openssl/core_names.h>
#include <openssl/params.h>

#include "base/secret.h"
#include "base/text.h"
#include "crypto/internal/openssl.h"

namespace writ::crypto {
namespace {

using internal::MacContext;
using internal::must;
using internal::octets;

MacContext keyed_context(std::span<const std::byte> key) {
    MacContext context(EVP_MAC_CTX_new(internal::hmac_algorithm()));
    must(context != nullptr);
    std::array<char, 7> digest{"SHA256"};
    const std::array<OSSL_PARAM, 2> parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end()};
    must(EVP_MAC_init(context.get(), octets(key.data()), key.size(), parameters.data()) == 1);
    return context;
}

Digest mac_of(EVP_MAC_CTX* context, std::string_view message) {
    Digest digest;
    std::size_t length = 0;
    must(EVP_MAC_init(context, nullptr, 0, nullptr) == 1);  // Without a key: rewinds, keeps the schedule.
    must(EVP_MAC_update(context, octets(message), message.size()) == 1);
    must(EVP_MAC_final(context, octets(digest.data()), &length, digest.size()) == 1);
    return digest;
}

}  // namespace

Digest sha256(std::string_view text) {
    // Scratch memory of the thread: a new context would cost as much as hashing 64 bytes.
    thread_local const internal::DigestContext context(EVP_MD_CTX_new());
    Digest digest;
    unsigned length = 0;
    must(EVP_DigestInit_ex2(context.get(), internal::sha256_algorithm(), nullptr) == 1);
    must(EVP_DigestUpdate(context.get(), text.data(), text.size()) == 1);
    must(EVP_DigestFinal_ex(context.get(), octets(digest.data()), &length) == 1);
    return digest;
}

struct HmacKey::State {
    explicit State(std::span<const std::byte> bytes) : key(as_text(bytes)), context(keyed_context(bytes)) {}
    Secret key;  // Costs a tenth of a second context.
    std::mutex busy;
    MacContext context;
};

HmacKey::HmacKey(std::span<const std::byte> key) : state_(std::make_unique<State>(key)) {}
HmacKey::HmacKey(HmacKey&&) noexcept = default;
HmacKey& HmacKey::operator=(HmacKey&&) noexcept = default;
HmacKey::~HmacKey() = default;

Digest HmacKey::operator()(std::string_view message) const {
    const std::unique_lock lock(state_->busy, std::try_to_lock);
    if (lock.owns_lock()) return mac_of(state_->context.get(), message);
    return hmac_sha256(as_bytes(state_->key.reveal()), message);
}

Digest hmac_sha256(std::span<const std::byte> key, std::string_view message) {
    const MacContext context = keyed_context(key);
    return mac_of(context.get(), message);
}

}  // namespace writ::crypto
