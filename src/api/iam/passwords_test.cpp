#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

const std::string violation =
    "400 PasswordPolicyViolation: Password does not conform to the account password policy.";

Parameters change(const std::string& from, const std::string& to) {
    return {{"OldPassword", from}, {"NewPassword", to}};
}

/// Bob, who has a password and may do nothing.
class Passwords : public testing::Test {
  protected:
    Passwords() : bob(world.make_user("bob")) {
        world.make("CreateLoginProfile", {{"UserName", "bob"}, {"Password", "Initial-1"}});
    }
    Reply change_as(const Who& who, const std::string& from, const std::string& to) {
        return world.iam(who, "ChangePassword", change(from, to));
    }
    void let_users_change(bool may = true) {
        world.make("UpdateAccountPasswordPolicy", {{"AllowUsersToChangePassword", may ? "true" : "false"}});
    }

    World world;
    Who bob;
};

TEST_F(Passwords, ProfilesAreShownWithoutThePassword) {
    const Reply profile = world.make("GetLoginProfile", {{"UserName", "BOB"}});
    EXPECT_EQ(profile.text("LoginProfile/UserName"), "bob");
    EXPECT_EQ(profile.text("CreateDate"), "2026-11-24T04:23:00Z");
    EXPECT_EQ(profile.text("PasswordResetRequired"), "false");
    EXPECT_FALSE(profile.has("MaxSigninSessionDuration"));
    EXPECT_EQ(profile.body().find("argon2"), std::string::npos);
    world.make("UpdateLoginProfile", {{"UserName", "bob"}, {"MaxSigninSessionDuration", "7200"}});
    EXPECT_EQ(world.make("GetLoginProfile", {{"UserName", "bob"}}).text("MaxSigninSessionDuration"), "7200");
    world.make("DeleteLoginProfile", {{"UserName", "bob"}});
    EXPECT_EQ(world.iam(world.root(), "GetLoginProfile", {{"UserName", "bob"}}).summary(),
              "404 NoSuchEntity: Login Profile for User bob cannot be found.");
}

TEST_F(Passwords, ProfilesAreOfUsersOnly) {
    for (const char* action : {"CreateLoginProfile", "GetLoginProfile", "DeleteLoginProfile"}) {
        EXPECT_EQ(world.iam(world.root(), action).code(), "ValidationError") << action;
    }
    EXPECT_EQ(world.iam(world.root(), "CreateLoginProfile", {{"UserName", "bob"}}).code(), "ValidationError");
    EXPECT_EQ(world.iam(world.root(), "CreateLoginProfile", {{"UserName", "eve"}, {"Password", "Initial-1"}})
                  .summary(),
              "404 NoSuchEntity: The user with name eve cannot be found.");
    EXPECT_EQ(world
                  .iam(world.root(), "UpdateLoginProfile",
                       {{"UserName", "bob"},
                        {"MaxSigninSessionDuration", "7200"},
                        {"ResetMaxSigninSessionDuration", "true"}})
                  .code(),
              "InvalidInput");
}

TEST_F(Passwords, NeverStandInAnAnswer) {  // 7.9: parameters that the model calls sensitive.
    const Reply bad = world.iam(world.root(), "CreateLoginProfile",
                                {{"UserName", "bob"}, {"Password", "Top-Secret-1\x01"}});
    EXPECT_EQ(bad.code(), "ValidationError");
    EXPECT_EQ(bad.body().find("Top-Secret"), std::string::npos) << bad.body();
}

TEST_F(Passwords, AreChangedByTheirUserWhereThePolicyAllowsIt) {  // E11.
    EXPECT_EQ(change_as(bob, "Initial-1", "Another-2").code(), "AccessDenied");
    EXPECT_EQ(world.iam(bob, "GetAccountPasswordPolicy").code(), "AccessDenied");
    let_users_change();
    EXPECT_EQ(world.iam(bob, "GetAccountPasswordPolicy").text("AllowUsersToChangePassword"), "true");
    EXPECT_EQ(change_as(bob, "Initial-1", "Another-2").summary(), "200");
    EXPECT_EQ(change_as(bob, "Initial-1", "Third-3!").summary(),
              "403 AccessDenied: The old password was incorrect.");
    EXPECT_EQ(world.iam(bob, "UpdateLoginProfile", {{"UserName", "bob"}, {"Password", "Third-3!"}}).code(),
              "AccessDenied");
    let_users_change(false);
    EXPECT_EQ(change_as(bob, "Another-2", "Third-3!").code(), "AccessDenied");
    let_users_change();
    world.make("DeleteAccountPasswordPolicy", {});
    EXPECT_EQ(change_as(bob, "Another-2", "Third-3!").code(), "AccessDenied");
}

