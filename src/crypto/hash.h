#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace writ::crypto {

using Digest = std::array<std::byte, 32>;  ///< Of SHA-256 and of HMAC-SHA256.

[[nodiscard]] Digest sha256(std::string_view text);

/// SHA-256 of what comes in pieces. For one thread at a time.
class Sha256 {
  public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();

    void update(std::string_view piece);
    /// Of all pieces since the last call; begins anew.
    [[nodiscard]] Digest finish();

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

/// HMAC-SHA256 under one key, with the key schedule done once. Safe for concurrent use; allocates nothing
/// after construction.
class HmacKey {
  public:
    explicit HmacKey(std::span<const std::byte> key);
    HmacKey(HmacKey&&) noexcept;
    HmacKey& operator=(HmacKey&&) noexcept;
    ~HmacKey();

    [[nodiscard]] Digest operator()(std::string_view message) const;

  private:
    struct Schedule;
    std::unique_ptr<const Schedule> schedule_;
};

/// For keys that are used once.
[[nodiscard]] Digest hmac_sha256(std::span<const std::byte> key, std::string_view message);

[[nodiscard]] inline std::string_view as_text(std::span<const std::byte> bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace writ::crypto
