#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crypto/certificate.h"
#include "crypto/rsa_public_key.h"

// Public keys, certificates and private keys as users upload them: whatever is read can be written and read
// again, and what is no certificate takes part in no chain.
namespace {

using namespace writ;
using namespace writ::crypto;

void must(bool holds) {
    if (!holds) std::abort();
}

void read_public_key(std::string_view input) {
    const auto key = RsaPublicKey::parse(input);
    if (!key) return;
    for (const std::string& written : {key->ssh(), key->pem()}) {
        const auto again = RsaPublicKey::parse(written);
        must(again.has_value() && again->fingerprint() == key->fingerprint() && again->bits() == key->bits());
    }
}

void read_certificates(std::string_view input) {
    const auto key = PrivateKey::from_pem(Secret(std::string(input)));
    const auto chain = Certificate::chain_from_pem(input);
    const auto one = Certificate::from_pem(input);
    must(!one || (chain && chain->front().thumbprint() == one->thumbprint()));
    if (!chain) return;
    for (const Certificate& certificate : *chain) {
        must(!certificate.thumbprint().empty());
        (void)certificate.is_issued_by(chain->front());
        if (key) (void)certificate.belongs_to(*key);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    read_public_key(input);
    read_certificates(input);
    (void)Certificate::from_base64(input);
    return 0;
}
