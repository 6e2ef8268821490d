// Outbound identity federation: the account as an issuer, and what everybody may read of it (spec B26).
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

class OutboundFederation : public testing::Test {
  protected:
    static HttpRequest get(const std::string& url, const std::string& host = "127.0.0.1:7600") {
        HttpRequest request;
        request.method = "GET";
        request.target = url.substr(url.find('/', std::string_view("https://").size()));
        request.headers = {{"Host", host}};
        request.request_id = "r";
        return request;
    }
    static nlohmann::json read(World& world, const std::string& url) {
        const Answer answer = world.endpoint().handle(get(url));
        EXPECT_EQ(answer.response.status, 200) << url;
        return nlohmann::json::parse(answer.response.body, nullptr, false);
    }
    Reply call(const std::string& action) { return world.iam(world.root(), action); }
    std::string enable() {
        return world.make("EnableOutboundWebIdentityFederation", {}).text("IssuerIdentifier");
    }

    World world;
};

TEST_F(OutboundFederation, IsEnabledAndDisabled) {
    EXPECT_EQ(call("GetOutboundWebIdentityFederationInfo").summary(),
              "404 FeatureDisabled: Outbound identity federation is not enabled for the account.");
    EXPECT_EQ(call("DisableOutboundWebIdentityFederation").code(), "FeatureDisabled");
    const std::string issuer = enable();
    EXPECT_TRUE(issuer.starts_with("http://127.0.0.1:7600/issuers/")) << issuer;
    EXPECT_EQ(call("EnableOutboundWebIdentityFederation").summary(),
              "409 FeatureEnabled: Outbound identity federation is already enabled for the account.");
    const Reply info = call("GetOutboundWebIdentityFederationInfo");
    EXPECT_EQ(info.text("IssuerIdentifier"), issuer);
    EXPECT_EQ(info.text("JwtVendingEnabled"), "true");
    EXPECT_EQ(call("DisableOutboundWebIdentityFederation").summary(), "200");
    EXPECT_EQ(call("GetOutboundWebIdentityFederationInfo").code(), "FeatureDisabled");
    EXPECT_EQ(enable(), issuer);
    const Reply other = world.iam(world.other_root(), "EnableOutboundWebIdentityFederation");
    EXPECT_NE(other.text("IssuerIdentifier"), issuer);
}

TEST_F(OutboundFederation, ServesItsConfigurationAndKeysToEverybody) {
    const std::string issuer = enable();
    const auto configuration = read(world, issuer + "/.well-known/openid-configuration");
    EXPECT_EQ(configuration["issuer"], issuer);
    EXPECT_EQ(configuration["jwks_uri"], issuer + "/.well-known/jwks.json");
    EXPECT_EQ(configuration["id_token_signing_alg_values_supported"], (std::vector{"ES384", "RS256"}));
    const auto keys = read(world, configuration["jwks_uri"])["keys"];
    ASSERT_EQ(keys.size(), 2U);
    std::map<std::string, nlohmann::json> by_algorithm;
    for (const auto& key : keys) {
        EXPECT_EQ(key["use"], "sig");
        EXPECT_EQ(key["kid"].get<std::string>().size(), 36U);
        EXPECT_FALSE(key.contains("d")) << "the private half";
        by_algorithm[key["alg"]] = key;
    }
    EXPECT_EQ(by_algorithm["RS256"]["kty"], "RSA");
    EXPECT_EQ(by_algorithm["RS256"]["e"], "AQAB");
    EXPECT_EQ(by_algorithm["ES384"]["crv"], "P-384");
    EXPECT_NE(keys[0]["kid"], keys[1]["kid"]);

    // Tokens from before must still be verified.
    EXPECT_EQ(call("DisableOutboundWebIdentityFederation").summary(), "200");
    EXPECT_EQ(read(world, configuration["jwks_uri"])["keys"], keys);
}

TEST_F(OutboundFederation, ServesNothingElse) {
    const std::string issuer = enable();
    const auto status = [&](const std::string& url) {
        return world.endpoint().handle(get(url)).response.status;
    };
    EXPECT_EQ(status(issuer), 404);
    EXPECT_EQ(status(issuer + "/.well-known/other"), 404);
    EXPECT_EQ(status(issuer + "0/.well-known/jwks.json"), 404);
    EXPECT_EQ(status("http://127.0.0.1:7600/issuers//.well-known/jwks.json"), 404);
    EXPECT_EQ(status(issuer + "/.well-known/jwks.json?v=1"), 200);
    HttpRequest post = get(issuer + "/.well-known/jwks.json");
    post.method = "POST";
    EXPECT_EQ(world.endpoint().handle(post).response.status, 404);
    world.faults().fail({});
    EXPECT_EQ(status(issuer + "/.well-known/jwks.json"), 503);
    world.faults().mend();
}

TEST_F(OutboundFederation, IsBelowThePublicUrlWhereThatIsKnown) {
    World behind_a_proxy(EndpointConfig{.public_url = "https://iam.example.com"});
    const std::string issuer =
        behind_a_proxy.make("EnableOutboundWebIdentityFederation", {}).text("IssuerIdentifier");
    EXPECT_TRUE(issuer.starts_with("https://iam.example.com/issuers/")) << issuer;
    EXPECT_EQ(read(behind_a_proxy, issuer + "/.well-known/openid-configuration")["issuer"], issuer);
}

TEST_F(OutboundFederation, IsAuthorized) {
    const Who bob = world.make_user("bob", allow("iam:GetOutboundWebIdentityFederationInfo"));
    EXPECT_EQ(world.iam(bob, "EnableOutboundWebIdentityFederation").code(), "AccessDenied");
    EXPECT_EQ(world.iam(bob, "GetOutboundWebIdentityFederationInfo").code(), "FeatureDisabled");
    EXPECT_EQ(world.iam(bob, "DisableOutboundWebIdentityFederation").code(), "AccessDenied");
}

}  // namespace
}  // namespace writ::api
