#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/key_files_for_tests.h"

/// Signing certificates, SSH public keys and service-specific credentials (spec 8.14).
namespace writ::api {
namespace {

class CredentialsOfUsers : public testing::Test {
  protected:
    CredentialsOfUsers() {
        world.make("CreateUser", {{"UserName", "bob"}});
        world.make("CreateUser", {{"UserName", "eve"}});
    }
    Reply root(std::string_view action, Parameters parameters) {
        return world.iam(world.root(), action, std::move(parameters));
    }
    Reply certificate(const std::string& user, const std::string& name) {
        return root("UploadSigningCertificate",
                    {{"UserName", user}, {"CertificateBody", crypto::key_file(name)}});
    }
    Reply ssh_key(const std::string& user, const std::string& name) {
        return root("UploadSSHPublicKey", {{"UserName", user}, {"SSHPublicKeyBody", crypto::key_file(name)}});
    }
    Reply credential(const std::string& user, const std::string& service, Parameters more = {}) {
        more.insert(more.end(), {{"UserName", user}, {"ServiceName", service}});
        return root("CreateServiceSpecificCredential", more);
    }
    std::string delete_bob() { return root("DeleteUser", {{"UserName", "bob"}}).message(); }

    World world;
};

TEST_F(CredentialsOfUsers, SigningCertificatesAreKnownByTheirContent) {  // B32.
    const Reply made = certificate("bob", "leaf.pem");
    ASSERT_EQ(made.summary(), "200");
    const std::string id = made.text("CertificateId");
    EXPECT_EQ(id.size(), 32U);
    EXPECT_EQ(made.text("UserName"), "bob");
    EXPECT_EQ(made.text("CertificateBody"), crypto::key_file("leaf.pem"));
    EXPECT_EQ(made.text("Status"), "Active");
    const Parameters of_bob{{"UserName", "bob"}, {"CertificateId", id}};
    Parameters inactive = of_bob;
    inactive.emplace_back("Status", "Inactive");
    EXPECT_EQ(root("UpdateSigningCertificate", inactive).summary(), "200");
    EXPECT_EQ(certificate("bob", "leaf.pem").text("CertificateId"), id);
    EXPECT_EQ(world.make("ListSigningCertificates", {{"UserName", "bob"}}).texts("Status"),
              std::vector<std::string>{"Inactive"});
    EXPECT_EQ(certificate("eve", "leaf.pem").summary(),
              "409 DuplicateCertificate: Duplicate certificate uploaded.");
    EXPECT_EQ(root("DeleteSigningCertificate", {{"UserName", "eve"}, {"CertificateId", id}}).summary(),
              "404 NoSuchEntity: The Certificate with id " + id + " cannot be found.");
    Parameters expired = of_bob;
    expired.emplace_back("Status", "Expired");
    EXPECT_EQ(root("UpdateSigningCertificate", expired).summary(),
              "400 InvalidInput: Operation does not support status Expired");
    EXPECT_EQ(root("DeleteSigningCertificate", of_bob).summary(), "200");
    EXPECT_EQ(certificate("eve", "leaf.pem").summary(), "200");
}

TEST_F(CredentialsOfUsers, SigningCertificatesAreTwoAndValid) {  // B32, 8.2.
    for (const char* bad : {"expired.pem", "future.pem", "leaf.key"}) {
        EXPECT_EQ(certificate("bob", bad).code(), "MalformedCertificate") << bad;
    }
    EXPECT_EQ(
        root("UploadSigningCertificate", {{"UserName", "bob"}, {"CertificateBody", "not a certificate"}})
            .summary(),
        "400 MalformedCertificate: Certificate not a certificate is malformed.");
    EXPECT_EQ(certificate("bob", "leaf.pem").summary(), "200");
    EXPECT_EQ(certificate("bob", "ec.pem").summary(), "200");
    EXPECT_EQ(certificate("bob", "root.pem").summary(),
              "409 LimitExceeded: Cannot exceed quota for CertificatesPerUser: 2");
    EXPECT_EQ(certificate("bob", "ec.pem").summary(), "200");  // Uploaded again.
    EXPECT_EQ(delete_bob(), "Cannot delete entity, must delete certificates first.");
    EXPECT_EQ(root("UploadSigningCertificate", {{"CertificateBody", crypto::key_file("root.pem")}}).summary(),
              "200");
    EXPECT_EQ(world.make("ListSigningCertificates", {}).texts("CertificateId").size(), 1U);  // Of root.
}

TEST_F(CredentialsOfUsers, SshKeysAreReadInBothEncodings) {  // B32.
    const Reply made = ssh_key("bob", "rsa2048.ssh");
    ASSERT_EQ(made.summary(), "200");
    EXPECT_EQ(made.text("Fingerprint") + "\n", crypto::key_file("rsa2048.fingerprint"));
    EXPECT_EQ(made.text("SSHPublicKeyBody"), crypto::key_file("rsa2048.ssh"));  // As it came.
    const std::string id = made.text("SSHPublicKeyId");
    EXPECT_TRUE(id.starts_with("APKA") && id.size() == 20U) << id;
    const auto get = [&](const char* encoding) {
        return root("GetSSHPublicKey", {{"UserName", "bob"}, {"SSHPublicKeyId", id}, {"Encoding", encoding}});
    };
    EXPECT_EQ(get("SSH").text("SSHPublicKeyBody") + " ada@example.com\n", crypto::key_file("rsa2048.ssh"));
    EXPECT_EQ(get("PEM").text("SSHPublicKeyBody"), crypto::key_file("rsa2048.pem"));
    EXPECT_EQ(get("ssh").code(), "ValidationError");
    EXPECT_EQ(ssh_key("bob", "rsa2048.pem").summary(),
              "400 DuplicateSSHPublicKey: Duplicate SSH public key uploaded.");
    EXPECT_EQ(ssh_key("eve", "rsa2048-pkcs1.pem").summary(), "200");
    const Parameters of_bob{{"UserName", "bob"}, {"SSHPublicKeyId", id}};
    EXPECT_EQ(root("DeleteSSHPublicKey", {{"UserName", "eve"}, {"SSHPublicKeyId", id}}).summary(),
              "404 NoSuchEntity: User has no Public Key with id " + id + ".");
    Parameters inactive = of_bob;
    inactive.emplace_back("Status", "Inactive");
    EXPECT_EQ(root("UpdateSSHPublicKey", inactive).summary(), "200");
    const Reply listed = world.make("ListSSHPublicKeys", {{"UserName", "bob"}});
    EXPECT_EQ(listed.text("Status"), "Inactive");
    EXPECT_FALSE(listed.has("SSHPublicKeyBody"));
    EXPECT_EQ(delete_bob(), "Cannot delete entity, must remove referenced objects first.");
    EXPECT_EQ(root("DeleteSSHPublicKey", of_bob).summary(), "200");
    EXPECT_EQ(root("DeleteUser", {{"UserName", "bob"}}).summary(), "200");
}

TEST_F(CredentialsOfUsers, SshKeysAreLongRsaKeys) {  // B32.
    EXPECT_EQ(ssh_key("bob", "rsa1024.ssh").summary(), "400 InvalidPublicKey: Invalid body for public key");
    for (const char* other : {"ed25519.ssh", "leaf.pem", "leaf.key"}) {
        EXPECT_EQ(ssh_key("bob", other).summary(),
                  "400 UnrecognizedPublicKeyEncoding: Invalid public key uploaded.")
            << other;
    }
}

TEST_F(CredentialsOfUsers, ServiceCredentialsTellTheirSecretOnce) {  // B33.
    const Reply made = credential("bob", "CodeCommit.amazonaws.com");
    ASSERT_EQ(made.summary(), "200");
    EXPECT_EQ(made.text("ServiceName"), "codecommit.amazonaws.com");
    EXPECT_EQ(made.text("ServiceUserName"), "bob-at-123456789012");
    EXPECT_EQ(made.text("ServicePassword").size(), 60U);
    EXPECT_FALSE(made.has("ExpirationDate"));
    const std::string id = made.text("ServiceSpecificCredentialId");
    EXPECT_TRUE(id.starts_with("ACCA")) << id;
    const Reply listed = world.make("ListServiceSpecificCredentials", {{"UserName", "bob"}});
    EXPECT_EQ(listed.text("ServiceSpecificCredentialId"), id);
    EXPECT_FALSE(listed.has("ServicePassword"));
    const Parameters of_bob{{"UserName", "bob"}, {"ServiceSpecificCredentialId", id}};
    Parameters inactive = of_bob;
    inactive.emplace_back("Status", "Inactive");
    EXPECT_EQ(root("UpdateServiceSpecificCredential", inactive).summary(), "200");
    const Reply reset = root("ResetServiceSpecificCredential", of_bob);
    EXPECT_EQ(reset.text("Status"), "Inactive");
    EXPECT_EQ(reset.text("CreateDate"), made.text("CreateDate"));
    EXPECT_EQ(reset.text("ServicePassword").size(), 60U);
    EXPECT_NE(reset.text("ServicePassword"), made.text("ServicePassword"));
    EXPECT_EQ(delete_bob(), "Cannot delete entity, must remove referenced objects first.");
    EXPECT_EQ(root("DeleteServiceSpecificCredential", of_bob).summary(), "200");
    EXPECT_EQ(root("DeleteServiceSpecificCredential", of_bob).summary(),
              "404 NoSuchEntity: No such credential " + id + " exists");
}

TEST_F(CredentialsOfUsers, ServiceCredentialsMayBeTokensThatExpire) {  // B33.
    const Reply made = credential("bob", "bedrock.amazonaws.com", {{"CredentialAgeDays", "30"}});
    ASSERT_EQ(made.summary(), "200");
    EXPECT_EQ(made.text("ServiceCredentialAlias"), "bob-at-123456789012");
    const std::string token = made.text("ServiceCredentialSecret");
    ASSERT_TRUE(token.starts_with("ABSK")) << token;
    const auto pair = base64_decode(token.substr(4));
    ASSERT_TRUE(pair);
    EXPECT_TRUE(crypto::as_text(*pair).starts_with("bob-at-123456789012:"));
    EXPECT_EQ(made.text("ExpirationDate"), "2026-12-24T04:23:00Z");
    const auto status = [&] {
        return world.make("ListServiceSpecificCredentials", {{"UserName", "bob"}}).text("Status");
    };
    world.clock().advance(std::chrono::days(30) - std::chrono::seconds(1));
    EXPECT_EQ(status(), "Active");
    world.clock().advance(std::chrono::seconds(1));
    EXPECT_EQ(status(), "Expired");
    const Reply reset = root(
        "ResetServiceSpecificCredential",
        {{"UserName", "bob"}, {"ServiceSpecificCredentialId", made.text("ServiceSpecificCredentialId")}});
    EXPECT_EQ(reset.text("ExpirationDate"), "2026-12-24T04:23:00Z");
    EXPECT_EQ(reset.text("Status"), "Expired");
    for (const char* age : {"0", "36601"}) {
        EXPECT_EQ(credential("eve", "bedrock.amazonaws.com", {{"CredentialAgeDays", age}}).code(),
                  "ValidationError");
    }
}

TEST_F(CredentialsOfUsers, ServiceCredentialsAreTwoForEachService) {  // B33, 8.2.
    EXPECT_EQ(credential("bob", "sqs.amazonaws.com").summary(),
              "404 NoSuchEntity: No such service sqs.amazonaws.com is supported for Service Specific "
              "Credentials");
    const Reply first = credential("bob", "logs.amazonaws.com");
    const Reply second = credential("bob", "logs.amazonaws.com");
    EXPECT_EQ(second.text("ServiceCredentialAlias"), "bob+1-at-123456789012");
    EXPECT_EQ(credential("bob", "logs.amazonaws.com").summary(),
              "409 LimitExceeded: Cannot exceed quota for ContextSpecificCredentialsPerUserPerContext: 2");
    EXPECT_EQ(credential("bob", "cloudwatch.amazonaws.com").summary(), "200");
    const std::string id = first.text("ServiceSpecificCredentialId");
    EXPECT_EQ(
        root("ResetServiceSpecificCredential", {{"UserName", "eve"}, {"ServiceSpecificCredentialId", id}})
            .summary(),
        "400 ValidationError: User eve does not have a service specific credential with id " + id);
    // A name keeps its credentials after a rename; a later user of it gets another.
    world.make("UpdateUser", {{"UserName", "bob"}, {"NewUserName", "rob"}});
    world.make("CreateUser", {{"UserName", "bob"}});
    EXPECT_EQ(credential("bob", "logs.amazonaws.com").text("ServiceCredentialAlias"),
              "bob+2-at-123456789012");
}

TEST_F(CredentialsOfUsers, ServiceCredentialsOfAllUsersNeedPermissionOnAll) {  // B33.
    const std::string all = "arn:aws:iam::123456789012:user/*";
    const Who ann = world.make_user("ann", allow("iam:ListServiceSpecificCredentials", all));
    const Who sam = world.make_user(
        "sam", allow("iam:ListServiceSpecificCredentials", "arn:aws:iam::123456789012:user/${aws:username}"));
    credential("bob", "logs.amazonaws.com");
    credential("eve", "cassandra.amazonaws.com");
    const Parameters of_all{{"AllUsers", "true"}};
    EXPECT_EQ(world.iam(ann, "ListServiceSpecificCredentials", of_all).texts("UserName").size(), 2U);
    EXPECT_EQ(world.iam(sam, "ListServiceSpecificCredentials", of_all).code(), "AccessDenied");
    EXPECT_EQ(world.iam(sam, "ListServiceSpecificCredentials").summary(), "200");
    EXPECT_EQ(world
                  .iam(ann, "ListServiceSpecificCredentials",
                       {{"AllUsers", "true"}, {"ServiceName", "logs.amazonaws.com"}})
                  .texts("UserName"),
              std::vector<std::string>{"bob"});
    EXPECT_EQ(root("ListServiceSpecificCredentials", {{"AllUsers", "true"}, {"UserName", "bob"}}).code(),
              "ValidationError");
    EXPECT_EQ(root("ListServiceSpecificCredentials", {{"AllUsers", "false"}, {"UserName", "bob"}}).summary(),
              "200");
    const Reply page = root("ListServiceSpecificCredentials", {{"AllUsers", "true"}, {"MaxItems", "1"}});
    EXPECT_EQ(page.text("IsTruncated"), "true");
    EXPECT_EQ(root("ListServiceSpecificCredentials", {{"AllUsers", "true"}, {"Marker", page.text("Marker")}})
                  .texts("UserName")
                  .size(),
              1U);
}

TEST_F(CredentialsOfUsers, ServiceCredentialsAreAuthorizedByServiceAndAge) {  // B33, 4.2.
    const Who ann = world.make_user(
        "ann",
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*ServiceSpecificCredential",)"
        R"("Resource":"*","Condition":{"StringEquals":{"iam:ServiceSpecificCredentialServiceName":)"
        R"("bedrock.amazonaws.com"},"NumericLessThanEqualsIfExists":)"
        R"({"iam:ServiceSpecificCredentialAgeDays":"90"}}}})");
    const auto create = [&](const std::string& service, const std::string& days) {
        return world.iam(ann, "CreateServiceSpecificCredential",
                         {{"UserName", "bob"}, {"ServiceName", service}, {"CredentialAgeDays", days}});
    };
    EXPECT_EQ(create("logs.amazonaws.com", "30").code(), "AccessDenied");
    EXPECT_EQ(create("bedrock.amazonaws.com", "91").code(), "AccessDenied");
    const Reply made = create("BEDROCK.amazonaws.com", "90");
    EXPECT_EQ(made.summary(), "200");
    const auto reset = [&](const Reply& of) {
        return world.iam(
            ann, "ResetServiceSpecificCredential",
            {{"UserName", "bob"}, {"ServiceSpecificCredentialId", of.text("ServiceSpecificCredentialId")}});
    };
    EXPECT_EQ(reset(made).summary(), "200");
    EXPECT_EQ(reset(credential("bob", "logs.amazonaws.com")).code(), "AccessDenied");
}

}  // namespace
}  // namespace writ::api
