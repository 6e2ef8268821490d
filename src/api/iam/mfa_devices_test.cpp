#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"
#include "base/text.h"
#include "crypto/one_time_code.h"
#include "crypto/qr_code.h"

namespace writ::api {
namespace {

using std::chrono::seconds;

const std::string serial = "arn:aws:iam::123456789012:mfa/phone";
const std::string wrong_pair = "403 InvalidAuthenticationCode: Authentication code for device is not valid.";
const std::string wrong_code =
    "403 AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code. ";
const std::string not_usable =
    "403 AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your "
    "MFA "
    "serial number is valid and associated with this user.";

std::string decoded(const std::string& base64) {
    const auto bytes = base64_decode(base64);
    return bytes ? std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size()) : std::string();
}

/// Bob, who may do everything, and a device that nobody has yet.
class MfaDevices : public testing::Test {
  protected:
    MfaDevices() : made(world.make("CreateVirtualMFADevice", {{"VirtualMFADeviceName", "phone"}})) {}

    /// Of the step that is so many steps after now.
    std::string code(std::int64_t steps = 0) {
        const auto codes = crypto::OneTimeCodes::of(Secret(decoded(made.text("Base32StringSeed"))));
        return codes->at(crypto::one_time_step(world.clock().now()) + steps);
    }
    Reply pair(const Who& who, std::string_view action, std::int64_t first, std::int64_t second,
               const std::string& user = "bob") {
        return world.iam(who, action,
                         {{"UserName", user},
                          {"SerialNumber", serial},
                          {"AuthenticationCode1", code(first)},
                          {"AuthenticationCode2", code(second)}});
    }
    Reply session(const Who& who, const std::string& token_code) {
        return world.sts(who, "GetSessionToken", {{"SerialNumber", serial}, {"TokenCode", token_code}});
    }

