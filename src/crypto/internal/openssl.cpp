#include "crypto/internal/openssl.h"

#include <cstdlib>

namespace writ::crypto::internal {

void must(bool succeeded) noexcept {
    if (!succeeded) std::abort();
}

// Immutable after the first use, never freed: threads may still seal while the program ends.
const EVP_CIPHER* aes_256_gcm_algorithm() {
    static const EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return algorithm;
}

}  // namespace writ::crypto::internal
