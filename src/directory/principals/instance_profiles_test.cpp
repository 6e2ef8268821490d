#include "directory/principals/instance_profiles.h"

#include "directory/internal/testing.h"

namespace writ::directory {
namespace {

constexpr const char* trust =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},)"
    R"("Action":"sts:AssumeRole"}})";

class InstanceProfilesTest : public DirectoryTest {
  protected:
    InstanceProfilesTest() {
        EXPECT_TRUE(create("web"));
        EXPECT_TRUE(edit([](AccountEdit& account) {
            return create_role(account, {.name = "run", .trust_document = trust});
        }));
    }
    Result<InstanceProfile> create(const std::string& name, const std::string& path = "/") {
        return edit([&](AccountEdit& account) {
            return create_instance_profile(account, {.name = name, .path = path});
        });
    }
    Result<void> add(std::string_view name, std::string_view role = "run") {
        return edit([&](AccountEdit& account) { return add_role_to_instance_profile(account, name, role); });
    }
    Result<void> remove(std::string_view name, std::string_view role = "run") {
        return edit(
            [&](AccountEdit& account) { return remove_role_from_instance_profile(account, name, role); });
    }
    Result<void> erase(std::string_view name) {
        return edit([&](AccountEdit& account) { return delete_instance_profile(account, name); });
    }
    Result<InstanceProfile> get(std::string_view name) {
        return view([&](const AccountView& account) { return get_instance_profile(account, name); });
    }
};

TEST_F(InstanceProfilesTest, HaveNamesThatAreUniqueWithoutCase) {  // B2.
    EXPECT_EQ(error_of(create("WEB", "/other/")),
              (Error{"EntityAlreadyExists", 409, "Instance Profile WEB already exists."}));
    const auto web = get("Web");
    ASSERT_TRUE(web);
    EXPECT_EQ(web->name, "web");
    EXPECT_EQ(web->arn, "arn:aws:iam::111122223333:instance-profile/web");
    EXPECT_TRUE(web->profile_id.starts_with("AIPA"));
    EXPECT_EQ(web->profile_id.size(), 21U);
    EXPECT_FALSE(web->role);
    EXPECT_EQ(error_of(get("db")), (Error{"NoSuchEntity", 404, "Instance Profile db cannot be found."}));
    EXPECT_EQ(error_of(create("db", "db")).code, "ValidationError");
}

TEST_F(InstanceProfilesTest, HoldOneRole) {  // 8.2.
    EXPECT_TRUE(add("web"));
    EXPECT_EQ(get("web")->role->name, "run");
    const Error full{"LimitExceeded", 409, "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"};
    EXPECT_EQ(error_of(add("web")), full);
    EXPECT_TRUE(create("more"));
    EXPECT_TRUE(add("more"));
    EXPECT_EQ(error_of(add("web", "nobody")),
              (Error{"NoSuchEntity", 404, "The role with name nobody cannot be found."}));
    EXPECT_EQ(error_of(add("none")), (Error{"NoSuchEntity", 404, "Instance Profile none cannot be found."}));
    EXPECT_TRUE(remove("web"));
    EXPECT_FALSE(get("web")->role);
    EXPECT_EQ(error_of(remove("web")).code, "NoSuchEntity");
}

TEST_F(InstanceProfilesTest, AndTheirRolesAreDeletedApartFromEachOther) {  // 8.3.
    EXPECT_TRUE(add("web"));
    const Error conflict{"DeleteConflict", 409,
                         "Cannot delete entity, must remove roles from instance profile first."};
    EXPECT_EQ(error_of(erase("web")), conflict);
    EXPECT_EQ(error_of(edit([](AccountEdit& account) { return delete_role(account, "run"); })), conflict);
    EXPECT_TRUE(remove("web"));
    EXPECT_TRUE(erase("web"));
    EXPECT_TRUE(edit([](AccountEdit& account) { return delete_role(account, "run"); }));
    EXPECT_EQ(error_of(erase("web")).code, "NoSuchEntity");
}

TEST_F(InstanceProfilesTest, AreListedByNameAndByRole) {  // 8.4.
    EXPECT_TRUE(create("App", "/team/"));
    EXPECT_TRUE(add("App"));
    const auto listed = [&](std::string_view path, const PageRequest& page) {
        return view([&](const AccountView& account) { return list_instance_profiles(account, path, page); });
    };
    const auto first = listed("/", {.items_max = 1});
    ASSERT_TRUE(first);
    ASSERT_EQ(first->items.size(), 1U);
    EXPECT_EQ(first->items[0].name, "App");
    EXPECT_EQ(first->items[0].role->name, "run");
    const auto second = listed("/", {.marker = first->marker, .items_max = 1});
    EXPECT_EQ(second->items[0].name, "web");
    EXPECT_FALSE(second->marker);
    EXPECT_EQ(listed("/team/", {})->items.size(), 1U);
    const auto of_role =
        view([&](const AccountView& account) { return list_instance_profiles_for_role(account, "run", {}); });
    ASSERT_EQ(of_role->items.size(), 1U);
    EXPECT_EQ(of_role->items[0].name, "App");
    EXPECT_EQ(error_of(view([&](const AccountView& account) {
                  return list_instance_profiles_for_role(account, "nobody", {});
              })).code,
              "NoSuchEntity");
}

TEST_F(InstanceProfilesTest, AreLimitedByTheQuotaOfTheAccount) {
    environment_.quotas.set(Quota::instance_profiles_per_account, 2);
    EXPECT_TRUE(create("two"));
    EXPECT_EQ(error_of(create("three")).message, "Cannot exceed quota for InstanceProfilesPerAccount: 2");
    EXPECT_TRUE(erase("two"));
    EXPECT_TRUE(create("three"));
}

TEST_F(InstanceProfilesTest, HaveTagsWhoseKeysDifferInCase) {  // 8.5.
    EXPECT_TRUE(edit([](AccountEdit& account) {
        return tag(account, {.kind = TaggedKind::instance_profile, .name = "web"},
                   {{"Team", "a"}, {"team", "b"}});
    }));
    EXPECT_EQ(get("web")->tags.size(), 2U);
    const auto target =
        view([](const AccountView& account) { return find_instance_profile_target(account, "WEB"); });
    EXPECT_TRUE(target->exists);
    EXPECT_EQ(target->arn, "arn:aws:iam::111122223333:instance-profile/web");
    EXPECT_EQ(target->tags.size(), 2U);
    EXPECT_TRUE(erase("web"));
    EXPECT_TRUE(create("web"));
    EXPECT_TRUE(get("web")->tags.empty());
}

TEST_F(InstanceProfilesTest, DoNotTakeProtectedRoles) {
    EXPECT_TRUE(edit([&](AccountEdit& account) {
        const store::Role linked{.account_id = account.account_id,
                                 .role_id = "AROALINKED",
                                 .name = "linked",
                                 .name_folded = "linked",
                                 .path = "/aws-service-role/x.amazonaws.com/",
                                 .description = {},
                                 .trust_document = trust,
                                 .created_at = clock_.now()};
        EXPECT_TRUE(account.writes.insert(linked));
        return Result<void>{};
    }));
    EXPECT_EQ(error_of(add("web", "linked")).code, "UnmodifiableEntity");
}

}  // namespace
}  // namespace writ::directory
