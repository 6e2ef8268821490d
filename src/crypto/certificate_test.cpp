#include "crypto/certificate.h"

#include <gtest/gtest.h>

#include "crypto/key_files_for_tests.h"

namespace writ::crypto {
namespace {

Certificate certificate(const std::string& name) {
    auto parsed = Certificate::from_pem(key_file(name));
    EXPECT_TRUE(parsed) << name;
    return std::move(*parsed);
}

std::optional<PrivateKey> key(const std::string& name) {
    return PrivateKey::from_pem(Secret(key_file(name)));
}

TEST(Certificates, TellTheirValidity) {
    const Certificate leaf = certificate("leaf.pem");
    EXPECT_EQ(leaf.not_before(), parse_iso8601("2026-01-01T00:00:00Z"));
    EXPECT_EQ(leaf.not_after(), parse_iso8601("2126-01-01T00:00:00Z"));
    EXPECT_EQ(certificate("expired.pem").not_after(), parse_iso8601("2021-01-01T00:00:00Z"));
}

TEST(Certificates, AreKnownByTheSha1OfTheirBinaryForm) {  // B32.
    const Certificate leaf = certificate("leaf.pem");
    EXPECT_EQ(leaf.thumbprint() + "\n", key_file("leaf.thumbprint"));
    EXPECT_EQ(leaf.thumbprint().size(), 32U);
    EXPECT_EQ(leaf.thumbprint().find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos);
    EXPECT_EQ(certificate("leaf.pem").thumbprint(), leaf.thumbprint());
    EXPECT_NE(certificate("ec.pem").thumbprint(), leaf.thumbprint());
}

TEST(Certificates, AreReadFromBase64WithoutFrame) {
    std::string base64 = key_file("ec.pem");
    base64 = base64.substr(base64.find('\n'));
    base64 = base64.substr(0, base64.find("-----"));
    const auto parsed = Certificate::from_base64("\n  " + base64);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->thumbprint(), certificate("ec.pem").thumbprint());
    EXPECT_FALSE(Certificate::from_base64(""));
    EXPECT_FALSE(Certificate::from_base64("????"));
    EXPECT_FALSE(Certificate::from_base64(std::string(1000, 'a')));
}

TEST(Certificates, AreExactlyOneOrAChain) {
    const std::string leaf = key_file("leaf.pem"), issuer = key_file("intermediate.pem");
    EXPECT_FALSE(Certificate::from_pem(""));
    EXPECT_FALSE(Certificate::from_pem("not a certificate"));
    EXPECT_FALSE(Certificate::from_pem(leaf + issuer));
    EXPECT_FALSE(Certificate::from_pem(leaf.substr(0, leaf.size() / 2)));
    EXPECT_FALSE(Certificate::from_pem(key_file("leaf.key")));
    EXPECT_TRUE(Certificate::from_pem("\n" + leaf + "\n\n"));
    for (const std::string& beside : {key_file("leaf.key"), std::string("text\n")}) {
        EXPECT_FALSE(Certificate::from_pem(beside + leaf));
        EXPECT_FALSE(Certificate::from_pem(leaf + beside));
        EXPECT_FALSE(Certificate::chain_from_pem(leaf + beside + issuer));
    }
    const auto chain = Certificate::chain_from_pem(leaf + issuer);
    ASSERT_TRUE(chain);
    ASSERT_EQ(chain->size(), 2U);
    EXPECT_EQ(chain->front().thumbprint(), certificate("leaf.pem").thumbprint());
    EXPECT_FALSE(Certificate::chain_from_pem(leaf + issuer.substr(0, issuer.size() / 2)));
}

TEST(Certificates, BelongToTheirKeyOnly) {
    for (const char* form : {"leaf.key", "leaf-pkcs1.key"}) {
        ASSERT_TRUE(key(form)) << form;
        EXPECT_TRUE(certificate("leaf.pem").belongs_to(*key(form))) << form;
        EXPECT_FALSE(certificate("ec.pem").belongs_to(*key(form))) << form;
    }
    EXPECT_TRUE(certificate("ec.pem").belongs_to(*key("ec.key")));
    EXPECT_FALSE(certificate("expired.pem").belongs_to(*key("ec.key")));
}

TEST(Certificates, KnowTheirIssuer) {
    const Certificate root = certificate("root.pem"), intermediate = certificate("intermediate.pem");
    const Certificate leaf = certificate("leaf.pem");
    EXPECT_TRUE(leaf.is_issued_by(intermediate));
    EXPECT_TRUE(intermediate.is_issued_by(root));
    EXPECT_TRUE(root.is_issued_by(root));
    EXPECT_FALSE(leaf.is_issued_by(root));
    EXPECT_FALSE(root.is_issued_by(intermediate));
    EXPECT_FALSE(intermediate.is_issued_by(leaf));
}

TEST(PrivateKeys, AreRsaOrEllipticAndOpen) {
    EXPECT_FALSE(key("leaf-encrypted.key"));
    EXPECT_FALSE(key("ed25519.key"));
    EXPECT_FALSE(key("leaf.pem"));
    EXPECT_FALSE(key("rsa2048.pem"));
    EXPECT_FALSE(PrivateKey::from_pem(Secret("")));
}

}  // namespace
}  // namespace writ::crypto
