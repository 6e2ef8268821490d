#include "crypto/internal/aead.h"

#include <limits>
#include <mutex>

#include "base/secret.h"
#include "crypto/internal/openssl.h"

namespace writ::crypto::internal {
namespace {

CipherContext keyed_context(std::string_view key, bool sealing) {
    CipherContext context(EVP_CIPHER_CTX_new());
    must(context != nullptr);
    const auto init = sealing ? EVP_EncryptInit_ex2 : EVP_DecryptInit_ex2;
    must(init(context.get(), aes_256_gcm_algorithm(), octets(key), nullptr, nullptr) == 1);
    return context;
}

int length_of(std::string_view text) {
    must(text.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
    return static_cast<int>(text.size());
}

std::optional<std::string> open_with(EVP_CIPHER_CTX* context, std::span<const std::byte, nonce_bytes> nonce,
                                     std::string_view ciphertext, std::string_view tag,
                                     std::string_view bound) {
    must(EVP_DecryptInit_ex2(context, nullptr, nullptr, octets(nonce.data()), nullptr) == 1);
    int length = 0;
    must(EVP_DecryptUpdate(context, nullptr, &length, octets(bound), length_of(bound)) == 1);
    std::string plain(ciphertext.size(), '\0');
    must(EVP_DecryptUpdate(context, octets(plain.data()), &length, octets(ciphertext),
                           length_of(ciphertext)) == 1);
    std::array<char, tag_bytes> expected{};
    tag.copy(expected.data(), expected.size());
    must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, int{tag_bytes}, expected.data()) == 1);
    if (EVP_DecryptFinal_ex(context, octets(plain.data()) + length, &length) == 1) return plain;
    wipe_memory(plain.data(), plain.size());  // Not to be believed, and not to be left behind.
    return std::nullopt;
}

}  // namespace

struct AeadKey::State {
    explicit State(std::string_view bytes) : key(bytes), opening(keyed_context(bytes, false)) {}
    Secret key;
    std::mutex busy;
    CipherContext opening;
};

AeadKey::AeadKey(std::span<const std::byte, 32> key)
    : state_(
          std::make_unique<State>(std::string_view(reinterpret_cast<const char*>(key.data()), key.size()))) {}
AeadKey::AeadKey(AeadKey&&) noexcept = default;
AeadKey& AeadKey::operator=(AeadKey&&) noexcept = default;
AeadKey::~AeadKey() = default;

void AeadKey::seal(std::span<const std::byte, nonce_bytes> nonce, std::string_view plain,
                   std::string_view bound, std::string& out) const {
    const CipherContext context = keyed_context(state_->key.reveal(), true);
    must(EVP_EncryptInit_ex2(context.get(), nullptr, nullptr, octets(nonce.data()), nullptr) == 1);
    int length = 0;
    must(EVP_EncryptUpdate(context.get(), nullptr, &length, octets(bound), length_of(bound)) == 1);
    const std::size_t begin = out.size();
    out.resize(begin + plain.size() + tag_bytes);
    unsigned char* text = octets(out.data() + begin);
    must(EVP_EncryptUpdate(context.get(), text, &length, octets(plain), length_of(plain)) == 1);
    must(EVP_EncryptFinal_ex(context.get(), text + length, &length) == 1);
    must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, int{tag_bytes}, text + plain.size()) == 1);
}

std::optional<std::string> AeadKey::open(std::span<const std::byte, nonce_bytes> nonce,
                                         std::string_view sealed, std::string_view bound) const {
    if (sealed.size() < tag_bytes) return std::nullopt;
    const std::string_view ciphertext = sealed.substr(0, sealed.size() - tag_bytes);
    const std::string_view tag = sealed.substr(ciphertext.size());
    const std::unique_lock lock(state_->busy, std::try_to_lock);
    if (lock.owns_lock()) return open_with(state_->opening.get(), nonce, ciphertext, tag, bound);
    const CipherContext own = keyed_context(state_->key.reveal(), false);
    return open_with(own.get(), nonce, ciphertext, tag, bound);
}

}  // namespace writ::crypto::internal
