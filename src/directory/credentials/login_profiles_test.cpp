#include "directory/credentials/login_profiles.h"

#include "directory/credentials/password_policy.h"
#include "directory/internal/testing.h"
#include "directory/principals/users.h"

namespace writ::directory {
namespace {

using std::chrono::days;

class LoginProfilesTest : public DirectoryTest {
  protected:
    LoginProfilesTest() {
        EXPECT_TRUE(edit([](AccountEdit& account) { return create_user(account, {.name = "ada"}); }));
    }

    Result<AcceptedPassword> first(const char* password) {
        return view([&](const AccountView& account) {
            return accept_first_password(account, "ada", Secret(password));
        });
    }
    Result<AcceptedPassword> next(const char* password) {
        return view([&](const AccountView& account) {
            return accept_new_password(account, "ada", Secret(password));
        });
    }
    Result<AcceptedPassword> own(const char* old_password, const char* new_password) {
        return view([&](const AccountView& account) {
            return accept_own_password(account, "ada", Secret(old_password), Secret(new_password));
        });
    }
    Result<LoginProfile> create(const char* password, bool reset_required = false) {
        const auto accepted = first(password);
        if (!accepted) return std::unexpected(accepted.error());
        return edit([&](AccountEdit& account) {
            return create_login_profile(account, "ada",
                                        {.password = *accepted, .reset_required = reset_required});
        });
    }
    Result<void> store(const Result<AcceptedPassword>& accepted) {
        if (!accepted) return std::unexpected(accepted.error());
        return edit([&](AccountEdit& account) {
            return update_login_profile(account, "ada", {.password = *accepted});
        });
    }
    Result<void> update(const char* password) { return store(next(password)); }
    void set_policy(const PasswordPolicy& policy) {
        EXPECT_TRUE(edit([&](AccountEdit& account) { return update_password_policy(account, policy); }));
    }
    Result<void> remove() {
        return edit([](AccountEdit& account) { return delete_login_profile(account, "ada"); });
    }
    PasswordStanding standing(const char* password, const char* user = "ada") {
        return *view(
            [&](const AccountView& account) { return check_password_of(account, user, Secret(password)); });
    }
};

TEST_F(LoginProfilesTest, AreOneForAUser) {
    const auto made = create("Initial-1", true);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->user_name, "ada");
    EXPECT_EQ(made->created_at, clock_.now());
    EXPECT_TRUE(made->reset_required);
    EXPECT_EQ(error_of(create("Initial-1")),
              (Error{"EntityAlreadyExists", 409, "Login Profile for user ada already exists."}));
    ASSERT_TRUE(remove());
    EXPECT_EQ(error_of(remove()),
              (Error{"NoSuchEntity", 404, "Login Profile for User ada cannot be found."}));
    EXPECT_TRUE(create("Initial-1"));
}

TEST_F(LoginProfilesTest, KeepTheirUserFromBeingDeleted) {  // 8.3.
    ASSERT_TRUE(create("Initial-1"));
    const auto remove_user = [](AccountEdit& account) { return delete_user(account, "ada"); };
    EXPECT_EQ(error_of(edit(remove_user)),
              (Error{"DeleteConflict", 409, "Cannot delete entity, must delete login profile first."}));
    ASSERT_TRUE(update("Another-2"));
    ASSERT_TRUE(remove());
    EXPECT_TRUE(edit(remove_user));
}

TEST_F(LoginProfilesTest, HoldThePasswordAsAHashOnly) {
    ASSERT_TRUE(create("Initial-1"));
    auto reader = store_->read();
    const auto rows = (*reader)->list<store::LoginProfile>(store::LoginProfile::by_user, {});
    ASSERT_EQ(rows->size(), 1U);
    EXPECT_TRUE(rows->front().password_hash.starts_with("$argon2id$"));
    EXPECT_EQ(rows->front().password_hash.find("Initial-1"), std::string::npos);
}

TEST_F(LoginProfilesTest, ChangeInWhatIsGivenOnly) {  // B11.
    ASSERT_TRUE(create("Initial-1", true));
    ASSERT_TRUE(update("Another-2"));
    const auto get = [](const AccountView& account) { return get_login_profile(account, "ada"); };
    EXPECT_TRUE(view(get)->reset_required);
    ASSERT_TRUE(edit([](AccountEdit& account) {
        return update_login_profile(account, "ada", {.reset_required = false, .session_s_max = 7200});
    }));
    EXPECT_FALSE(view(get)->reset_required);
    EXPECT_EQ(view(get)->session_s_max, 7200);
    ASSERT_TRUE(edit([](AccountEdit& account) { return update_login_profile(account, "ada", {}); }));
    EXPECT_EQ(view(get)->session_s_max, 7200);
    ASSERT_TRUE(edit([](AccountEdit& account) {
        return update_login_profile(account, "ada", {.session_unlimited = true});
    }));
    EXPECT_FALSE(view(get)->session_s_max);
    EXPECT_EQ(standing("Another-2"), PasswordStanding::good);
}

TEST_F(LoginProfilesTest, AreChangedByWhoKnowsTheOldPassword) {  // B11.
    ASSERT_TRUE(create("Initial-1", true));
    EXPECT_EQ(error_of(own("Initial-2", "Another-2")),
              (Error{"AccessDenied", 403, "The old password was incorrect."}));
    EXPECT_EQ(error_of(own("Initial-1", "Initial-1")).code, "AccessDenied");
    EXPECT_EQ(error_of(own("Initial-1", "weak")).code, "PasswordPolicyViolation");
    const auto accepted = own("Initial-1", "Another-2");
    ASSERT_TRUE(accepted);
    ASSERT_TRUE(edit([&](AccountEdit& account) { return change_own_password(account, "ada", *accepted); }));
    EXPECT_FALSE(
        view([](const AccountView& account) { return get_login_profile(account, "ada"); })->reset_required);
    EXPECT_EQ(standing("Another-2"), PasswordStanding::good);
    EXPECT_EQ(standing("Initial-1"), PasswordStanding::wrong);
}

TEST_F(LoginProfilesTest, DoNotTakeAPasswordThatWasAcceptedBesideAnother) {
    ASSERT_TRUE(create("Initial-1"));
    const auto slow = own("Initial-1", "Another-2");
    ASSERT_TRUE(update("Stolen-3!"));
    const auto late = edit([&](AccountEdit& account) { return change_own_password(account, "ada", *slow); });
    EXPECT_EQ(error_of(late).code, "ConcurrentModification");
    EXPECT_EQ(standing("Stolen-3!"), PasswordStanding::good);
    ASSERT_TRUE(remove());
    ASSERT_TRUE(create("Initial-1"));  // The same text, but not the same password any more.
    EXPECT_EQ(error_of(store(slow)).code, "ConcurrentModification");
}

TEST_F(LoginProfilesTest, RefuseAsManyPreviousPasswordsAsThePolicySays) {  // B10.
    ASSERT_TRUE(create("Password-1"));
    ASSERT_TRUE(update("Password-2"));
    ASSERT_TRUE(update("Password-3"));
    ASSERT_TRUE(update("Password-3"));  // Nothing is refused without a policy.
    set_policy({.reuse_prevention = 1});
    EXPECT_EQ(error_of(update("Password-3")).code, "PasswordPolicyViolation");
    ASSERT_TRUE(update("Password-2"));
    set_policy({.reuse_prevention = 3});  // In use: 2; before it: 3, 3.
    EXPECT_EQ(error_of(update("Password-2")).code, "PasswordPolicyViolation");
    EXPECT_EQ(error_of(update("Password-3")).code, "PasswordPolicyViolation");
    ASSERT_TRUE(update("Password-1"));
}

TEST_F(LoginProfilesTest, RememberTheLast24Passwords) {  // B10.
    set_policy({.reuse_prevention = 24});
    const auto password = [](int number) { return "Password-" + std::to_string(number); };
    ASSERT_TRUE(create(password(0).c_str()));
    for (int number = 1; number <= 23; ++number) ASSERT_TRUE(update(password(number).c_str())) << number;
    EXPECT_EQ(error_of(update(password(0).c_str())).code, "PasswordPolicyViolation");
    ASSERT_TRUE(update(password(24).c_str()));
    ASSERT_TRUE(update(password(0).c_str()));
    ASSERT_TRUE(update(password(25).c_str()));
    auto reader = store_->read();
    EXPECT_EQ(*(*reader)->count<store::FormerPassword>(store::FormerPassword::by_number, {}), 24U);
}

TEST_F(LoginProfilesTest, ExpireByTheAgeOfThePolicyAtOnce) {  // B8, B10.
    ASSERT_TRUE(create("Initial-1"));
    clock_.advance(days(30));
    EXPECT_EQ(standing("Initial-1"), PasswordStanding::good);
    set_policy({.age_days_max = 31});
    EXPECT_EQ(standing("Initial-1"), PasswordStanding::good);
    set_policy({.age_days_max = 30});
    EXPECT_EQ(standing("Initial-1"), PasswordStanding::must_be_changed);
    EXPECT_EQ(standing("wrong"), PasswordStanding::wrong);
    set_policy({.age_days_max = 30, .hard_expiry = true});
    EXPECT_EQ(standing("Initial-1"), PasswordStanding::must_be_reset);
    ASSERT_TRUE(update("Another-2"));
    EXPECT_EQ(standing("Another-2"), PasswordStanding::good);
}

TEST_F(LoginProfilesTest, AskForANewPasswordWhenAResetIsRequired) {
    ASSERT_TRUE(create("Initial-1", true));
    EXPECT_EQ(standing("Initial-1"), PasswordStanding::must_be_changed);
    EXPECT_EQ(standing("Initial-1", "nobody"), PasswordStanding::wrong);
}

TEST_F(LoginProfilesTest, FollowTheRulesOfTheAccount) {  // B8.
    EXPECT_EQ(error_of(first("weakling")).code, "PasswordPolicyViolation");
    EXPECT_EQ(error_of(first("111122223333")).code, "PasswordPolicyViolation");
    set_policy({.minimum_length = 6});
    EXPECT_TRUE(create("simple"));
    EXPECT_EQ(error_of(next("short")).code, "PasswordPolicyViolation");
}

}  // namespace
}  // namespace writ::directory