TEST_F(Passwords, AreNotChangedAgainstADenial) {  // E11.
    let_users_change();
    world.set_policy("bob", deny("iam:ChangePassword"));
    EXPECT_EQ(change_as(bob, "Initial-1", "Another-2").code(), "AccessDenied");
    world.make("DeleteUserPolicy", {{"UserName", "bob"}, {"PolicyName", "p"}});
    EXPECT_EQ(change_as(bob, "Initial-1", "Another-2").summary(), "200");
    world.make("UpdateUser", {{"UserName", "bob"}, {"NewUserName", "rob"}, {"NewPath", "/a*b/\"${c}\"/"}});
    EXPECT_EQ(change_as(bob, "Another-2", "Third-3!").summary(), "200");  // Wherever the user is.
}

TEST_F(Passwords, AreChangedByPermissionWithoutThePolicy) {
    world.set_policy("bob", allow("iam:ChangePassword", "arn:aws:iam::123456789012:user/${aws:username}"));
    EXPECT_EQ(change_as(bob, "Initial-1", "weak").summary(), violation);
    EXPECT_EQ(change_as(bob, "Initial-1", "Another-2").summary(), "200");
    const Who eve = world.make_user("eve", allow("iam:ChangePassword"));
    EXPECT_EQ(change_as(eve, "Initial-1", "Another-2").summary(),
              "404 NoSuchEntity: Login Profile for User eve cannot be found.");
}

TEST_F(Passwords, AreOfIamUsersOnly) {  // B11.
    EXPECT_EQ(change_as(world.root(), "Initial-1", "Another-2").code(), "InvalidUserType");
}

TEST_F(Passwords, FollowThePolicyOfTheAccount) {  // B8.
    world.make("UpdateAccountPasswordPolicy", {{"MinimumPasswordLength", "12"},
                                               {"RequireSymbols", "true"},
                                               {"PasswordReusePrevention", "2"},
                                               {"MaxPasswordAge", "90"},
                                               {"HardExpiry", "true"}});
    const Reply policy = world.make("GetAccountPasswordPolicy", {});
    EXPECT_EQ(policy.text("MinimumPasswordLength"), "12");
    EXPECT_EQ(policy.text("RequireSymbols"), "true");
    EXPECT_EQ(policy.text("RequireNumbers"), "false");
    EXPECT_EQ(policy.text("PasswordReusePrevention"), "2");
    EXPECT_EQ(policy.text("ExpirePasswords"), "true");
    EXPECT_EQ(policy.text("MaxPasswordAge"), "90");
    EXPECT_EQ(policy.text("HardExpiry"), "true");
    const auto set = [&](const std::string& password) {
        return world.iam(world.root(), "UpdateLoginProfile", {{"UserName", "bob"}, {"Password", password}})
            .summary();
    };
    EXPECT_EQ(set("abcdefghijkl"), violation);
    EXPECT_EQ(set("abcdefghij!"), violation);
    EXPECT_EQ(set("abcdefghijk!"), "200");
    EXPECT_EQ(set("abcdefghijk!"), violation);
    world.make("UpdateAccountPasswordPolicy", {});
    const Reply plain = world.make("GetAccountPasswordPolicy", {});
    EXPECT_EQ(plain.text("MinimumPasswordLength"), "6");
    EXPECT_EQ(plain.text("ExpirePasswords"), "false");
    EXPECT_FALSE(plain.has("MaxPasswordAge"));
    EXPECT_FALSE(plain.has("PasswordReusePrevention"));
}

TEST_F(Passwords, ChangedMeanwhileAreNotOverwritten) {
    let_users_change();
    world.store().before_write = [&] {
        world.make("UpdateLoginProfile", {{"UserName", "bob"}, {"Password", "Reset-by-1"}});
    };
    EXPECT_EQ(change_as(bob, "Initial-1", "Another-2").summary(),
              "403 AccessDenied: The old password was incorrect.");
}

}  // namespace
}  // namespace writ::api
