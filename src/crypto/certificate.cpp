#include "crypto/certificate.h"

#include <array>
#include <cstdlib>
#include <ctime>
#include <liboath/oath.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/text.h"
#include "crypto/internal/openssl.h"

namespace writ::crypto {
namespace {

using internal::Bio;
using internal::ErrorsOfThisCall;
using internal::FreeWith;
using internal::Key;
using internal::must;
using internal::reading;
using X509Ptr = std::unique_ptr<X509, FreeWith<X509_free>>;

/// Without it OpenSSL would ask for a password at the terminal.
int no_password(char*, int, int, void*) {
    return -1;
}

Instant instant_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return Instant{};
    return Instant(std::chrono::seconds(timegm(&parts)));
}

std::string thumbprint_of(const X509* certificate) {
    std::array<char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    must(X509_digest(certificate, EVP_sha1(), internal::octets(digest.data()), &size) == 1);
    char* text = nullptr;
    std::size_t length = 0;
    if (oath_base32_encode(digest.data(), size, &text, &length) != OATH_OK) std::abort();
    const std::unique_ptr<char, FreeWith<std::free>> held(text);
    return {text, length};
}

/// Whether nothing but certificates stands in a text: OpenSSL would pass over a private key beside one, which
/// then were kept and shown as if it were public.
bool holds_only_certificates(std::string_view pem) {
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
    constexpr std::string_view end = "-----END CERTIFICATE-----";
    for (pem = trimmed(pem); !pem.empty(); pem = trimmed(pem)) {
        const std::size_t at = pem.find(end);
        if (!pem.starts_with(begin) || at == std::string_view::npos) return false;
        pem.remove_prefix(at + end.size());
    }
    return true;
}

/// All certificates of a text; empty when there is none, or anything else.
std::vector<X509Ptr> read_all(std::string_view pem) {
    if (!holds_only_certificates(pem)) return {};
    const ErrorsOfThisCall errors;
    const Bio bio = reading(pem);
    std::vector<X509Ptr> found;
    while (X509* next = PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr)) found.emplace_back(next);
    const bool at_the_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (!at_the_end) found.clear();
    return found;
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

struct PrivateKey::Parsed {
    Key key;
};

PrivateKey::PrivateKey(std::unique_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

std::optional<PrivateKey> PrivateKey::from_pem(const Secret& pem) {
    const ErrorsOfThisCall errors;
    const Bio bio = reading(pem.reveal());
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
    if (key == nullptr) return std::nullopt;
    const int type = EVP_PKEY_get_base_id(key.get());
    if (type != EVP_PKEY_RSA && type != EVP_PKEY_EC) return std::nullopt;
    return PrivateKey(std::make_unique<Parsed>(Parsed{std::move(key)}));
}

struct Certificate::Parsed {
    explicit Parsed(X509Ptr parsed)
        : certificate(std::move(parsed)),
          not_before(instant_of(X509_get0_notBefore(certificate.get()))),
          not_after(instant_of(X509_get0_notAfter(certificate.get()))),
          thumbprint(thumbprint_of(certificate.get())) {
        // Extensions are looked at once, here, so that nothing is written to later by several threads.
        X509_check_purpose(certificate.get(), -1, 0);
    }
    X509Ptr certificate;
    Instant not_before, not_after;
    std::string thumbprint;
};

Certificate::Certificate(std::unique_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
Certificate::Certificate(Certificate&&) noexcept = default;
Certificate& Certificate::operator=(Certificate&&) noexcept = default;
Certificate::~Certificate() = default;

std::optional<Certificate> Certificate::from_pem(std::string_view pem) {
    auto found = chain_from_pem(pem);
    if (!found || found->size() != 1) return std::nullopt;
    return std::move(found->front());
}

std::optional<std::vector<Certificate>> Certificate::chain_from_pem(std::string_view pem) {
    std::vector<X509Ptr> found = read_all(pem);
    if (found.empty()) return std::nullopt;
    std::vector<Certificate> chain;
    chain.reserve(found.size());
    for (X509Ptr& next : found) {
        chain.push_back(Certificate(std::make_unique<const Parsed>(std::move(next))));
    }
    return chain;
}

std::optional<Certificate> Certificate::from_base64(std::string_view base64) {
    const ErrorsOfThisCall errors;
    std::string compact(base64);
    std::erase_if(compact, is_blank);
    const auto binary = base64_decode(compact);
    if (!binary) return std::nullopt;
    const unsigned char* next = internal::octets(binary->data());
    const unsigned char* const end = next + binary->size();
    X509Ptr parsed(d2i_X509(nullptr, &next, static_cast<long>(binary->size())));
    if (parsed == nullptr || next != end) return std::nullopt;
    return Certificate(std::make_unique<const Parsed>(std::move(parsed)));
}

Instant Certificate::not_before() const noexcept {
    return parsed_->not_before;
}

Instant Certificate::not_after() const noexcept {
    return parsed_->not_after;
}

const std::string& Certificate::thumbprint() const noexcept {
    return parsed_->thumbprint;
}

bool Certificate::belongs_to(const PrivateKey& key) const {
    const ErrorsOfThisCall errors;
    const EVP_PKEY* own = X509_get0_pubkey(parsed_->certificate.get());
    return own != nullptr && EVP_PKEY_eq(own, key.parsed_->key.get()) == 1;
}

bool Certificate::is_issued_by(const Certificate& issuer) const {
    const ErrorsOfThisCall errors;
    X509* subject = parsed_->certificate.get();
    X509* signer = issuer.parsed_->certificate.get();
    EVP_PKEY* key = X509_get0_pubkey(signer);
    return key != nullptr && X509_check_issued(signer, subject) == X509_V_OK &&
           X509_verify(subject, key) == 1;
}

}  // namespace writ::crypto
