#include "crypto/internal/openssl.h"

#include <cstdlib>
#include <openssl/err.h>

namespace writ::crypto::internal {

void must(bool succeeded) noexcept {
    if (!succeeded) std::abort();
}

Bio reading(std::string_view text) {
    Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    must(bio != nullptr);
    return bio;
}

ErrorsOfThisCall::ErrorsOfThisCall() {
    ERR_clear_error();
}
ErrorsOfThisCall::~ErrorsOfThisCall() {
    ERR_clear_error();
}

// Immutable after the first use, never freed: threads may still seal while the program ends.
const EVP_CIPHER* aes_256_gcm_algorithm() {
    static const EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return algorithm;
}

}  // namespace writ::crypto::internal
