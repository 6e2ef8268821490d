#include "crypto/rsa_public_key.h"

#include <array>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/decoder.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/internal/openssl.h"

namespace writ::crypto {
namespace {

using internal::Bio;
using internal::ErrorsOfThisCall;
using internal::FreeWith;
using internal::Key;
using internal::must;
using internal::octets;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using Decoder = std::unique_ptr<OSSL_DECODER_CTX, FreeWith<OSSL_DECODER_CTX_free>>;

constexpr std::string_view algorithm = "ssh-rsa";

// The binary form of SSH (RFC 4251, 5): texts and numbers behind their length in four bytes.

std::optional<std::string_view> take_text(std::string_view& wire) {
    constexpr std::size_t length_bytes = 4;
    if (wire.size() < length_bytes) return std::nullopt;
    std::size_t length = 0;
    for (const char c : wire.substr(0, length_bytes)) length = length << 8U | static_cast<unsigned char>(c);
    wire.remove_prefix(length_bytes);
    if (length > wire.size()) return std::nullopt;
    const std::string_view text = wire.substr(0, length);
    wire.remove_prefix(length);
    return text;
}

void put_text(std::string& wire, std::string_view text) {
    for (int shift = 24; shift >= 0; shift -= 8) wire += static_cast<char>(text.size() >> shift & 0xFFU);
    wire += text;
}

/// Nothing for a negative number, whose first bit is set.
Number number_of(std::string_view bytes) {
    if (bytes.empty() || static_cast<unsigned char>(bytes.front()) >= 0x80U) return nullptr;
    return Number(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
}

void put_number(std::string& wire, const BIGNUM* number) {
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)) + 1, '\0');
    must(BN_bn2bin(number, octets(bytes.data() + 1)) > 0);
    const bool needs_zero = static_cast<unsigned char>(bytes[1]) >= 0x80U;
    put_text(wire, std::string_view(bytes).substr(needs_zero ? 0 : 1));
}

Key key_of(const BIGNUM* exponent, const BIGNUM* modulus) {
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    must(builder != nullptr && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent) == 1 &&
         OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus) == 1);
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    must(parameters != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1);
    EVP_PKEY* made = nullptr;
    (void)EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get());
    return Key(made);
}

Key parse_ssh(std::string_view text) {
    const std::string_view rest = text.substr(algorithm.size() + 1);
    const auto binary = base64_decode(rest.substr(0, rest.find_first_of(" \t\r\n")));
    if (!binary) return nullptr;
    std::string_view wire = as_text(*binary);
    const auto name = take_text(wire);
    const auto exponent_bytes = name ? take_text(wire) : std::nullopt;
    const auto modulus_bytes = exponent_bytes ? take_text(wire) : std::nullopt;
    if (!modulus_bytes || *name != algorithm || !wire.empty()) return nullptr;
    const Number exponent = number_of(*exponent_bytes);
    const Number modulus = number_of(*modulus_bytes);
    if (exponent == nullptr || modulus == nullptr) return nullptr;
    return key_of(exponent.get(), modulus.get());
}

Key parse_pem(std::string_view text) {
    EVP_PKEY* found = nullptr;
    const Decoder decoder(OSSL_DECODER_CTX_new_for_pkey(&found, "PEM", nullptr, "RSA",
                                                        OSSL_KEYMGMT_SELECT_PUBLIC_KEY, nullptr, nullptr));
    must(decoder != nullptr);
    const Bio bio = internal::reading(text);
    const bool decoded = OSSL_DECODER_from_bio(decoder.get(), bio.get()) == 1;
    Key key(found);
    return decoded ? std::move(key) : nullptr;
}

Number parameter(const EVP_PKEY* key, const char* name) {
    BIGNUM* number = nullptr;
    must(EVP_PKEY_get_bn_param(key, name, &number) == 1);
    return Number(number);
}

bool is_odd_and_above_one(const BIGNUM* number) {
    return BN_is_odd(number) == 1 && BN_is_one(number) == 0;
}

}  // namespace

struct RsaPublicKey::Parsed {
    Key key;
    Number exponent, modulus;

    [[nodiscard]] std::string wire() const {
        std::string bytes;
        put_text(bytes, algorithm);
        put_number(bytes, exponent.get());
        put_number(bytes, modulus.get());
        return bytes;
    }
};

RsaPublicKey::RsaPublicKey(std::unique_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
RsaPublicKey::RsaPublicKey(RsaPublicKey&&) noexcept = default;
RsaPublicKey& RsaPublicKey::operator=(RsaPublicKey&&) noexcept = default;
RsaPublicKey::~RsaPublicKey() = default;

std::optional<RsaPublicKey> RsaPublicKey::parse(std::string_view text) {
    text = trimmed(text);
    const bool is_ssh = text.starts_with(algorithm) && text.substr(algorithm.size()).starts_with(' ');
    const bool is_pem =
        text.starts_with("-----BEGIN PUBLIC KEY-----") || text.starts_with("-----BEGIN RSA PUBLIC KEY-----");
    if (!is_ssh && !is_pem) return std::nullopt;
    const ErrorsOfThisCall errors;
    Key key = is_ssh ? parse_ssh(text) : parse_pem(text);
    if (key == nullptr || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return std::nullopt;
    auto parsed = std::make_unique<Parsed>();
    parsed->exponent = parameter(key.get(), OSSL_PKEY_PARAM_RSA_E);
    parsed->modulus = parameter(key.get(), OSSL_PKEY_PARAM_RSA_N);
    parsed->key = std::move(key);
    if (!is_odd_and_above_one(parsed->exponent.get()) || !is_odd_and_above_one(parsed->modulus.get())) {
        return std::nullopt;
    }
    return RsaPublicKey(std::move(parsed));
}

int RsaPublicKey::bits() const noexcept {
    return BN_num_bits(parsed_->modulus.get());
}

std::string RsaPublicKey::ssh() const {
    const std::string wire = parsed_->wire();
    return std::string(algorithm) + ' ' + base64_encode(as_bytes(wire));
}

std::string RsaPublicKey::pem() const {
    const Bio bio(BIO_new(BIO_s_mem()));
    must(bio != nullptr && PEM_write_bio_PUBKEY(bio.get(), parsed_->key.get()) == 1);
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string RsaPublicKey::fingerprint() const {
    const std::string wire = parsed_->wire();
    std::array<std::byte, 16> digest{};
    unsigned size = 0;
    must(EVP_Digest(wire.data(), wire.size(), octets(digest.data()), &size, EVP_md5(), nullptr) == 1);
    const std::string hex = hex_encode(digest);
    std::string text;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        if (i > 0) text += ':';
        text.append(hex, i, 2);
    }
    return text;
}

}  // namespace writ::crypto
