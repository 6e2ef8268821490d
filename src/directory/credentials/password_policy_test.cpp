#include "directory/credentials/password_policy.h"

#include "directory/internal/testing.h"
#include "directory/principals/principals.h"
#include "directory/principals/users.h"

namespace writ::directory {
namespace {

using testing::ElementsAre;

class PasswordPolicyTest : public DirectoryTest {
  protected:
    static auto get(const AccountView& account) { return get_password_policy(account); }
    static auto remove(AccountEdit& account) { return delete_password_policy(account); }
    Result<void> update(const PasswordPolicy& policy) {
        return edit([&](AccountEdit& account) { return update_password_policy(account, policy); });
    }
};

TEST_F(PasswordPolicyTest, IsAbsentAtFirst) {  // 8.3.
    EXPECT_EQ(
        error_of(view(get)),
        (Error{"NoSuchEntity", 404, "The Password Policy with domain name 111122223333 cannot be found."}));
    EXPECT_EQ(error_of(edit(remove)),
              (Error{"NoSuchEntity", 404, "The account policy with name PasswordPolicy cannot be found."}));
}

TEST_F(PasswordPolicyTest, IsReplacedAsAWhole) {  // B8.
    const PasswordPolicy strict{.minimum_length = 20,
                                .require_symbols = true,
                                .require_numbers = true,
                                .require_uppercase = true,
                                .require_lowercase = true,
                                .users_may_change = true,
                                .age_days_max = 90,
                                .reuse_prevention = 24,
                                .hard_expiry = true};
    ASSERT_TRUE(update(strict));
    EXPECT_EQ(*view(get), strict);
    ASSERT_TRUE(update({.age_days_max = 10}));
    EXPECT_EQ(*view(get), (PasswordPolicy{.age_days_max = 10}));
    ASSERT_TRUE(edit(remove));
    EXPECT_EQ(error_of(view(get)).code, "NoSuchEntity");
    EXPECT_EQ(error_of(view(get, other_account_id)).code, "NoSuchEntity");
}

TEST_F(PasswordPolicyTest, IsAMatterOfTheWholeAccount) {  // E11: users' permissions follow it.
    EXPECT_THAT(touched_by([](AccountEdit& account) { return update_password_policy(account, {}); }),
                ElementsAre(store::Entity{store::EntityKind::account, account_id, account_id}));
}

TEST_F(PasswordPolicyTest, GivesUsersThePermissionToChangeTheirPassword) {  // E11.
    const std::string id =
        edit([](AccountEdit& account) { return create_user(account, {.name = "ada"}); })->user_id;
    const auto may = [&] {
        auto reader = store_->read();
        return (*read_user(**reader, environment_, account_id, id))->may_change_password;
    };
    EXPECT_FALSE(may());
    ASSERT_TRUE(update({.users_may_change = true}));
    EXPECT_TRUE(may());
    ASSERT_TRUE(update({}));
    EXPECT_FALSE(may());
}

}  // namespace
}  // namespace writ::directory
