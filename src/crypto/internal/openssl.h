#pragma once

#include <cstddef>
#include <memory>
#include <openssl/evp.h>
#include <string_view>

/// OpenSSL algorithms, fetched once (an implicit fetch costs a third of a small operation), and owners of its
/// contexts. OpenSSL fails here only when it is out of memory or misused: that is std::abort, since nothing
/// may be signed, opened or believed without it.
namespace writ::crypto::internal {

template <auto free_it>
struct FreeWith {
    template <class T>
    void operator()(T* pointer) const noexcept {
        free_it(pointer);
    }
};
using Bio = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeWith<EVP_CIPHER_CTX_free>>;

[[nodiscard]] const EVP_CIPHER* aes_256_gcm_algorithm();

/// REQUIRES: it never fails but by a bug.
void must(bool succeeded) noexcept;

/// Reads from the text, which must live as long.
[[nodiscard]] Bio reading(std::string_view text);

/// What OpenSSL cannot read of a user's text leaves errors behind that are nobody else's business.
struct ErrorsOfThisCall {
    ErrorsOfThisCall();
    ErrorsOfThisCall(const ErrorsOfThisCall&) = delete;
    ErrorsOfThisCall& operator=(const ErrorsOfThisCall&) = delete;
    ~ErrorsOfThisCall();
};

[[nodiscard]] inline const unsigned char* octets(std::string_view text) noexcept {
    return reinterpret_cast<const unsigned char*>(text.data());
}
[[nodiscard]] inline const unsigned char* octets(const std::byte* bytes) noexcept {
    return reinterpret_cast<const unsigned char*>(bytes);
}
[[nodiscard]] inline unsigned char* octets(std::byte* bytes) noexcept {
    return reinterpret_cast<unsigned char*>(bytes);
}
[[nodiscard]] inline unsigned char* octets(char* bytes) noexcept {
    return reinterpret_cast<unsigned char*>(bytes);
}

}  // namespace writ::crypto::internal
