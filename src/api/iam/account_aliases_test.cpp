#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/qr_code.h"

namespace writ::api {
namespace {

TEST(AccountAliases, AreListedAndNameTheAccountInAuthenticators) {
    World world;
    EXPECT_TRUE(world.make("ListAccountAliases", {}).texts("member").empty());
    world.make("CreateAccountAlias", {{"AccountAlias", "example-corp"}});
    const Reply listed = world.make("ListAccountAliases", {{"MaxItems", "1"}});
    EXPECT_EQ(listed.texts("AccountAliases/member"), std::vector<std::string>{"example-corp"});
    EXPECT_EQ(listed.text("IsTruncated"), "false");
    const Reply device = world.make("CreateVirtualMFADevice", {{"VirtualMFADeviceName", "phone"}});
    const auto seed = base64_decode(device.text("Base32StringSeed"));
    const auto picture =
        crypto::qr_code_png("otpauth://totp/Amazon%20Web%20Services:phone@example-corp?secret=" +
                            std::string(crypto::as_text(*seed)) + "&issuer=Amazon%20Web%20Services");
    EXPECT_EQ(device.text("QRCodePNG"), base64_encode(as_bytes(picture)));  // B13.
    EXPECT_EQ(world.call(world.other_root(), "iam", "CreateAccountAlias", {{"AccountAlias", "example-corp"}})
                  .summary(),
              "409 EntityAlreadyExists: The account alias example-corp already exists.");
    world.make("DeleteAccountAlias", {{"AccountAlias", "example-corp"}});
    EXPECT_EQ(world.iam(world.root(), "DeleteAccountAlias", {{"AccountAlias", "example-corp"}}).code(),
              "NoSuchEntity");
}

TEST(AccountAliases, AreLowerCaseWordsJoinedByHyphens) {  // B25.
    World world;
    for (const char* good : {"abc", "a-b", "1-2-3", "a1b2c3", "x-y"}) {
        EXPECT_EQ(world.iam(world.root(), "CreateAccountAlias", {{"AccountAlias", good}}).summary(), "200")
            << good;
    }
    EXPECT_EQ(
        world.iam(world.root(), "CreateAccountAlias", {{"AccountAlias", std::string(63, 'a')}}).summary(),
        "200");
    for (const std::string bad : {"ab", "-ab", "ab-", "a--b", "Abc", "a_b", "a.b", "a b"}) {
        EXPECT_EQ(world.iam(world.root(), "CreateAccountAlias", {{"AccountAlias", bad}}).code(),
                  "ValidationError")
            << bad;
    }
    EXPECT_EQ(world.iam(world.root(), "CreateAccountAlias", {{"AccountAlias", std::string(64, 'a')}}).code(),
              "ValidationError");
}

}  // namespace
}  // namespace writ::api
