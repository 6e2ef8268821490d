#include "crypto/signing_key.h"

#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include "base/text.h"

namespace writ::crypto {
namespace {

constexpr std::string_view scope = "20261124/us-east-1/sts/aws4_request";

auto counting(int& asked, std::string_view secret) {
    return [&asked, secret]() -> Result<Secret> {
        ++asked;
        return Secret(secret);
    };
}

TEST(SigningKeyCache, AsksForTheSecretOnce) {
    SigningKeyCache cache;
    int asked = 0;
    const auto first = cache.get("AKIA1", scope, counting(asked, "one"));
    const auto second = cache.get("AKIA1", scope, counting(asked, "one"));
    ASSERT_TRUE(first && second);
    EXPECT_EQ(asked, 1);
    EXPECT_EQ((*first)->sign("text"), (*second)->sign("text"));
    EXPECT_EQ((*first)->sign("text"), SigningKey(Secret("one"), "20261124", "us-east-1", "sts").sign("text"));
}

TEST(SigningKeyCache, KeepsKeysApart) {
    SigningKeyCache cache;
    int asked = 0;
    const auto one = cache.get("AKIA1", scope, counting(asked, "one"));
    const auto two = cache.get("AKIA2", scope, counting(asked, "two"));
    const auto tomorrow = cache.get("AKIA1", "20261125/us-east-1/sts/aws4_request", counting(asked, "one"));
    const auto iam = cache.get("AKIA1", "20261124/us-east-1/iam/aws4_request", counting(asked, "one"));
    EXPECT_EQ(asked, 4);
    EXPECT_NE((*one)->sign("text"), (*two)->sign("text"));
    EXPECT_NE((*one)->sign("text"), (*tomorrow)->sign("text"));
    EXPECT_NE((*one)->sign("text"), (*iam)->sign("text"));
}

TEST(SigningKeyCache, DoesNotKeepFailures) {
    SigningKeyCache cache;
    const auto failing = []() -> Result<Secret> { return fail("InternalFailure", 500, "no"); };
    EXPECT_FALSE(cache.get("AKIA1", scope, failing));
    int asked = 0;
    EXPECT_TRUE(cache.get("AKIA1", scope, counting(asked, "one")));
    EXPECT_EQ(asked, 1);
}

TEST(SigningKeyCache, StaysBoundedAndKeepsWhatIsUsed) {
    SigningKeyCache cache(64);
    int asked = 0;
    for (int i = 0; i < 1000; ++i) {
        (void)cache.get("AKIA" + std::to_string(i), scope, counting(asked, "s"));
        (void)cache.get("HOT", scope, counting(asked, "s"));
    }
    EXPECT_LE(asked, 1003);  // The hot key may go once or twice with its shard, not every time.
    asked = 0;
    for (int i = 0; i < 1000; ++i) (void)cache.get("AKIA" + std::to_string(i), scope, counting(asked, "s"));
    EXPECT_GE(asked, 1000 - 64);
}

TEST(SigningKey, MayBeUsedByManyThreadsAtOnce) {
    const SigningKey key(Secret("one"), "20261124", "us-east-1", "sts");
    const Digest expected = key.sign("text");
    std::vector<int> wrong(4);
    {
        std::vector<std::jthread> threads;
        for (int& count : wrong) {
            threads.emplace_back([&] {
                for (int i = 0; i < 5000; ++i) count += key.sign("text") == expected ? 0 : 1;
            });
        }
    }
    EXPECT_EQ(wrong, std::vector<int>(4));
}

// RFC 4231, test case 2; FIPS 180-2, "abc".
TEST(Hash, AgreesWithTheStandards) {
    EXPECT_EQ(hex_encode(hmac_sha256(as_bytes("Jefe"), "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex_encode(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace writ::crypto
