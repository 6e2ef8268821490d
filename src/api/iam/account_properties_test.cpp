// Account properties and the rest of what has no use without services of AWS.
#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

class AccountProperties : public testing::Test, public World {
  protected:
    Reply put(const Who& who, const std::vector<std::pair<std::string, std::string>>& properties) {
        Parameters parameters;
        for (const auto& [key, value] : properties) {
            const std::string entry = "Properties.entry." + std::to_string(parameters.size() / 2 + 1);
            parameters.emplace_back(entry + ".key", key);
            parameters.emplace_back(entry + ".value", value);
        }
        return iam(who, "PutAccountProperties", parameters);
    }
};

TEST_F(AccountProperties, TellThatRoleManagerIsOff) {
    const Reply told = iam(root(), "GetAccountProperties");
    ASSERT_EQ(told.summary(), "200");
    EXPECT_EQ(told.texts("Properties/entry/key"), std::vector<std::string>{"RoleManager/Enabled"});
    EXPECT_EQ(told.texts("Properties/entry/value"), std::vector<std::string>{"false"});
}

TEST_F(AccountProperties, CanBeSetToWhatTheyAre) {
    EXPECT_EQ(put(root(), {{"RoleManager/Enabled", "false"}}).summary(), "200");
    const Reply refused = put(root(), {{"RoleManager/Enabled", "true"}});
    EXPECT_EQ(refused.status(), 400);
    EXPECT_EQ(refused.code(), "InvalidInput");
    EXPECT_NE(refused.message().find("cannot be enabled"), std::string::npos);
    EXPECT_EQ(iam(root(), "GetAccountProperties").text("Properties/entry/value"), "false");
}

TEST_F(AccountProperties, AreChecked) {
    const auto code = [&](const std::vector<std::pair<std::string, std::string>>& properties) {
        return put(root(), properties).code();
    };
    EXPECT_EQ(code({{"RoleManager/Enabled", "yes"}}), "InvalidInput");
    EXPECT_EQ(code({{"RoleManager/Other", "false"}}), "InvalidInput");
    EXPECT_EQ(code({{"RoleManager", "false"}}), "InvalidInput");
    EXPECT_EQ(code({{"RoleManager/", "false"}}), "InvalidInput");
    EXPECT_EQ(code({{"Role/Manager/Enabled", "false"}}), "InvalidInput");
    EXPECT_EQ(code({{"/Enabled", "false"}}), "InvalidInput");
    const Reply mixed = put(root(), {{"RoleManager/Enabled", "false"}, {"Other/Enabled", "false"}});
    EXPECT_EQ(mixed.summary(),
              "400 InvalidInput: All properties in a request must belong to the same namespace.");
    EXPECT_EQ(iam(root(), "PutAccountProperties").code(), "ValidationError");
}

TEST_F(AccountProperties, AreAuthorizedByTheirNamespace) {
    const Who bob = make_user(
        "bob", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*AccountProperties",)"
               R"("Resource":"*","Condition":{"ForAllValues:StringEquals":)"
               R"({"iam:AccountPropertyNamespaces":"RoleManager"}}}})");
    EXPECT_EQ(put(bob, {{"RoleManager/Enabled", "false"}}).summary(), "200");
    EXPECT_EQ(iam(bob, "GetAccountProperties").summary(), "200");
    EXPECT_EQ(put(bob, {{"Other/Enabled", "false"}}).code(), "AccessDenied");
    EXPECT_EQ(put(make_user("eve"), {{"RoleManager/Enabled", "false"}}).code(), "AccessDenied");
}

TEST(UpdateOpenIDConnectProvider, SaysThatThereIsNothingToPropagateIdentitiesTo) {
    World world;
    const std::string arn = "arn:aws:iam::123456789012:oidc-provider/idp.example.com";
    world.make("CreateOpenIDConnectProvider",
               {{"Url", "https://idp.example.com"}, {"ThumbprintList.member.1", std::string(40, 'a')}});
    const Parameters parameters{{"OpenIDConnectProviderArn", arn}, {"RemoveContextProvider", "true"}};
    const Reply refused = world.iam(world.root(), "UpdateOpenIDConnectProvider", parameters);
    EXPECT_EQ(refused.status(), 400);
    EXPECT_EQ(refused.code(), "InvalidInput");
    EXPECT_NE(refused.message().find("Identity Center"), std::string::npos);
    const Who bob = world.make_user("bob", allow("iam:UpdateOpenIDConnectProvider", arn + "0"));
    EXPECT_EQ(world.iam(bob, "UpdateOpenIDConnectProvider", parameters).code(), "AccessDenied");
    world.set_policy("bob", allow("iam:UpdateOpenIDConnectProvider", arn));
    EXPECT_EQ(world.iam(bob, "UpdateOpenIDConnectProvider", parameters).code(), "InvalidInput");
}

}  // namespace
}  // namespace writ::api
