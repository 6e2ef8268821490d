#include "directory/internal/new_ids.h"

#include "directory/internal/testing.h"

namespace writ::directory {
namespace {

class NewIdsTest : public DirectoryTest {
  protected:
    std::string make(crypto::IdKind kind) {
        return *view([&](const AccountView& account) { return new_id(account, kind); });
    }
};

TEST_F(NewIdsTest, TellTheirKindAndAccount) {
    for (const auto kind : {crypto::IdKind::user, crypto::IdKind::group, crypto::IdKind::role,
                            crypto::IdKind::managed_policy, crypto::IdKind::access_key}) {
        const std::string id = make(kind);
        EXPECT_EQ(crypto::kind_of_id(id), kind);
        EXPECT_EQ(crypto::account_of_id(id), account_id);
    }
}

TEST_F(NewIdsTest, AreNotThoseOfRows) {
    random_ = SequenceRandom(7);
    const std::string user_id = make(crypto::IdKind::user);
    const store::User user{.account_id = account_id,
                           .user_id = user_id,
                           .name = "ada",
                           .name_folded = "ada",
                           .path = "/",
                           .created_at = {}};
    EXPECT_TRUE(edit([&](AccountEdit& account) { return account.writes.insert(user); }));
    random_ = SequenceRandom(7);  // Would make the same id again.
    EXPECT_NE(make(crypto::IdKind::user), user_id);
}

TEST_F(NewIdsTest, OfAccessKeysAreUniqueInAllAccounts) {
    random_ = SequenceRandom(7);
    const std::string key_id = make(crypto::IdKind::access_key);
    const store::AccessKey key{.account_id = other_account_id,
                               .owner_id = other_account_id,
                               .access_key_id = key_id,
                               .sealed_secret = {},
                               .created_at = {}};
    EXPECT_TRUE(edit([&](AccountEdit& account) { return account.writes.insert(key); }));
    random_ = SequenceRandom(7);
    EXPECT_NE(make(crypto::IdKind::access_key), key_id);
}

TEST_F(NewIdsTest, MakeUuidsOfVersionFour) {  // RFC 9562, 5.4.
    const std::string uuid = view(new_uuid);
    EXPECT_THAT(uuid,
                testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    EXPECT_NE(view(new_uuid), uuid);
}

}  // namespace
}  // namespace writ::directory
