#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace writ::crypto {

/// An RSA public key in the two forms that people keep SSH keys in. Immutable.
class RsaPublicKey {
  public:
    /// "ssh-rsa BASE64", with or without a comment behind (RFC 4253), or a public key in PEM. Nothing for any
    /// other text, other algorithms among them.
    [[nodiscard]] static std::optional<RsaPublicKey> parse(std::string_view text);
    RsaPublicKey(RsaPublicKey&&) noexcept;
    RsaPublicKey& operator=(RsaPublicKey&&) noexcept;
    ~RsaPublicKey();

    [[nodiscard]] int bits() const noexcept;
    /// "ssh-rsa BASE64", without comment and line end.
    [[nodiscard]] std::string ssh() const;
    /// SubjectPublicKeyInfo.
    [[nodiscard]] std::string pem() const;
    /// MD5 of the key in SSH's binary form, "aa:bb:…", the same for either form (spec B32).
    [[nodiscard]] std::string fingerprint() const;

  private:
    struct Parsed;
    explicit RsaPublicKey(std::unique_ptr<const Parsed> parsed);
    std::unique_ptr<const Parsed> parsed_;
};

}  // namespace writ::crypto
