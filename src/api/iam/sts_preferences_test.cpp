#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

/// The value beside a key in the summary of the account.
std::string summary_of(World& world, const Who& who, const std::string& key) {
    const Reply reply = world.iam(who, "GetAccountSummary");
    EXPECT_EQ(reply.summary(), "200");
    return reply.document.select_node(("//entry[key='" + key + "']/value").c_str()).node().text().get();
}

TEST(SetSecurityTokenServicePreferences, IsToldByTheAccountSummary) {  // Spec B29.
    World world;
    const std::string key = "GlobalEndpointTokenVersion";
    EXPECT_EQ(summary_of(world, world.root(), key), "1");
    world.make("SetSecurityTokenServicePreferences", {{key, "v2Token"}});
    EXPECT_EQ(summary_of(world, world.root(), key), "2");
    EXPECT_EQ(summary_of(world, world.other_root(), key), "1");
    world.make("SetSecurityTokenServicePreferences", {{key, "v1Token"}});
    EXPECT_EQ(summary_of(world, world.root(), key), "1");
    EXPECT_EQ(world.iam(world.root(), "SetSecurityTokenServicePreferences", {{key, "v3Token"}}).code(),
              "ValidationError");
    EXPECT_EQ(world.iam(world.root(), "SetSecurityTokenServicePreferences").code(), "ValidationError");
}

TEST(SetSecurityTokenServicePreferences, IsAuthorized) {
    World world;
    const Who bob = world.make_user("bob", allow("iam:Get*"));
    EXPECT_EQ(
        world.iam(bob, "SetSecurityTokenServicePreferences", {{"GlobalEndpointTokenVersion", "v2Token"}})
            .code(),
        "AccessDenied");
    EXPECT_EQ(summary_of(world, bob, "GlobalEndpointTokenVersion"), "1");
}

}  // namespace
}  // namespace writ::api
