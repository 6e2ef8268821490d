#include "directory/internal/entities.h"

#include "directory/internal/testing.h"

namespace writ::directory {
namespace {

class EntitiesTest : public DirectoryTest {
  protected:
    EntitiesTest() {
        auto transaction = store_->write();
        const store::User user{.account_id = account_id,
                               .user_id = "AIDA1",
                               .name = "Ada",
                               .name_folded = "ada",
                               .path = "/lab/",
                               .created_at = {}};
        const store::Policy policy{.account_id = account_id,
                                   .policy_id = "ANPA1",
                                   .arn = "arn:aws:iam::111122223333:policy/lab/Read",
                                   .name = "Read",
                                   .name_folded = "read",
                                   .path = "/lab/",
                                   .description = {},
                                   .created_at = {},
                                   .updated_at = {}};
        EXPECT_TRUE((*transaction)->insert(user));
        EXPECT_TRUE((*transaction)->insert(policy));
        EXPECT_TRUE((*transaction)->commit());
    }

    Result<store::Policy> policy(std::string_view arn) {
        return view([&](const AccountView& account) { return policy_by_arn(account, arn); });
    }
};

TEST_F(EntitiesTest, AreFoundInAnyCaseWithTheStoredName) {
    for (const char* name : {"Ada", "ada", "ADA"}) {
        const auto user = view([&](const AccountView& account) { return user_by_name(account, name); });
        ASSERT_TRUE(user);
        EXPECT_EQ(user->name, "Ada");
    }
}

TEST_F(EntitiesTest, OfOtherAccountsAreNotFound) {
    const auto find = [](const AccountView& account) { return user_by_name(account, "Ada"); };
    EXPECT_EQ(error_of(view(find, other_account_id)).code, "NoSuchEntity");
}

TEST_F(EntitiesTest, ThatAreMissingAreNamedAsRequested) {
    const Error user = error_of(view([](const AccountView& a) { return user_by_name(a, "Bob"); }));
    EXPECT_EQ(user, (Error{"NoSuchEntity", 404, "The user with name Bob cannot be found."}));
    const Error group = error_of(view([](const AccountView& a) { return group_by_name(a, "Ops"); }));
    EXPECT_EQ(group, (Error{"NoSuchEntity", 404, "The group with name Ops cannot be found."}));
    const Error role = error_of(view([](const AccountView& a) { return role_by_name(a, "Run"); }));
    EXPECT_EQ(role, (Error{"NoSuchEntity", 404, "The role with name Run cannot be found."}));
}

TEST_F(EntitiesTest, PoliciesAreFoundByArn) {
    EXPECT_EQ(policy("arn:aws:iam::111122223333:policy/lab/Read")->policy_id, "ANPA1");
}

TEST_F(EntitiesTest, PoliciesUnderAnyOtherArnAreNotFound) {
    for (const char* arn :
         {"arn:aws:iam::111122223333:policy/Read", "arn:aws:iam::111122223333:policy/Lab/Read",
          "arn:aws:iam::111122223333:policy/lab/READ", "arn:aws:iam::111122223333:policy/lab/Write",
          "arn:aws:iam::111122223333:role/lab/Read", "arn:aws:iam::444455556666:policy/lab/Read",
          "arn:aws:iam::aws:policy/lab/Read", "arn:aws-cn:iam::111122223333:policy/lab/Read",
          "arn:aws:sts::111122223333:policy/lab/Read", "arn:aws:iam:eu-west-1:111122223333:policy/lab/Read",
          "arn:aws:iam::111122223333:policy/"}) {
        SCOPED_TRACE(arn);
        const std::string message = "Policy " + std::string(arn) + " was not found.";
        EXPECT_EQ(error_of(policy(arn)), (Error{"NoSuchEntity", 404, message}));
    }
}

TEST_F(EntitiesTest, WhatIsNoArnIsRefused) {
    EXPECT_EQ(error_of(policy("lab/Read")),
              (Error{"ValidationError", 400, "Invalid ARN:  Could not be parsed!"}));
}

TEST_F(EntitiesTest, OwnersTellWhatUsersGroupsAndRolesHaveInCommon) {
    const auto found =
        view([](const AccountView& a) { return owner(a, {.kind = OwnerKind::user, .name = "ADA"}); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->kind, store::EntityKind::user);
    EXPECT_EQ(found->id, "AIDA1");
    EXPECT_EQ(found->name, "Ada");
    EXPECT_EQ(found->name_folded, "ada");
    EXPECT_EQ(found->path, "/lab/");
    const auto missing =
        view([](const AccountView& a) { return owner(a, {.kind = OwnerKind::role, .name = "Ada"}); });
    EXPECT_EQ(error_of(missing).message, "The role with name Ada cannot be found.");
}

}  // namespace
}  // namespace writ::directory
