#include "directory/accounts/accounts.h"

#include "base/arn.h"
#include "crypto/access_key.h"
#include "directory/credentials/access_keys.h"
#include "directory/internal/testing.h"
#include "directory/principals/principals.h"
#include "directory/principals/users.h"

namespace writ::directory {
namespace {

constexpr const char* new_id = "123456789012";

class AccountsTest : public DirectoryTest {
  protected:
    Result<std::optional<KeyPair>> ensure(std::string_view id, const KeyPair* chosen = nullptr) {
        auto transaction = store_->write();
        auto made = ensure_account(**transaction, environment_, id, chosen);
        if (made) {
            EXPECT_TRUE((*transaction)->commit());
        }
        return made;
    }
    std::optional<Credential> credential(std::string_view access_key_id) {
        return *view([&](const AccountView& account) {
            return read_credential(account.records, environment_, access_key_id);
        });
    }
    std::vector<AccessKey> root_keys(const char* account = new_id) {
        return view([](const AccountView& view) { return list_access_keys(view, {}, {}); }, account)->items;
    }
    static KeyPair chosen(std::string_view secret, std::string id = "AKIACHOSENCHOSEN0000") {
        return {.access_key_id = std::move(id), .secret = Secret(secret)};
    }
};

TEST_F(AccountsTest, TheFirstStartMakesAccountAndRootKey) {
    const auto made = ensure(new_id);
    ASSERT_TRUE(made && *made);
    EXPECT_TRUE(*view([](const AccountView& account) { return account_exists(account.records, new_id); }));
    EXPECT_EQ(crypto::account_of_id((*made)->access_key_id), new_id);
    const auto root = credential((*made)->access_key_id);
    ASSERT_TRUE(root);
    EXPECT_TRUE(root->root);
    EXPECT_TRUE(root->active);
    EXPECT_EQ(root->account_id, new_id);
    EXPECT_EQ(root->secret.reveal(), (*made)->secret.reveal());
}

TEST_F(AccountsTest, LaterStartsChangeNothing) {
    const auto made = ensure(new_id);
    ASSERT_TRUE(made && *made);
    const store::Revision before = store_->revision();
    const auto again = ensure(new_id);
    ASSERT_TRUE(again);
    EXPECT_FALSE(*again);
    EXPECT_EQ(store_->revision(), before);
    EXPECT_EQ(root_keys().size(), 1U);
}

TEST_F(AccountsTest, ARootWithoutKeysIsLeftAlone) {
    const auto made = ensure(new_id);
    ASSERT_TRUE(
        edit([&](AccountEdit& account) { return delete_access_key(account, {}, (*made)->access_key_id); },
             new_id));
    EXPECT_FALSE(*ensure(new_id));
    EXPECT_TRUE(root_keys().empty());
}

TEST_F(AccountsTest, AChosenKeyIsSetAndNotTold) {
    const KeyPair key = chosen("secret-of-ours");
    const auto made = ensure(new_id, &key);
    ASSERT_TRUE(made);
    EXPECT_FALSE(*made);
    EXPECT_EQ(root_keys().size(), 1U);
    EXPECT_EQ(credential(key.access_key_id)->secret.reveal(), "secret-of-ours");
}

TEST_F(AccountsTest, AChosenKeyIsSetOnLaterStartsBesideOthers) {
    const auto made = ensure(new_id);
    ASSERT_TRUE(edit([](AccountEdit& account) { return create_access_key(account, {}); }, new_id));
    const KeyPair key = chosen("secret-of-ours");
    ASSERT_TRUE(ensure(new_id, &key));
    EXPECT_EQ(root_keys().size(), 3U);
    EXPECT_TRUE(credential(key.access_key_id)->root);
    EXPECT_TRUE(credential((*made)->access_key_id));
}

TEST_F(AccountsTest, AChosenKeyWithAnotherSecretIsReplaced) {
    const KeyPair first = chosen("first");
    const KeyPair second = chosen("second");
    ASSERT_TRUE(ensure(new_id, &first));
    ASSERT_TRUE(ensure(new_id, &second));
    EXPECT_EQ(credential(first.access_key_id)->secret.reveal(), "second");
    EXPECT_EQ(root_keys().size(), 1U);
}

TEST_F(AccountsTest, AChosenKeyThatRootHasChangesNothing) {
    const KeyPair key = chosen("secret-of-ours");
    ASSERT_TRUE(ensure(new_id, &key));
    const store::Revision before = store_->revision();
    ASSERT_TRUE(ensure(new_id, &key));
    EXPECT_EQ(store_->revision(), before);
}

TEST_F(AccountsTest, AChosenKeyOfSomebodyElseIsRefused) {
    ASSERT_TRUE(edit([](AccountEdit& account) { return create_user(account, {.name = "ada"}); }));
    const auto users = edit([](AccountEdit& account) { return create_access_key(account, {"ada"}); });
    const KeyPair key = chosen("secret-of-ours", users->key.access_key_id);
    EXPECT_EQ(error_of(ensure(account_id, &key)).code, "ValidationError");
    EXPECT_EQ(error_of(ensure(new_id, &key)).code, "ValidationError");
    EXPECT_EQ(credential(key.access_key_id)->secret.reveal(), users->secret.reveal());
}

TEST_F(AccountsTest, OwnersAloneHaveNoKey) {
    const auto ensure_owner = [this](std::string_view id) {
        auto transaction = store_->write();
        auto made = ensure_owner_account(**transaction, environment_, id);
        if (made) {
            EXPECT_TRUE((*transaction)->commit());
        }
        return made;
    };
    ASSERT_TRUE(ensure_owner(new_id));
    EXPECT_TRUE(*view([](const AccountView& account) { return account_exists(account.records, new_id); }));
    EXPECT_TRUE(root_keys().empty());
    const store::Revision before = store_->revision();
    EXPECT_TRUE(ensure_owner(new_id));
    EXPECT_EQ(store_->revision(), before);
    EXPECT_EQ(error_of(ensure_owner("1234")).code, "ValidationError");
}

TEST_F(AccountsTest, MalformedIdsAndKeysAreRefused) {
    for (const char* id : {"", "12345678901", "1234567890123", "12345678901x", "-12345678901"}) {
        SCOPED_TRACE(id);
        EXPECT_FALSE(is_account_id(id));
        EXPECT_EQ(error_of(ensure(id)).code, "ValidationError");
    }
    EXPECT_TRUE(is_account_id("000000000000"));
    const KeyPair short_id = chosen("secret", "AKIA");
    EXPECT_EQ(error_of(ensure(new_id, &short_id)).code, "ValidationError");
    for (const std::string& secret : {std::string(), std::string("two words"), std::string(129, 's')}) {
        const KeyPair key = chosen(secret);
        EXPECT_EQ(error_of(ensure(new_id, &key)).code, "ValidationError");
    }
    EXPECT_FALSE(*view([](const AccountView& account) { return account_exists(account.records, new_id); }));
}

TEST(RootArn, IsThatOfTheAccount) {
    EXPECT_EQ(root_arn("aws", "111122223333"), "arn:aws:iam::111122223333:root");
    EXPECT_EQ(root_arn("aws-us-gov", "111122223333"), "arn:aws-us-gov:iam::111122223333:root");
}

}  // namespace
}  // namespace writ::directory
