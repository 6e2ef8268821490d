#include "questions/internal/world_for_tests.h"

/// Services that an account describes, over HTTP.
namespace writ::questions {
namespace {

using Json = TestJson;

const std::string shop = R"({"prefix":"shop","actions":[{"name":"Read","access_level":"Read"}]})";

class ServicesOverHttp : public testing::Test {
  protected:
    Told send(const Who& who, const std::string& method, const std::string& path,
              const std::string& body = {}) {
        HttpRequest request = World::bare(method, path);
        request.body = body;
        world.sign(request, who);
        return world.send(request);
    }
    World world;
};

TEST_F(ServicesOverHttp, AreRegisteredReplacedListedAndRemoved) {
    const Who root = World::root();
    EXPECT_EQ(send(root, "GET", "/services").json, Json({{"services", Json::array()}}));
    EXPECT_EQ(send(root, "POST", "/services", shop).json["title"], "shop");
    EXPECT_EQ(send(root, "GET", "/services/shop").json["actions"][0]["name"], "Read");
    const std::string titled =
        R"({"prefix":"shop","title":"The shop","actions":[{"name":"Write","access_level":"Write"}]})";
    EXPECT_EQ(send(root, "POST", "/services", titled).status, 200);
    const Told all = send(root, "GET", "/services");
    ASSERT_EQ(all.json["services"].size(), 1U);
    EXPECT_EQ(all.json["services"][0]["title"], "The shop");
    EXPECT_EQ(send(root, "DELETE", "/services/shop").status, 200);
    EXPECT_EQ(send(root, "DELETE", "/services/shop").status, 404);
    const Told gone = send(root, "GET", "/services/shop");
    EXPECT_EQ(gone.status, 404);
    EXPECT_EQ(gone.json["error"], "NoSuchEntity");
}

TEST_F(ServicesOverHttp, AreHeldToTheRules) {
    const Told told = send(World::root(), "POST", "/services", R"({"prefix":"s3","actions":[]})");
    EXPECT_EQ(told.status, 400);
    EXPECT_EQ(told.json["error"], "InvalidInput");
    EXPECT_EQ(send(World::root(), "POST", "/services",
                   R"({"prefix":"s3","actions":[{"name":"Read","access_level":"Read"}]})")
                  .status,
              400);
    for (int number = 0; number < 100; ++number) {
        const std::string prefix = "shop" + std::to_string(number);
        EXPECT_EQ(send(World::root(), "POST", "/services",
                       R"({"prefix":")" + prefix + R"(","actions":[{"name":"Read","access_level":"Read"}]})")
                      .status,
                  200);
    }
    EXPECT_EQ(send(World::root(), "POST", "/services", shop).json["error"], "LimitExceeded");
}

TEST_F(ServicesOverHttp, NeedPermissions) {
    const Who eve = world.make_user("eve");
    EXPECT_EQ(send(eve, "GET", "/services").status, 403);
    EXPECT_EQ(send(eve, "POST", "/services", "{").status, 403);
    const Told refused = send(eve, "POST", "/services", shop);
    EXPECT_EQ(refused.status, 403);
    EXPECT_NE(refused.json["message"].get<std::string>().find(
                  "writ:RegisterService on resource: arn:aws:writ::123456789012:service/shop"),
              std::string::npos);
    const Who smith =
        world.make_user("smith", allow("writ:*Service", "arn:aws:writ::123456789012:service/shop"));
    EXPECT_EQ(send(smith, "POST", "/services", shop).status, 200);
    EXPECT_EQ(send(smith, "GET", "/services/shop").status, 200);
    EXPECT_EQ(send(smith, "GET", "/services").status, 403);
    EXPECT_EQ(send(smith, "DELETE", "/services/other").status, 403);
    EXPECT_EQ(send(smith, "DELETE", "/services/shop").status, 200);
    EXPECT_EQ(world.send(World::bare("GET", "/services")).status, 401);
    EXPECT_EQ(send(World::root(), "PUT", "/services").header("Allow"), "POST, GET");
}

}  // namespace
}  // namespace writ::questions
