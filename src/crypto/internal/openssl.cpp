#include "crypto/internal/openssl.h"

#include <cstdlib>

namespace writ::crypto::internal {

void must(bool succeeded) noexcept {
    if (!succeeded) std::abort();
}

// Immutable after the first use, never freed: threads may still hash while the program ends.
const EVP_MD* sha256_algorithm() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return algorithm;
}

EVP_MAC* hmac_algorithm() {
    static EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    return algorithm;
}

const EVP_CIPHER* aes_256_gcm_algorithm() {
    static const EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return algorithm;
}

}  // namespace writ::crypto::internal
