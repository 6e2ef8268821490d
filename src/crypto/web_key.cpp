#include "crypto/web_key.h"

#include <algorithm>
#include <array>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/text.h"
#include "crypto/internal/openssl.h"

namespace writ::crypto {
namespace {

using internal::Bio;
using internal::ErrorsOfThisCall;
using internal::FreeWith;
using internal::Key;
using internal::must;
using internal::octets;
using Number = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using Members = std::vector<std::pair<std::string_view, std::string>>;

constexpr int rsa_bits = 2048;
constexpr const char* curve = "P-384";
constexpr int coordinate_bytes = 48;

Key new_key(WebAlgorithm algorithm) {
    Key key(algorithm == WebAlgorithm::rs256 ? EVP_RSA_gen(rsa_bits) : EVP_EC_gen(curve));
    must(key != nullptr);
    return key;
}

/// Secure memory: a private key is written into it.
Bio writing() {
    Bio bio(BIO_new(BIO_s_secmem()));
    must(bio != nullptr);
    return bio;
}

std::string_view written(const Bio& bio) {
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

/// RFC 7515, 2: without the padding.
std::string base64url(const BIGNUM* number, int bytes) {
    std::string binary(static_cast<std::size_t>(bytes), '\0');
    must(BN_bn2binpad(number, octets(binary.data()), bytes) == bytes);
    std::string text = base64_encode(as_bytes(binary));
    std::erase(text, '=');
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

Number number_of(const Key& key, const char* parameter) {
    BIGNUM* number = nullptr;
    must(EVP_PKEY_get_bn_param(key.get(), parameter, &number) == 1);
    return Number(number);
}

Members rsa_members(const Key& key) {
    const Number modulus = number_of(key, OSSL_PKEY_PARAM_RSA_N);
    const Number exponent = number_of(key, OSSL_PKEY_PARAM_RSA_E);
    return {{"kty", "RSA"},
            {"n", base64url(modulus.get(), BN_num_bytes(modulus.get()))},
            {"e", base64url(exponent.get(), BN_num_bytes(exponent.get()))}};
}

Members curve_members(const Key& key) {
    return {{"kty", "EC"},
            {"crv", curve},
            {"x", base64url(number_of(key, OSSL_PKEY_PARAM_EC_PUB_X).get(), coordinate_bytes)},
            {"y", base64url(number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y).get(), coordinate_bytes)}};
}

bool is_on_curve(const Key& key) {
    std::array<char, 32> name{};
    std::size_t length = 0;
    return EVP_PKEY_get_group_name(key.get(), name.data(), name.size(), &length) == 1 &&
           std::string_view(name.data(), length) == "secp384r1";
}

}  // namespace

std::string_view name_of(WebAlgorithm algorithm) noexcept {
    return algorithm == WebAlgorithm::rs256 ? "RS256" : "ES384";
}

WebKeyPair make_web_key(WebAlgorithm algorithm) {
    const Key key = new_key(algorithm);
    const Bio secret = writing();
    const Bio open = writing();
    must(PEM_write_bio_PKCS8PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    must(PEM_write_bio_PUBKEY(open.get(), key.get()) == 1);
    return {.algorithm = algorithm,
            .private_pem = Secret(written(secret)),
            .public_pem = std::string(written(open))};
}

std::optional<Members> json_web_key(std::string_view public_pem) {
    const ErrorsOfThisCall errors;
    const Bio bio = internal::reading(public_pem);
    const Key key(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
    if (key == nullptr) return std::nullopt;
    switch (EVP_PKEY_get_base_id(key.get())) {
        case EVP_PKEY_RSA:
            return rsa_members(key);
        case EVP_PKEY_EC:
            if (is_on_curve(key)) return curve_members(key);
            return std::nullopt;
        default:
            return std::nullopt;
    }
}

}  // namespace writ::crypto
