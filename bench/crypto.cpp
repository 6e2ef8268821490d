// crypto_bench: what verifying a signature costs beside the bare hashing that it cannot avoid.
#include <array>
#include <cstdlib>
#include <memory>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <string>

#include "bench/measure.h"
#include "crypto/opened_tokens.h"
#include "crypto/sealing.h"
#include "crypto/session_token.h"
#include "crypto/signing_key.h"
#include "crypto/sigv4.h"
#include "crypto/sigv4_signer.h"

namespace {

using namespace writ;
using namespace writ::bench;

constexpr std::string_view region = "us-east-1";
constexpr std::string_view service = "sts";

[[noreturn]] void give_up(const char* why) {
    std::fprintf(stderr, "bench: %s\n", why);
    std::exit(1);
}

struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
    void operator()(EVP_MD* md) const { EVP_MD_free(md); }
    void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

/// The hashing of one verification with everything prepared: body, canonical request, one keyed HMAC.
class BareWork {
  public:
    BareWork() {
        md_.reset(EVP_MD_fetch(nullptr, "SHA256", nullptr));
        mac_.reset(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
        hash_.reset(EVP_MD_CTX_new());
        keyed_.reset(EVP_MAC_CTX_new(mac_.get()));
        std::array<char, 7> digest{"SHA256"};
        const std::array<OSSL_PARAM, 2> parameters{
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
            OSSL_PARAM_construct_end()};
        const std::array<unsigned char, 32> key{1, 2, 3};
        EVP_MAC_init(keyed_.get(), key.data(), key.size(), parameters.data());
    }
    unsigned char run(std::string_view body, std::string_view canonical, std::string_view to_sign) {
        sha256(body);
        sha256(canonical);
        std::size_t size = 0;
        EVP_MAC_init(keyed_.get(), nullptr, 0, nullptr);
        EVP_MAC_update(keyed_.get(), bytes(to_sign), to_sign.size());
        EVP_MAC_final(keyed_.get(), out_.data(), &size, out_.size());
        return out_[0];
    }

  private:
    static const unsigned char* bytes(std::string_view text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    }
    void sha256(std::string_view text) {
        unsigned size = 0;
        EVP_DigestInit_ex2(hash_.get(), md_.get(), nullptr);
        EVP_DigestUpdate(hash_.get(), text.data(), text.size());
        EVP_DigestFinal_ex(hash_.get(), out_.data(), &size);
    }
    Owned<EVP_MD> md_;
    Owned<EVP_MAC> mac_;
    Owned<EVP_MD_CTX> hash_;
    Owned<EVP_MAC_CTX> keyed_;
    std::array<unsigned char, 32> out_{};
};

/// AES-256-GCM open of `bytes` bytes with the key schedule reused.
Timing measure_open(std::size_t bytes) {
    Owned<EVP_CIPHER> cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
    const std::array<unsigned char, 32> key{7};
    const std::array<unsigned char, 12> nonce{1};
    std::string plain(bytes, 'p'), sealed(bytes, '\0'), opened(bytes, '\0');
    const auto data = [](std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); };
    const auto size = static_cast<int>(bytes);
    std::array<unsigned char, 16> tag{};
    int written = 0;
    Owned<EVP_CIPHER_CTX> seal(EVP_CIPHER_CTX_new());
    EVP_EncryptInit_ex2(seal.get(), cipher.get(), key.data(), nonce.data(), nullptr);
    EVP_EncryptUpdate(seal.get(), data(sealed), &written, data(plain), size);
    EVP_EncryptFinal_ex(seal.get(), data(sealed) + written, &written);
    EVP_CIPHER_CTX_ctrl(seal.get(), EVP_CTRL_GCM_GET_TAG, 16, tag.data());
    Owned<EVP_CIPHER_CTX> open(EVP_CIPHER_CTX_new());
    EVP_DecryptInit_ex2(open.get(), cipher.get(), key.data(), nullptr, nullptr);
    return measure([&](std::size_t) {
        EVP_DecryptInit_ex2(open.get(), nullptr, nullptr, nonce.data(), nullptr);
        EVP_DecryptUpdate(open.get(), data(opened), &written, data(sealed), size);
        EVP_CIPHER_CTX_ctrl(open.get(), EVP_CTRL_GCM_SET_TAG, 16, tag.data());
        if (EVP_DecryptFinal_ex(open.get(), data(opened) + written, &written) != 1) give_up("GCM");
    });
}

HttpRequest signed_request(const crypto::SigningCredentials& credentials, Instant now) {
    HttpRequest request;
    request.method = "POST";
    request.target = "/";
    request.headers = {{"Host", "127.0.0.1:7600"},
                       {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
    request.body = "Action=AssumeRole&Version=2011-06-15&Policy=";
    request.body.resize(1024, 'x');
    crypto::sign(request, credentials, region, service, now);
    return request;
}

crypto::SessionClaims claims_of(Instant now) {
    crypto::SessionClaims claims;
    claims.account = "123456789012";
    claims.role_arn = "arn:aws:iam::123456789012:role/orders";
    claims.role_id = "AROAXVJ2QWERTZUIOPASD";
    claims.role_name = "orders";
    claims.session_name = "deploy-20261124";
    claims.tags = {{"team", "billing"}, {"stage", "production"}};
    claims.issued = now;
    claims.expires = now + std::chrono::hours{1};
    return claims;
}

/// Everything between a parsed HTTP request and a recognised signature, signing key cached; with a session
/// token its opening too.
void verify(const HttpRequest& request, crypto::SigningKeyCache& cache, const Secret& secret,
            crypto::OpenedTokens* tokens, Instant now) {
    constexpr std::array<std::string_view, 1> regions{region};
    const auto authorization = crypto::parse_authorization(request);
    if (!authorization || !crypto::check_window(*authorization, now) ||
        !crypto::check_scope(*authorization, service, regions)) {
        give_up("the signature is not read");
    }
    if (tokens != nullptr) {
        const auto claims =
            tokens->open(*authorization->session_token, authorization->credential.access_key_id);
        if (!claims || !crypto::check_not_expired(**claims, now)) give_up("the token does not open");
    }
    const auto key = cache.get(authorization->credential.access_key_id, authorization->credential.scope,
                               [&]() -> Result<Secret> { return secret.copy(); });
    if (!key || !crypto::verify_signature(request, *authorization, **key)) give_up("not verified");
}

void bench_verify(const char* name, const crypto::SigningCredentials& credentials,
                  crypto::OpenedTokens* tokens, Instant now) {
    const HttpRequest request = signed_request(credentials, now);
    const auto authorization = crypto::parse_authorization(request);
    const std::string canonical = crypto::canonical_request(request, *authorization).value();
    const std::string to_sign(138, 's');  // Algorithm, time, scope and a hash in hex.
    BareWork bare;
    crypto::SigningKeyCache cache;
    const Timing floor = measure([&](std::size_t) { keep(bare.run(request.body, canonical, to_sign)); });
    print_row(std::string("sigv4/bare work") + name, floor);
    print_row(std::string("sigv4/verify") + name, measure([&](std::size_t) {
                  verify(request, cache, credentials.secret_access_key, tokens, now);
              }));
}

}  // namespace

int main() {
    const Instant now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const crypto::SigningCredentials long_term{"AKIAXVJ2QWERTZUIOPAS",
                                               Secret("wJalrXUtnFEMI0K7MDENG0bPxRfiCYEXAMPLEKEY"), ""};
    bench_verify("", long_term, nullptr, now);

    SystemRandom random;
    const std::array<crypto::RingKey, 1> ring{{{1, now, Secret(std::string(32, 'k'))}}};
    const crypto::SealingKeys keys = crypto::SealingKeys::of(ring);
    const crypto::SessionTokens tokens(keys);
    crypto::TemporaryCredentials issued = tokens.issue(claims_of(now), random);
    print_row("sigv4/bare open of a token", measure_open(issued.session_token.size() * 3 / 4));
    const crypto::SigningCredentials temporary{issued.access_key_id, std::move(issued.secret_access_key),
                                               issued.session_token};
    print_row("sigv4/open a new token", measure([&](std::size_t) {
                  keep(tokens.open(temporary.session_token, temporary.access_key_id).has_value());
              }));
    crypto::OpenedTokens opened(tokens);
    bench_verify(", session token", temporary, &opened, now);
    return 0;
}
