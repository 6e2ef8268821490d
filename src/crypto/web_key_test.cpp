#include "crypto/web_key.h"

#include <gtest/gtest.h>
#include <map>

#include "base/text.h"
#include "crypto/certificate.h"
#include "crypto/hash.h"

namespace writ::crypto {
namespace {

using Members = std::map<std::string_view, std::string>;

Members members_of(std::string_view public_pem) {
    const auto key = json_web_key(public_pem);
    EXPECT_TRUE(key);
    return key ? Members(key->begin(), key->end()) : Members();
}

/// The bytes behind base64url without padding.
std::string bytes_of(std::string text) {
    for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
    text.append((4 - text.size() % 4) % 4, '=');
    const auto bytes = base64_decode(text);
    EXPECT_TRUE(bytes) << text;
    return bytes ? std::string(as_text(*bytes)) : "";
}

/// The binary form behind the lines of a PEM text.
std::string der_of(std::string_view pem) {
    std::string base64;
    for (std::size_t begin = 0; begin < pem.size();) {
        const std::size_t end = pem.find('\n', begin);
        const std::string_view line = pem.substr(begin, end - begin);
        if (!line.starts_with("-----")) base64 += line;
        begin = end + 1;
    }
    const auto bytes = base64_decode(base64);
    EXPECT_TRUE(bytes) << pem;
    return bytes ? std::string(as_text(*bytes)) : "";
}

TEST(WebKeys, OfRsaTellTheirModulusAndExponent) {  // RFC 7518, 6.3.1.
    const WebKeyPair pair = make_web_key(WebAlgorithm::rs256);
    const Members members = members_of(pair.public_pem);
    EXPECT_EQ(members.size(), 3U);
    EXPECT_EQ(members.at("kty"), "RSA");
    EXPECT_EQ(members.at("e"), "AQAB");
    EXPECT_EQ(bytes_of(members.at("n")).size(), 256U);
    EXPECT_NE(der_of(pair.public_pem).find(bytes_of(members.at("n"))), std::string::npos);
    EXPECT_TRUE(PrivateKey::from_pem(pair.private_pem));
    EXPECT_NE(der_of(pair.private_pem.reveal()).find(bytes_of(members.at("n"))), std::string::npos);
}

TEST(WebKeys, OfACurveTellTheirPoint) {  // RFC 7518, 6.2.1.
    const WebKeyPair pair = make_web_key(WebAlgorithm::es384);
    const Members members = members_of(pair.public_pem);
    EXPECT_EQ(members.size(), 4U);
    EXPECT_EQ(members.at("kty"), "EC");
    EXPECT_EQ(members.at("crv"), "P-384");
    const std::string point = "\x04" + bytes_of(members.at("x")) + bytes_of(members.at("y"));
    EXPECT_EQ(point.size(), 97U);  // Also when a coordinate begins with zeros.
    EXPECT_TRUE(der_of(pair.public_pem).ends_with(point));
    EXPECT_TRUE(PrivateKey::from_pem(pair.private_pem));
}

TEST(WebKeys, AreNewEachTimeAndOfTheirAlgorithmsOnly) {
    EXPECT_NE(make_web_key(WebAlgorithm::es384).public_pem, make_web_key(WebAlgorithm::es384).public_pem);
    EXPECT_EQ(name_of(WebAlgorithm::rs256), "RS256");
    EXPECT_EQ(name_of(WebAlgorithm::es384), "ES384");
    EXPECT_FALSE(json_web_key(""));
    EXPECT_FALSE(json_web_key(make_web_key(WebAlgorithm::es384).private_pem.reveal()));
    EXPECT_FALSE(
        json_web_key("-----BEGIN PUBLIC KEY-----\n"
                     "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
                     "-----END PUBLIC KEY-----\n"))
        << "Ed25519 (RFC 8410, 10.1)";
}

}  // namespace
}  // namespace writ::crypto
