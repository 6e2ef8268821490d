#include "crypto/access_key.h"

#include <array>
#include <gtest/gtest.h>
#include <set>

namespace writ::crypto {
namespace {

constexpr auto kinds = std::to_array<IdKind>(
    {IdKind::access_key, IdKind::temporary_access_key, IdKind::user, IdKind::role, IdKind::group,
     IdKind::instance_profile, IdKind::managed_policy, IdKind::policy_version, IdKind::public_key,
     IdKind::certificate, IdKind::service_credential});

// Spec S15, S16.
TEST(Ids, HoldTheirAccount) {
    SequenceRandom random(1);
    for (const IdKind kind : kinds) {
        for (const std::string account : {"000000000000", "000000000001", "123456789012", "999999999999",
                                          "111122223333", "100000000000"}) {
            const std::string id = make_id(kind, account, random);
            const bool key = kind == IdKind::access_key || kind == IdKind::temporary_access_key ||
                             kind == IdKind::public_key;
            EXPECT_EQ(id.size(), key ? 20U : 21U);
            EXPECT_TRUE(id.starts_with(prefix_of(kind)));
            EXPECT_EQ(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos) << id;
            EXPECT_EQ(kind_of_id(id), kind);
            EXPECT_EQ(account_of_id(id), account) << id;
        }
    }
}

// The published way to read the account (spec S16): base32 of ten characters to 48 bits, masked, shifted.
TEST(Ids, AreReadByOthersTheSameWay) {
    SequenceRandom random(2);
    const std::string id = make_id(IdKind::access_key, "123456789013", random);
    std::uint64_t bits = 0;
    for (const char c : id.substr(4, 10)) {
        bits = bits * 32 + std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").find(c);
    }
    bits >>= 2U;
    EXPECT_EQ((bits & 0x7fffffffff80ULL) >> 7U, 123456789013ULL);
}

TEST(Ids, AreDifferentEachTime) {
    SequenceRandom random(3);
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(make_id(IdKind::role, "123456789012", random));
    EXPECT_EQ(seen.size(), 1000U);
}

TEST(Ids, OfOtherFormsHaveNoAccount) {
    EXPECT_EQ(account_of_id("AKIAIOSFODNN7EXAMPLE"), std::nullopt);  // The form before 2019.
    EXPECT_EQ(account_of_id("AKIAJOSFODNN7EXAMPLE"), std::nullopt);
    EXPECT_EQ(account_of_id("AKIA"), std::nullopt);
    EXPECT_EQ(account_of_id("XXXXQ2345672345672AB"), std::nullopt);
    EXPECT_EQ(account_of_id("AKIAQ234567234567218"), std::nullopt);  // 1 and 8 are not in the alphabet.
    EXPECT_EQ(account_of_id("AKIA77777777777777AB"), std::nullopt);  // More than twelve digits.
    EXPECT_EQ(kind_of_id(""), std::nullopt);
}

TEST(Ids, AccessKeyIdsHaveAForm) {
    EXPECT_TRUE(is_access_key_id("AKIAIOSFODNN7EXAMPLE"));
    EXPECT_TRUE(is_access_key_id(std::string(128, 'a')));
    EXPECT_FALSE(is_access_key_id(std::string(129, 'a')));
    EXPECT_FALSE(is_access_key_id(std::string(15, 'a')));
    EXPECT_FALSE(is_access_key_id("AKIAIOSFODNN7EXAMPL/"));
}

TEST(SecretAccessKeys, HaveFortyCharacters) {
    SequenceRandom random(4);
    const Secret secret = make_secret_access_key(random);
    EXPECT_EQ(secret.reveal().size(), 40U);
    EXPECT_EQ(secret.reveal().find('='), std::string_view::npos);
    EXPECT_NE(secret.reveal(), make_secret_access_key(random).reveal());
}

}  // namespace
}  // namespace writ::crypto
