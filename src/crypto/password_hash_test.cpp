#include "crypto/password_hash.h"

#include <gtest/gtest.h>
#include <sodium.h>

namespace writ::crypto {
namespace {

TEST(PasswordHash, IsWhatOtherImplementationsOfArgon2idUnderstand) {
    SystemRandom random;
    const std::string hash = hash_password(Secret("correct horse"), random);
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
    ASSERT_GE(sodium_init(), 0);
    const std::string right = "correct horse";
    const std::string wrong = "correct horsf";
    EXPECT_EQ(crypto_pwhash_str_verify(hash.c_str(), right.data(), right.size()), 0);
    EXPECT_NE(crypto_pwhash_str_verify(hash.c_str(), wrong.data(), wrong.size()), 0);
}

TEST(PasswordHash, TellsThePasswordFromAnyOther) {
    SystemRandom random;
    const std::string hash = hash_password(Secret("Tr0ub4dor&3"), random);
    EXPECT_TRUE(is_password_of(hash, Secret("Tr0ub4dor&3")));
    EXPECT_FALSE(is_password_of(hash, Secret("tr0ub4dor&3")));
    EXPECT_FALSE(is_password_of(hash, Secret("")));
}

TEST(PasswordHash, HasASaltOfItsOwnUnlessAskedForTheSame) {
    SystemRandom random;
    const Secret password("same");
    const std::string first = hash_password(password, random);
    EXPECT_NE(hash_password(password, random), first);
    EXPECT_EQ(hash_password_like(first, password), first);
    EXPECT_NE(hash_password_like(first, Secret("other")), first);
}

TEST(PasswordHash, FollowsTheCostsOfWhatIsStored) {  // So that they can be raised one day.
    const std::string older = "$argon2id$v=19$m=8192,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$";
    const auto hash = hash_password_like(older, Secret("x"));
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->starts_with(older)) << *hash;
    EXPECT_TRUE(is_password_of(*hash, Secret("x")));
}

TEST(PasswordHash, ThatIsNoneBelongsToNoPassword) {
    for (const char* text :
         {"", "$argon2id$", "plain", "$argon2i$v=19$m=8192,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
          "$argon2id$v=19$m=8192,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
          "$argon2id$v=19$m=8192,t=3,p=1$AAAA$AAAA", "$argon2id$v=19$m=8192,t=3,p=1$????$AAAA",
          "$argon2id$v=19$m=99999999999,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
          "$argon2id$v=19$m=4294967295,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA"}) {
        EXPECT_FALSE(is_password_of(text, Secret("x"))) << text;
        EXPECT_FALSE(hash_password_like(text, Secret("x"))) << text;
    }
}

}  // namespace
}  // namespace writ::crypto
