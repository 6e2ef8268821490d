#include "directory/targets.h"

#include "directory/internal/testing_policies.h"
#include "store/faulty_store.h"

namespace writ::directory {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TargetsTest : public DirectoryTest {
  protected:
    Target target(OwnerKind kind, std::string_view name) {
        return *view(
            [&](const AccountView& account) { return find_target(account, {.kind = kind, .name = name}); });
    }
    Result<Target> policy(std::string_view arn) {
        return view([&](const AccountView& account) { return find_policy_target(account, arn); });
    }
    std::optional<Target> key_owner(const std::string& id, const char* in_account = account_id) {
        return *view([&](const AccountView& account) { return find_key_owner(account, id); }, in_account);
    }
};

TEST_F(TargetsTest, OfWhatExistsHavePathTagsAndBoundary) {
    const NewUser ada{.name = "Ada", .path = "/lab/", .boundary_arn = read_only, .tags = {{"Team", "lab"}}};
    const auto user = edit([&](AccountEdit& account) { return create_user(account, ada); });
    ASSERT_TRUE(user);
    const Target found = target(OwnerKind::user, "ADA");
    EXPECT_EQ(found.arn, "arn:aws:iam::111122223333:user/lab/Ada");
    EXPECT_TRUE(found.exists);
    EXPECT_EQ(found.id, user->user_id);
    EXPECT_THAT(found.tags, ElementsAre(Tag{"Team", "lab"}));
    EXPECT_EQ(found.boundary_arn, read_only);
}

TEST_F(TargetsTest, OfWhatDoesNotExistHaveTheArnThatTheNameWouldHave) {
    for (const auto& [kind, arn] : {std::pair{OwnerKind::user, "arn:aws:iam::111122223333:user/Eve"},
                                    std::pair{OwnerKind::group, "arn:aws:iam::111122223333:group/Eve"},
                                    std::pair{OwnerKind::role, "arn:aws:iam::111122223333:role/Eve"}}) {
        const Target found = target(kind, "Eve");
        EXPECT_EQ(found.arn, arn);
        EXPECT_FALSE(found.exists);
        EXPECT_EQ(found.id, "");
        EXPECT_THAT(found.tags, IsEmpty());
        EXPECT_FALSE(found.boundary_arn);
    }
}

TEST_F(TargetsTest, CanBeGroupsAndRoles) {
    ASSERT_TRUE(
        edit([](AccountEdit& account) { return create_group(account, {.name = "ops", .path = "/eu/"}); }));
    EXPECT_EQ(target(OwnerKind::group, "ops").arn, "arn:aws:iam::111122223333:group/eu/ops");
    EXPECT_TRUE(target(OwnerKind::group, "ops").exists);
    ASSERT_TRUE(edit([](AccountEdit& account) {
        return create_role(account, {.name = "run",
                                     .path = "/svc/",
                                     .trust_document = trust_account,
                                     .boundary_arn = read_only,
                                     .tags = {{"a", "b"}}});
    }));
    const Target role = target(OwnerKind::role, "Run");
    EXPECT_EQ(role.arn, "arn:aws:iam::111122223333:role/svc/run");
    EXPECT_THAT(role.tags, ElementsAre(Tag{"a", "b"}));
    EXPECT_EQ(role.boundary_arn, read_only);
}

TEST_F(TargetsTest, CanBePoliciesOfTheAccount) {
    const auto made = edit([](AccountEdit& account) {
        return create_policy(account, {.name = "Read", .document = allow_list, .tags = {{"a", "b"}}});
    });
    ASSERT_TRUE(made);
    const auto found = policy("arn:aws:iam::111122223333:policy/Read");
    EXPECT_EQ(found->arn, made->arn);
    EXPECT_EQ(found->id, made->policy_id);
    EXPECT_TRUE(found->exists);
    EXPECT_THAT(found->tags, ElementsAre(Tag{"a", "b"}));
}

TEST_F(TargetsTest, CanBePoliciesOfAwsOrNone) {
    EXPECT_TRUE(policy(read_only)->exists);
    EXPECT_EQ(policy(read_only)->arn, read_only);
    for (const char* arn : {"arn:aws:iam::aws:policy/NoSuchPolicy", "arn:aws:iam::111122223333:policy/x/y"}) {
        EXPECT_FALSE(policy(arn)->exists);
        EXPECT_EQ(policy(arn)->arn, arn);
    }
    EXPECT_EQ(error_of(policy("x")), (Error{"ValidationError", 400, "Invalid ARN:  Could not be parsed!"}));
}

// Only users and roles have boundaries, and groups have no tags either.
TEST_F(TargetsTest, ReadNoMoreThanTheirKindHas) {
    ASSERT_TRUE(edit([](AccountEdit& account) { return create_user(account, {.name = "ada"}); }));
    ASSERT_TRUE(edit([](AccountEdit& account) { return create_group(account, {.name = "ops"}); }));
    const auto made = edit([](AccountEdit& account) {
        return create_policy(account, {.name = "Read", .document = allow_list});
    });
    ASSERT_TRUE(made);
    store::FaultyStore faulty(*store_);
    const auto is_found_by = [&](std::uint64_t reads, auto question) {
        faulty.fail({.first = reads + 2});  // The first call only begins to read.
        const auto reader = faulty.read();
        return question(AccountView{**reader, account_id, environment_}).has_value();
    };
    const auto group = [](const AccountView& account) {
        return find_target(account, {.kind = OwnerKind::group, .name = "ops"});
    };
    const auto policy = [&](const AccountView& account) { return find_policy_target(account, made->arn); };
    const auto user = [](const AccountView& account) {
        return find_target(account, {.kind = OwnerKind::user, .name = "ada"});
    };
    EXPECT_FALSE(is_found_by(0, group));
    EXPECT_TRUE(is_found_by(1, group));
    EXPECT_FALSE(is_found_by(1, policy));
    EXPECT_TRUE(is_found_by(2, policy));
    EXPECT_FALSE(is_found_by(2, user));
    EXPECT_TRUE(is_found_by(3, user));
}

TEST_F(TargetsTest, OfKeysAreTheirOwners) {
    ASSERT_TRUE(edit([](AccountEdit& account) {
        return create_user(account, {.name = "ada", .path = "/lab/", .tags = {{"a", "b"}}});
    }));
    const auto key = edit([](AccountEdit& account) { return create_access_key(account, {"ada"}); });
    const auto owner = key_owner(key->key.access_key_id);
    ASSERT_TRUE(owner);
    EXPECT_EQ(owner->arn, "arn:aws:iam::111122223333:user/lab/ada");
    EXPECT_THAT(owner->tags, ElementsAre(Tag{"a", "b"}));
    EXPECT_FALSE(key_owner(key->key.access_key_id, other_account_id));
    EXPECT_FALSE(key_owner("AKIAMISSING"));
}

TEST_F(TargetsTest, OfKeysOfRootAreTheAccount) {
    const auto key = edit([](AccountEdit& account) { return create_access_key(account, {}); });
    const auto owner = key_owner(key->key.access_key_id);
    ASSERT_TRUE(owner);
    EXPECT_EQ(owner->arn, "arn:aws:iam::111122223333:root");
    EXPECT_TRUE(owner->exists);
}

TEST(EntityArn, HasPathAndName) {
    EXPECT_EQ(entity_arn("aws", "111122223333", "user", "/", "ada"), "arn:aws:iam::111122223333:user/ada");
    EXPECT_EQ(entity_arn("aws-cn", "111122223333", "role", "/a/b/", "run"),
              "arn:aws-cn:iam::111122223333:role/a/b/run");
}

}  // namespace
}  // namespace writ::directory
