#include <gtest/gtest.h>

#include "api/internal/world_for_tests.h"
#include "crypto/key_files_for_tests.h"

namespace writ::api {
namespace {

Parameters certificate(const std::string& name, const std::string& body, const std::string& key,
                       const std::string& chain = {}) {
    Parameters parameters{{"ServerCertificateName", name},
                          {"CertificateBody", crypto::key_file(body)},
                          {"PrivateKey", crypto::key_file(key)}};
    if (!chain.empty()) parameters.emplace_back("CertificateChain", chain);
    return parameters;
}

class ServerCertificates : public testing::Test {
  protected:
    Reply upload(const Parameters& parameters) {
        return world.iam(world.root(), "UploadServerCertificate", parameters);
    }
    Reply root(std::string_view action, Parameters parameters) {
        return world.iam(world.root(), action, std::move(parameters));
    }
    World world;
};

TEST_F(ServerCertificates, AreShownWithoutTheirKey) {  // B32.
    Parameters parameters = certificate("site", "leaf.pem", "leaf.key", crypto::key_file("intermediate.pem"));
    parameters.insert(parameters.end(), {{"Path", "/cloudfront/a/"},
                                         {"Tags.member.1.Key", "Team"},
                                         {"Tags.member.1.Value", "one"},
                                         {"Tags.member.2.Key", "team"},
                                         {"Tags.member.2.Value", "two"}});
    const Reply made = upload(parameters);
    ASSERT_EQ(made.summary(), "200");
    EXPECT_EQ(made.text("Arn"), "arn:aws:iam::123456789012:server-certificate/cloudfront/a/site");
    EXPECT_EQ(made.text("Expiration"), "2126-01-01T00:00:00Z");
    EXPECT_EQ(made.text("UploadDate"), "2026-11-24T04:23:00Z");
    const std::string id = made.text("ServerCertificateId");
    EXPECT_TRUE(id.starts_with("ASCA") && id.size() == 21U) << id;
    EXPECT_EQ(made.texts("Tags/member/Key").size(), 2U);
    const Reply got = world.make("GetServerCertificate", {{"ServerCertificateName", "SITE"}});
    EXPECT_EQ(got.text("CertificateBody") + "\n", crypto::key_file("leaf.pem"));
    EXPECT_EQ(got.text("CertificateChain") + "\n", crypto::key_file("intermediate.pem"));
    EXPECT_EQ(got.body().find("PRIVATE"), std::string::npos);
    const Reply listed = world.make("ListServerCertificates", {{"PathPrefix", "/cloudfront/"}});
    EXPECT_EQ(listed.texts("ServerCertificateName"), std::vector<std::string>{"site"});
    EXPECT_TRUE(world.make("ListServerCertificates", {{"PathPrefix", "/other/"}})
                    .texts("ServerCertificateName")
                    .empty());
    EXPECT_EQ(upload(certificate("Site", "ec.pem", "ec.key")).summary(),
              "409 EntityAlreadyExists: The Server Certificate with name Site already exists.");
}

TEST_F(ServerCertificates, HaveTheirKeyAndAreValid) {  // B32.
    const auto refusal = [&](const char* body, const char* key) {
        return upload(certificate("bad", body, key)).summary();
    };
    EXPECT_EQ(refusal("leaf.key", "leaf.key"),
              "400 MalformedCertificate: Unable to parse certificate. Please ensure the certificate is in "
              "PEM format.");
    EXPECT_EQ(refusal("leaf.pem", "ec.key"),
              "400 KeyPairMismatch: The private key did not match the public key provided. Please verify the "
              "key material and try again.");
    EXPECT_EQ(refusal("expired.pem", "expired.key"),
              "400 MalformedCertificate: Certificate is no longer valid. The 'Not After' date restriction on "
              "the certificate has passed.");
    EXPECT_TRUE(refusal("future.pem", "future.key").starts_with("400 MalformedCertificate"));
    EXPECT_TRUE(refusal("leaf.pem", "leaf-encrypted.key").starts_with("400 MalformedCertificate"));
    EXPECT_TRUE(refusal("leaf.pem", "leaf.pem").starts_with("400 MalformedCertificate"));
    EXPECT_EQ(upload(certificate("a", "leaf.pem", "leaf-pkcs1.key")).summary(), "200");
    EXPECT_EQ(upload(certificate("b", "ec.pem", "ec.key")).summary(), "200");
}

TEST_F(ServerCertificates, HaveAChainInOrder) {  // B32.
    const std::string leaf = crypto::key_file("leaf.pem"),
                      intermediate = crypto::key_file("intermediate.pem");
    const std::string root_pem = crypto::key_file("root.pem");
    const auto with_chain = [&](const std::string& name, const std::string& chain) {
        return upload(certificate(name, "leaf.pem", "leaf.key", chain)).summary();
    };
    const std::string wrong =
        "400 MalformedCertificate: Unable to validate certificate chain. The certificate chain must start "
        "with the immediate signing certificate, followed by any intermediaries in order. The index within "
        "the chain of the invalid certificate is: ";
    EXPECT_EQ(with_chain("a", intermediate), "200");
    EXPECT_EQ(with_chain("b", intermediate + root_pem), "200");
    EXPECT_EQ(with_chain("c", intermediate + root_pem + root_pem), "200");
    EXPECT_EQ(with_chain("d", crypto::key_file("ec.pem")), wrong + "-1");
    EXPECT_EQ(with_chain("d", root_pem + intermediate), wrong + "-1");
    EXPECT_EQ(with_chain("d", intermediate + leaf), wrong + "1");
    EXPECT_TRUE(with_chain("d", "no certificate").starts_with("400 MalformedCertificate"));
}

TEST_F(ServerCertificates, KeepIdAndTagsWhenTheyMove) {
    Parameters parameters = certificate("site", "ec.pem", "ec.key");
    parameters.insert(parameters.end(), {{"Tags.member.1.Key", "k"}, {"Tags.member.1.Value", "v"}});
    const std::string id = upload(parameters).text("ServerCertificateId");
    world.make(
        "UpdateServerCertificate",
        {{"ServerCertificateName", "site"}, {"NewServerCertificateName", "shop"}, {"NewPath", "/new/"}});
    const Reply moved = world.make("GetServerCertificate", {{"ServerCertificateName", "shop"}});
    EXPECT_EQ(moved.text("Arn"), "arn:aws:iam::123456789012:server-certificate/new/shop");
    EXPECT_EQ(moved.text("ServerCertificateId"), id);
    EXPECT_EQ(moved.texts("Tags/member/Key"), std::vector<std::string>{"k"});
    EXPECT_EQ(root("GetServerCertificate", {{"ServerCertificateName", "site"}}).summary(),
              "404 NoSuchEntity: The Server Certificate with name site cannot be found.");
    EXPECT_EQ(upload(certificate("other", "ec.pem", "ec.key")).summary(), "200");
    EXPECT_EQ(root("UpdateServerCertificate",
                   {{"ServerCertificateName", "other"}, {"NewServerCertificateName", "SHOP"}})
                  .code(),
              "EntityAlreadyExists");
    world.make("DeleteServerCertificate", {{"ServerCertificateName", "shop"}});
    EXPECT_EQ(root("DeleteServerCertificate", {{"ServerCertificateName", "shop"}}).code(), "NoSuchEntity");
}

TEST_F(ServerCertificates, AreTagged) {  // 8.5.
    upload(certificate("site", "ec.pem", "ec.key"));
    const Parameters site{{"ServerCertificateName", "site"}};
    Parameters tagged = site, empty = site, untagged = site;
    tagged.insert(tagged.end(), {{"Tags.member.1.Key", "k"}, {"Tags.member.1.Value", "v"}});
    EXPECT_EQ(root("TagServerCertificate", tagged).summary(), "200");
    EXPECT_EQ(world.make("ListServerCertificateTags", site).texts("Key"), std::vector<std::string>{"k"});
    empty.emplace_back("Tags", "");
    EXPECT_EQ(root("TagServerCertificate", empty).summary(),
              "400 InvalidInput: The provided tag map must not be null/empty.");
    empty.back().first = "TagKeys";
    EXPECT_EQ(root("UntagServerCertificate", empty).summary(),
              "400 InvalidInput: The provided tag keys must not be null/empty.");
    untagged.emplace_back("TagKeys.member.1", "k");
    EXPECT_EQ(root("UntagServerCertificate", untagged).summary(), "200");
    EXPECT_TRUE(world.make("ListServerCertificateTags", site).texts("Key").empty());
}

TEST_F(ServerCertificates, AreAuthorizedByPathTagsAndTheirNewPlace) {
    const Who ann = world.make_user(
        "ann",
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["iam:Upload*","iam:Update*"],)"
        R"("Resource":"arn:aws:iam::123456789012:server-certificate/lab/*"}})");
    Parameters in_lab = certificate("site", "ec.pem", "ec.key");
    EXPECT_EQ(world.iam(ann, "UploadServerCertificate", in_lab).code(), "AccessDenied");
    in_lab.emplace_back("Path", "/lab/");
    Parameters tagged = in_lab;
    tagged.insert(tagged.end(), {{"Tags.member.1.Key", "k"}, {"Tags.member.1.Value", "v"}});
    EXPECT_EQ(world.iam(ann, "UploadServerCertificate", tagged).code(), "AccessDenied");
    EXPECT_EQ(world.iam(ann, "UploadServerCertificate", in_lab).summary(), "200");
    const auto move = [&](const std::string& path) {
        return world.iam(ann, "UpdateServerCertificate",
                         {{"ServerCertificateName", "site"}, {"NewPath", path}});
    };
    EXPECT_EQ(move("/other/").code(), "AccessDenied");
    EXPECT_EQ(move("/lab/a/").summary(), "200");
}

}  // namespace
}  // namespace writ::api
