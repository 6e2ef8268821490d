#include <gtest/gtest.h>

#include "directory/federation/oidc_providers.h"

namespace writ::directory {
namespace {

TEST(OidcUrl, IsTheNameWithoutScheme) {  // B30.
    for (const auto& [url, name] : std::vector<std::pair<std::string, std::string>>{
             {"https://idp.example.com", "idp.example.com"},
             {"https://idp.example.com/", "idp.example.com/"},
             {"https://idp.example.com/a/b/", "idp.example.com/a/b/"},
             {"https://IDP.example.com/MixedCase", "IDP.example.com/MixedCase"},
             {"https://idp.example.com:443", "idp.example.com"},
             {"https://idp.example.com:443/a", "idp.example.com/a"},
             {"https://idp.example.com:8443/a:443", "idp.example.com:8443/a:443"},
             {"https://[2001:db8::1]:8443/a", "[2001:db8::1]:8443/a"}}) {
        const auto made = oidc_provider_name(url);
        ASSERT_TRUE(made) << url;
        EXPECT_EQ(*made, name);
    }
}

TEST(OidcUrl, HasNeitherQueryNorFragment) {
    for (const char* url : {"https://idp.example.com/?q=v", "https://idp.example.com/#f",
                            "https://idp.example.com?q", "https://idp.example.com/a?"}) {
        EXPECT_EQ(oidc_provider_name(url).error().code, "InvalidInput") << url;
    }
}

TEST(OidcUrl, IsHttpsToAHost) {
    for (const char* url :
         {"", "idp.example.com", "http://idp.example.com", "https://", "https:///a", "https://:443",
          "https://ada@idp.example.com", "https://idp example.com", "https://idp.example.com/a b",
          "https://idp.example.com:", "https://idp.example.com:x", "https://idp.example.com/\xC3\xA4"}) {
        const auto made = oidc_provider_name(url);
        ASSERT_FALSE(made) << url;
        EXPECT_EQ(made.error(), (Error{"ValidationError", 400, "Invalid Open ID Connect Provider URL"}));
    }
}

}  // namespace
}  // namespace writ::directory