    World world;
    Who bob = world.make_user("bob", allow_all);
    Reply made;
};

TEST_F(MfaDevices, TellTheirSeedOnceAsTextAndAsPicture) {  // B13.
    EXPECT_EQ(made.text("VirtualMFADevice/SerialNumber"), serial);
    const std::string seed = decoded(made.text("Base32StringSeed"));
    EXPECT_EQ(seed.size(), 64U);
    EXPECT_EQ(decoded(made.text("QRCodePNG")),
              crypto::qr_code_png("otpauth://totp/Amazon%20Web%20Services:phone@123456789012?secret=" + seed +
                                  "&issuer=Amazon%20Web%20Services"));
    const Reply listed = world.make("ListVirtualMFADevices", {});
    EXPECT_EQ(listed.texts("SerialNumber"), std::vector{serial});
    EXPECT_FALSE(listed.has("Base32StringSeed"));  // B16.
    EXPECT_EQ(
        world.iam(world.root(), "CreateVirtualMFADevice", {{"VirtualMFADeviceName", "phone"}}).summary(),
        "409 EntityAlreadyExists: MFA device already exists.");
}

TEST_F(MfaDevices, AreEnabledByTwoCodesThatFollowEachOther) {  // B14.
    const Who& root = world.root();
    EXPECT_EQ(pair(root, "EnableMFADevice", 0, 0).summary(), wrong_pair);
    EXPECT_EQ(pair(root, "EnableMFADevice", 1, 0).summary(), wrong_pair);
    EXPECT_EQ(pair(root, "EnableMFADevice", 1100, 1101).summary(), wrong_pair);
    EXPECT_EQ(pair(root, "EnableMFADevice", -1, 0).summary(), "200");
    EXPECT_EQ(pair(root, "EnableMFADevice", 0, 1).summary(),
              "409 EntityAlreadyExists: MFA Device for user bob already exists.");
    world.make("CreateUser", {{"UserName", "eve"}});
    EXPECT_EQ(pair(root, "EnableMFADevice", 0, 1, "eve").summary(),
              "409 EntityAlreadyExists: MFA Device is already in use.");
    const Reply listed = world.make("ListMFADevices", {{"UserName", "bob"}});
    EXPECT_EQ(listed.texts("SerialNumber"), std::vector{serial});
    EXPECT_EQ(listed.text("EnableDate"), "2026-11-24T04:23:00Z");
    EXPECT_EQ(world.make("ListVirtualMFADevices", {{"AssignmentStatus", "Assigned"}}).text("User/UserName"),
              "bob");
    EXPECT_TRUE(world.make("ListVirtualMFADevices", {{"AssignmentStatus", "Unassigned"}})
                    .texts("SerialNumber")
                    .empty());
}

TEST_F(MfaDevices, ThatDriftAreFollowed) {  // B14: the search window, and the drift that is stored.
    EXPECT_EQ(pair(world.root(), "EnableMFADevice", 500, 501).summary(), "200");
    EXPECT_EQ(session(bob, code(0)).summary(), wrong_code);
    EXPECT_EQ(session(bob, code(501)).summary(), "200");
    EXPECT_EQ(pair(world.root(), "ResyncMFADevice", 500, 501).summary(), wrong_pair);  // No newer pair.
    EXPECT_EQ(pair(world.root(), "ResyncMFADevice", 600, 601).summary(), "200");
    EXPECT_EQ(session(bob, code(601)).summary(), "200");
}

TEST_F(MfaDevices, StandInTheWayOfDeletingTheirUserAndAreDeletedLast) {  // B15, 8.3.
    pair(world.root(), "EnableMFADevice", -1, 0);
    world.make("DeleteAccessKey", {{"UserName", "bob"}, {"AccessKeyId", bob.access_key_id}});
    EXPECT_EQ(world.iam(world.root(), "DeleteUser", {{"UserName", "bob"}}).summary(),
              "409 DeleteConflict: Cannot delete entity, must remove tokens from principal first.");
    EXPECT_EQ(world.iam(world.root(), "DeleteVirtualMFADevice", {{"SerialNumber", serial}}).summary(),
              "409 DeleteConflict: MFA VirtualDevice in use. Must deactivate first.");
    const Parameters device{{"UserName", "bob"}, {"SerialNumber", serial}};
    EXPECT_EQ(world.iam(world.root(), "GetMFADevice", device).code(), "ValidationError");  // B16.
    world.make("DeactivateMFADevice", device);
    EXPECT_EQ(world.iam(world.root(), "DeactivateMFADevice", device).summary(),
              "404 NoSuchEntity: MFA Device invalid for user.");
    world.make("DeleteVirtualMFADevice", {{"SerialNumber", serial}});
    EXPECT_EQ(world.iam(world.root(), "DeleteVirtualMFADevice", {{"SerialNumber", serial}}).summary(),
              "404 NoSuchEntity: VirtualMFADevice with serial number " + serial + " doesn't exist.");
}

TEST_F(MfaDevices, CarryTags) {
    world.make("TagMFADevice", {{"SerialNumber", serial},
                                {"Tags.member.1.Key", "Team"},
                                {"Tags.member.1.Value", "a"},
                                {"Tags.member.2.Key", "team"},
                                {"Tags.member.2.Value", "b"}});
    EXPECT_EQ(world.make("ListMFADeviceTags", {{"SerialNumber", serial}}).texts("Value").size(), 2U);  // 8.5.
    world.make("UntagMFADevice", {{"SerialNumber", serial}, {"TagKeys.member.1", "Team"}});
    EXPECT_EQ(world.make("ListMFADeviceTags", {{"SerialNumber", serial}}).texts("Key"),
              std::vector<std::string>{"team"});
}

TEST_F(MfaDevices, AreCreatedWithTagsByThoseWhoMayTag) {
    const Who eve = world.make_user("eve", allow("iam:CreateVirtualMFADevice"));
    const Parameters plain{{"VirtualMFADeviceName", "a"}};
    const Parameters tagged{
        {"VirtualMFADeviceName", "b"}, {"Tags.member.1.Key", "k"}, {"Tags.member.1.Value", "v"}};
    EXPECT_EQ(world.iam(eve, "CreateVirtualMFADevice", plain).summary(), "200");
    EXPECT_EQ(world.iam(eve, "CreateVirtualMFADevice", tagged).code(), "AccessDenied");
    EXPECT_EQ(world.iam(bob, "CreateVirtualMFADevice", tagged).summary(), "200");
}

TEST_F(MfaDevices, CodesIssueOneSessionEach) {  // B14.
    pair(world.root(), "EnableMFADevice", -1, 0);
    EXPECT_EQ(session(bob, code(0)).summary(), "200");  // Enrolment does not consume codes.
    EXPECT_EQ(session(bob, code(0)).summary(), wrong_code);
    EXPECT_EQ(session(bob, code(-2)).summary(), "200");  // Out of order, at the edge of the window.
    EXPECT_EQ(session(bob, code(2)).summary(), "200");
    EXPECT_EQ(session(bob, code(-3)).summary(), wrong_code);
    EXPECT_EQ(session(bob, code(3)).summary(), wrong_code);
}

TEST_F(MfaDevices, AllowNineTriesInThreeMinutes) {  // B14.
    pair(world.root(), "EnableMFADevice", -1, 0);   // The first of nine.
    for (int tries = 2; tries <= 9; ++tries)
        EXPECT_EQ(session(bob, code(300)).summary(), wrong_code) << tries;
    EXPECT_EQ(session(bob, code(0)).summary(), not_usable);
    world.clock().advance(seconds(180));
    EXPECT_EQ(session(bob, code(0)).summary(), "200");
}

TEST_F(MfaDevices, CountTriesOfPairsTheSame) {
    for (int tries = 1; tries <= 9; ++tries) {
        EXPECT_EQ(pair(world.root(), "EnableMFADevice", 0, 0).summary(), wrong_pair);
    }
    EXPECT_EQ(pair(world.root(), "EnableMFADevice", -1, 0).summary(), wrong_pair);
    world.clock().advance(seconds(180));
    EXPECT_EQ(pair(world.root(), "EnableMFADevice", -1, 0).summary(), "200");
}

TEST_F(MfaDevices, OfOthersProveNothing) {                   // N7.
    EXPECT_EQ(session(bob, code(0)).summary(), not_usable);  // Not assigned.
    pair(world.root(), "EnableMFADevice", -1, 0);
    EXPECT_EQ(session(world.make_user("eve"), code(0)).summary(), not_usable);
    EXPECT_EQ(session(world.other_root(), code(0)).summary(), not_usable);
}

TEST_F(MfaDevices, WhoHasOneChangesOwnOnesWithMfaOnly) {              // B15, 7.6.
    EXPECT_EQ(pair(bob, "EnableMFADevice", -1, 0).summary(), "200");  // The first one.
    const Parameters device{{"UserName", "bob"}, {"SerialNumber", serial}};
    EXPECT_EQ(world.iam(bob, "DeactivateMFADevice", device).code(), "AccessDenied");
    const Who with_mfa = session(bob, code(0)).credentials();
    EXPECT_EQ(world.iam(with_mfa, "DeactivateMFADevice", device).summary(), "200");
}

TEST_F(MfaDevices, OfRootAreShownAsRootsOwn) {  // B16.
    EXPECT_EQ(pair(world.root(), "EnableMFADevice", -1, 0, "123456789012").summary(), "200");
    EXPECT_EQ(world.make("ListVirtualMFADevices", {}).text("User/Arn"), "arn:aws:iam::123456789012:root");
    EXPECT_EQ(world.make("ListMFADevices", {}).texts("SerialNumber"), std::vector{serial});
    EXPECT_EQ(session(world.root(), code(0)).summary(), "200");
}

TEST_F(MfaDevices, OpenRolesThatDemandMfa) {  // S14, W60.
    const auto role = [&](const std::string& name, const std::string& condition) {
        world.make("CreateRole",
                   {{"RoleName", name},
                    {"AssumeRolePolicyDocument",
                     R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":)"
                     R"("arn:aws:iam::123456789012:user/bob"},"Action":"sts:AssumeRole","Condition":)" +
                         condition + "}}"}});
    };
    role("mfa", R"({"Bool":{"aws:MultiFactorAuthPresent":"true"}})");
    role("age", R"({"NumericLessThan":{"aws:MultiFactorAuthAge":"60"}})");
    pair(world.root(), "EnableMFADevice", -1, 0);
    const auto assume = [&](const Who& who, const std::string& name, Parameters more = {}) {
        more.insert(more.end(),
                    {{"RoleArn", "arn:aws:iam::123456789012:role/" + name}, {"RoleSessionName", "s1"}});
        return world.sts(who, "AssumeRole", more);
    };
    EXPECT_EQ(assume(bob, "mfa").code(), "AccessDenied");
    EXPECT_EQ(assume(bob, "mfa", {{"SerialNumber", serial}, {"TokenCode", code(0)}}).summary(), "200");
    EXPECT_EQ(assume(bob, "age", {{"SerialNumber", serial}, {"TokenCode", code(1)}}).summary(), "200");
    const Who with_mfa = session(bob, code(-1)).credentials();
    EXPECT_EQ(assume(with_mfa, "age").summary(), "200");
    world.clock().advance(seconds(60));
    EXPECT_EQ(assume(with_mfa, "mfa").summary(), "200");
    EXPECT_EQ(assume(with_mfa, "age").code(), "AccessDenied");
}

TEST_F(MfaDevices, AreKnownInRoleSessionsThatWereMadeWithThem) {  // S14, ?20.
    world.make("CreateRole", {{"RoleName", "ops"},
                              {"AssumeRolePolicyDocument",
                               R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":)"
                               R"("arn:aws:iam::123456789012:user/bob"},"Action":"sts:AssumeRole"}})"}});
    world.make(
        "PutRolePolicy",
        {{"RoleName", "ops"},
         {"PolicyName", "p"},
         {"PolicyDocument",
          R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:ListUsers","Resource":"*",)"
          R"("Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}})"}});
    pair(world.root(), "EnableMFADevice", -1, 0);
    const Parameters plain{{"RoleArn", "arn:aws:iam::123456789012:role/ops"}, {"RoleSessionName", "s1"}};
    Parameters proven = plain;
    proven.insert(proven.end(), {{"SerialNumber", serial}, {"TokenCode", code(0)}});
    const Who without = world.sts(bob, "AssumeRole", plain).credentials();
    const Who with = world.sts(bob, "AssumeRole", proven).credentials();
    EXPECT_EQ(world.iam(without, "ListUsers").code(), "AccessDenied");
    EXPECT_EQ(world.iam(with, "ListUsers").summary(), "200");
}

}  // namespace
}  // namespace writ::api
