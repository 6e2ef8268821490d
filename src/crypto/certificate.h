#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "base/time.h"

namespace writ::crypto {

/// A private key of RSA or an elliptic curve. Immutable; safe for concurrent use.
class PrivateKey {
  public:
    /// One key in PEM, PKCS #8 or of its algorithm's own form. Nothing for any other text, an encrypted key
    /// among them.
    [[nodiscard]] static std::optional<PrivateKey> from_pem(const Secret& pem);
    PrivateKey(PrivateKey&&) noexcept;
    PrivateKey& operator=(PrivateKey&&) noexcept;
    ~PrivateKey();

  private:
    friend class Certificate;
    struct Parsed;
    explicit PrivateKey(std::unique_ptr<const Parsed> parsed);
    std::unique_ptr<const Parsed> parsed_;
};

/// An X.509 certificate. Immutable; safe for concurrent use.
class Certificate {
  public:
    /// Exactly one certificate in PEM. Nothing for any other text.
    [[nodiscard]] static std::optional<Certificate> from_pem(std::string_view pem);
    /// One certificate or more, in their order, and nothing else but blanks.
    [[nodiscard]] static std::optional<std::vector<Certificate>> chain_from_pem(std::string_view pem);
    /// The binary form in base64, as it stands in SAML metadata: blanks and line ends may be anywhere.
    [[nodiscard]] static std::optional<Certificate> from_base64(std::string_view base64);
    Certificate(Certificate&&) noexcept;
    Certificate& operator=(Certificate&&) noexcept;
    ~Certificate();

    [[nodiscard]] Instant not_before() const noexcept;
    [[nodiscard]] Instant not_after() const noexcept;
    /// Base32 of the SHA-1 of the binary form: 32 characters (spec B32).
    [[nodiscard]] const std::string& thumbprint() const noexcept;
    /// Whether the key is the private half of the certificate's own.
    [[nodiscard]] bool belongs_to(const PrivateKey& key) const;
    /// Whether `issuer` is named as the issuer, may be one, and has made the signature. Validity is not
    /// looked at.
    [[nodiscard]] bool is_issued_by(const Certificate& issuer) const;

  private:
    struct Parsed;
    explicit Certificate(std::unique_ptr<const Parsed> parsed);
    std::unique_ptr<const Parsed> parsed_;
};

}  // namespace writ::crypto
