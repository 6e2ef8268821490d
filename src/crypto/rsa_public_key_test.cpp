#include "crypto/rsa_public_key.h"

#include <gtest/gtest.h>

#include "crypto/key_files_for_tests.h"

namespace writ::crypto {
namespace {

// What ssh-keygen and openssl say of the same key.
TEST(RsaPublicKeys, AreTheSameInEveryForm) {
    const std::string ssh = key_file("rsa2048.ssh"), pem = key_file("rsa2048.pem");
    std::string fingerprint = key_file("rsa2048.fingerprint");
    fingerprint.pop_back();
    for (const std::string& text : {ssh, pem, key_file("rsa2048-pkcs1.pem"), "\n " + ssh, pem + "\n"}) {
        const auto key = RsaPublicKey::parse(text);
        ASSERT_TRUE(key) << text;
        EXPECT_EQ(key->bits(), 2048);
        EXPECT_EQ(key->ssh() + " ada@example.com\n", ssh);
        EXPECT_EQ(key->pem(), pem);
        EXPECT_EQ(key->fingerprint(), fingerprint);
    }
    EXPECT_EQ(RsaPublicKey::parse(key_file("rsa1024.ssh"))->bits(), 1024);
}

TEST(RsaPublicKeys, AreNothingElse) {
    const std::string ssh = key_file("rsa2048.ssh");
    const std::string body = ssh.substr(8, ssh.find(' ', 8) - 8);
    for (const std::string& text :
         {std::string(), std::string("not a key"), key_file("ed25519.ssh"), key_file("leaf.pem"),
          key_file("leaf.key"), std::string("ssh-rsa "), "ssh-rsa" + body, "ssh-rsa !" + body,
          "ssh-dss " + body, "ssh-rsa " + body.substr(0, 100), "ssh-rsa " + body + "AAAA",
          // An exponent of 1, and a negative one.
          std::string("ssh-rsa AAAAB3NzaC1yc2EAAAABAQAAAAEP"),
          std::string("ssh-rsa AAAAB3NzaC1yc2EAAAAB/wAAAAEP"),
          std::string("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")}) {
        EXPECT_FALSE(RsaPublicKey::parse(text)) << text;
    }
}

}  // namespace
}  // namespace writ::crypto
