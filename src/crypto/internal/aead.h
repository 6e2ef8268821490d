#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace writ::crypto::internal {

inline constexpr std::size_t nonce_bytes = 12;
inline constexpr std::size_t tag_bytes = 16;

/// AES-256-GCM under one key, with the key schedule done once. Safe for concurrent use: whoever finds the
/// prepared context busy makes one of their own.
class AeadKey {
  public:
    explicit AeadKey(std::span<const std::byte, 32> key);
    AeadKey(AeadKey&&) noexcept;
    AeadKey& operator=(AeadKey&&) noexcept;
    ~AeadKey();

    /// Appends ciphertext and tag to `out`. REQUIRES: no nonce twice under one key.
    void seal(std::span<const std::byte, nonce_bytes> nonce, std::string_view plain, std::string_view context,
              std::string& out) const;
    /// The plain text of ciphertext and tag, or nothing when anything was changed.
    [[nodiscard]] std::optional<std::string> open(std::span<const std::byte, nonce_bytes> nonce,
                                                  std::string_view sealed, std::string_view context) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace writ::crypto::internal
