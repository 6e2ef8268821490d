#include "directory/accounts/account_aliases.h"

#include "directory/internal/testing.h"

namespace writ::directory {
namespace {

class AccountAliasesTest : public DirectoryTest {
  protected:
    Result<void> create(const char* alias, const char* in = account_id) {
        return edit([&](AccountEdit& account) { return create_account_alias(account, alias); }, in);
    }
    Result<void> remove(const char* alias) {
        return edit([&](AccountEdit& account) { return delete_account_alias(account, alias); });
    }
    std::optional<std::string> get(const char* in = account_id) {
        return *view([](const AccountView& account) { return account_alias(account); }, in);
    }
};

TEST_F(AccountAliasesTest, AreOneForAnAccount) {  // B25.
    EXPECT_FALSE(get());
    ASSERT_TRUE(create("example-corp"));
    EXPECT_EQ(get(), "example-corp");
    ASSERT_TRUE(create("example-corp"));
    ASSERT_TRUE(create("example-two"));
    EXPECT_EQ(get(), "example-two");
    EXPECT_FALSE(get(other_account_id));
}

TEST_F(AccountAliasesTest, AreOfOneAccountOnly) {  // B25.
    ASSERT_TRUE(create("example-corp"));
    ASSERT_TRUE(create("other-corp", other_account_id));
    EXPECT_EQ(error_of(create("example-corp", other_account_id)),
              (Error{"EntityAlreadyExists", 409, "The account alias example-corp already exists."}));
    EXPECT_EQ(get(other_account_id), "other-corp");
    ASSERT_TRUE(create("example-two"));
    EXPECT_TRUE(create("example-corp", other_account_id));  // Free again.
}

TEST_F(AccountAliasesTest, AreDeletedByName) {
    ASSERT_TRUE(create("example-corp"));
    EXPECT_EQ(error_of(remove("example-two")),
              (Error{"NoSuchEntity", 404, "The account alias with name example-two cannot be found."}));
    ASSERT_TRUE(remove("example-corp"));
    EXPECT_FALSE(get());
    EXPECT_EQ(error_of(remove("example-corp")).code, "NoSuchEntity");
}

TEST_F(AccountAliasesTest, AreNoAccountIds) {  // B25.
    EXPECT_EQ(error_of(create("123456789012")).code, "ValidationError");
    EXPECT_TRUE(create("12345678901"));
}

}  // namespace
}  // namespace writ::directory
