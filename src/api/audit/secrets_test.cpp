// Drives every operation that takes or gives a secret and looks for it in everything that was written.
#include "api/audit/secrets.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <set>

#include "api/internal/audit_for_tests.h"
#include "crypto/one_time_code.h"

namespace writ::api {
namespace {

std::string read(const std::string& name) {
    std::ifstream file(WRIT_SOURCE_DIR "/src/crypto/testdata/keys/" + name);
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A piece of a PEM text that stands on one line, as it would stand in JSON.
std::string body_line(const std::string& pem) {
    const std::size_t begin = pem.find('\n', pem.find("-----BEGIN PRIVATE KEY")) + 1;
    return pem.substr(begin, pem.find('\n', begin) - begin);
}

class AuditSecrets : public testing::Test {
  protected:
    void TearDown() override {
        world.endpoint().flush();
        const auto events = kept_events(world);
        for (const std::string& secret : secrets) {
            ASSERT_GE(secret.size(), 6U);
            for (const auto& event : events) {
                EXPECT_EQ(event.json.find(secret), std::string::npos) << event.json;
            }
        }
    }
    /// Events of the operation must be there, else nothing would be shown.
    void expect_events(std::string_view action, std::size_t count) {
        world.endpoint().flush();
        EXPECT_EQ(kept_events(world, {.action = std::string(action)}).size(), count) << action;
    }
    void must_stay_secret(const Reply& reply, const std::vector<std::string>& elements) {
        EXPECT_EQ(reply.summary(), "200");
        for (const std::string& element : elements) {
            EXPECT_NE(reply.text(element), "") << element;
            secrets.insert(reply.text(element));
        }
    }

    World world;
    std::set<std::string> secrets;
};

TEST_F(AuditSecrets, AreNotThoseOfAccessKeys) {
    world.make("CreateUser", {{"UserName", "bob"}});
    must_stay_secret(world.make("CreateAccessKey", {{"UserName", "bob"}}), {"SecretAccessKey"});
    expect_events("iam:CreateAccessKey", 1);
    const auto event = event_of(world, "iam:CreateAccessKey");
    EXPECT_TRUE(event["responseElements"]["accessKey"].contains("accessKeyId"));
    EXPECT_FALSE(event["responseElements"]["accessKey"].contains("secretAccessKey"));
}

TEST_F(AuditSecrets, AreNotPasswords) {
    const Who bob = world.make_user("bob", allow_all);
    secrets = {"First-Passw0rd!", "Second-Passw0rd!", "Third-Passw0rd!", "Wrong-Passw0rd!"};
    world.make("CreateLoginProfile", {{"UserName", "bob"}, {"Password", "First-Passw0rd!"}});
    world.make("UpdateLoginProfile", {{"UserName", "bob"}, {"Password", "Second-Passw0rd!"}});
    EXPECT_EQ(world
                  .iam(bob, "ChangePassword",
                       {{"OldPassword", "Wrong-Passw0rd!"}, {"NewPassword", "Third-Passw0rd!"}})
                  .ok(),
              false);
    EXPECT_EQ(world
                  .iam(bob, "ChangePassword",
                       {{"OldPassword", "Second-Passw0rd!"}, {"NewPassword", "Third-Passw0rd!"}})
                  .summary(),
              "200");
    EXPECT_FALSE(world
                     .iam(world.root(), "CreateLoginProfile",  // Of somebody who is not there.
                          {{"UserName", "eve"}, {"Password", "First-Passw0rd!"}})
                     .ok());
    const std::string too_long(200, 'p');
    secrets.insert(too_long);
    EXPECT_FALSE(
        world.iam(world.root(), "UpdateLoginProfile", {{"UserName", "bob"}, {"Password", too_long}}).ok());
    expect_events("iam:ChangePassword", 2);
    expect_events("iam:*LoginProfile", 4);
}

TEST_F(AuditSecrets, AreNotSeedsAndCodes) {
    const Who bob = world.make_user("bob", allow_all);
    const Reply made = world.make("CreateVirtualMFADevice", {{"VirtualMFADeviceName", "phone"}});
    must_stay_secret(made, {"Base32StringSeed", "QRCodePNG"});
    const auto seed = base64_decode(made.text("Base32StringSeed"));
    const std::string text(reinterpret_cast<const char*>(seed->data()), seed->size());
    const auto codes = crypto::OneTimeCodes::of(Secret(text));
    secrets.insert(text);
    const std::int64_t now = crypto::one_time_step(world.clock().now());
    const std::string serial = "arn:aws:iam::123456789012:mfa/phone";
    for (std::int64_t step = now - 1; step <= now + 1; ++step) secrets.insert('"' + codes->at(step) + '"');
    world.make("EnableMFADevice", {{"UserName", "bob"},
                                   {"SerialNumber", serial},
                                   {"AuthenticationCode1", codes->at(now - 1)},
                                   {"AuthenticationCode2", codes->at(now)}});
    const Reply session =
        world.sts(bob, "GetSessionToken", {{"SerialNumber", serial}, {"TokenCode", codes->at(now + 1)}});
    must_stay_secret(session, {"SecretAccessKey", "SessionToken"});
    EXPECT_TRUE(world.sts(session.credentials(), "GetCallerIdentity").ok());
    EXPECT_EQ(
        event_of(world,
                 "sts:GetCallerIdentity")["userIdentity"]["sessionContext"]["attributes"]["mfaAuthenticated"],
        "true");
    EXPECT_FALSE(  // Used already: a refusal that leaves a trace.
        world.sts(bob, "GetSessionToken", {{"SerialNumber", serial}, {"TokenCode", codes->at(now + 1)}})
            .ok());
    expect_events("iam:EnableMFADevice", 1);
    expect_events("sts:GetSessionToken", 2);
}

TEST_F(AuditSecrets, AreNotThoseOfSessions) {
    const Who bob = world.make_user("bob", allow_all);
    world.make("CreateRole",
               {{"RoleName", "ops"},
                {"AssumeRolePolicyDocument",
                 R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",)"
                 R"("Principal":{"AWS":"123456789012"}}})"}});
    must_stay_secret(
        world.sts(bob, "AssumeRole",
                  {{"RoleArn", "arn:aws:iam::123456789012:role/ops"}, {"RoleSessionName", "s1"}}),
        {"SecretAccessKey", "SessionToken"});
    const Reply federated = world.sts(bob, "GetFederationToken", {{"Name", "kim"}});
    must_stay_secret(federated, {"SecretAccessKey", "SessionToken"});
    EXPECT_TRUE(world.sts(federated.credentials(), "GetCallerIdentity").ok());
    const Who session = world.sts(bob, "GetSessionToken").credentials();
    secrets.insert({session.secret, session.token});
    must_stay_secret(world.sts(session, "GetScopedCredentials", {{"DurationSeconds", "900"}}),
                     {"SecretAccessKey", "SessionToken"});
    expect_events("sts:*", 5);
}

TEST_F(AuditSecrets, AreNotPrivateKeysWhereTheyBelong) {
    const std::string key = read("leaf.key");
    secrets.insert(body_line(key));
    world.make(
        "UploadServerCertificate",
        {{"ServerCertificateName", "site"}, {"CertificateBody", read("leaf.pem")}, {"PrivateKey", key}});
    const auto event = event_of(world, "iam:UploadServerCertificate");
    EXPECT_TRUE(event["requestParameters"].contains("certificateBody"));
    EXPECT_FALSE(event["requestParameters"].contains("privateKey"));
}

TEST_F(AuditSecrets, AreNotPrivateKeysWhereTheyDoNotBelong) {
    const std::string key = read("leaf.key");
    secrets.insert(body_line(key));
    world.make("CreateUser", {{"UserName", "bob"}});
    static_cast<void>(world.iam(world.root(), "UploadSigningCertificate",
                                {{"UserName", "bob"}, {"CertificateBody", read("leaf.pem") + key}}));
    static_cast<void>(world.iam(world.root(), "UploadServerCertificate",
                                {{"ServerCertificateName", key}, {"CertificateBody", key}}));
    static_cast<void>(
        world.iam(world.root(), "UploadSSHPublicKey", {{"UserName", "bob"}, {"SSHPublicKeyBody", key}}));
    expect_events("iam:Upload*", 3);
}

TEST_F(AuditSecrets, AreNotThoseOfServices) {
    world.make("CreateUser", {{"UserName", "bob"}});
    const Parameters of_bob{{"UserName", "bob"}, {"ServiceName", "codecommit.amazonaws.com"}};
    const Reply made = world.make("CreateServiceSpecificCredential", of_bob);
    must_stay_secret(made, {"ServicePassword"});
    must_stay_secret(world.make("ResetServiceSpecificCredential",
                                {{"UserName", "bob"},
                                 {"ServiceSpecificCredentialId", made.text("ServiceSpecificCredentialId")}}),
                     {"ServicePassword"});
    expect_events("iam:*ServiceSpecificCredential", 2);
}

// What is a secret in an answer or a request of the models must be none in an event, also of operations that
// come later.
TEST(AuditSecretMembers, AreWhatTheModelsCallSensitiveAndMore) {
    const auto is_secret_in = [](std::string_view service, std::string_view operation, bool input,
                                 std::string_view name) {
        const auto* api = reference::find_api_service(service);
        const auto* model = reference::find_operation(*api, operation);
        const auto* shape = input ? model->input : model->output;
        for (const reference::Member& member : shape->members) {
            if (member.name == name) return audit::is_secret(member);
            for (const reference::Member& inner : member.shape->members) {
                if (inner.name == name) return audit::is_secret(inner);
            }
        }
        ADD_FAILURE() << operation << " has no " << name;
        return false;
    };
    EXPECT_TRUE(is_secret_in("iam", "CreateSAMLProvider", true, "AddPrivateKey"));
    EXPECT_TRUE(is_secret_in("iam", "ResyncMFADevice", true, "AuthenticationCode2"));
    EXPECT_TRUE(is_secret_in("sts", "AssumeRole", true, "TokenCode"));
    EXPECT_TRUE(is_secret_in("sts", "AssumeRole", false, "SessionToken"));
    EXPECT_TRUE(is_secret_in("sts", "AssumeRoot", false, "SessionToken"));
    EXPECT_TRUE(is_secret_in("sts", "AssumeRoleWithSAML", true, "SAMLAssertion"));
    EXPECT_TRUE(is_secret_in("sts", "AssumeRoleWithWebIdentity", true, "WebIdentityToken"));
    EXPECT_TRUE(is_secret_in("sts", "DecodeAuthorizationMessage", true, "EncodedMessage"));
    EXPECT_TRUE(is_secret_in("sts", "DecodeAuthorizationMessage", false, "DecodedMessage"));
    EXPECT_TRUE(is_secret_in("sts", "GetWebIdentityToken", false, "WebIdentityToken"));
    EXPECT_FALSE(is_secret_in("sts", "AssumeRole", false, "AccessKeyId"));
    EXPECT_FALSE(is_secret_in("iam", "CreateUser", true, "UserName"));
}

}  // namespace
}  // namespace writ::api
