#include <gtest/gtest.h>

#include "api/internal/saml_metadata_for_tests.h"
#include "api/internal/world_for_tests.h"
#include "crypto/key_files_for_tests.h"

/// OpenID Connect and SAML providers (spec 8.13).
namespace writ::api {
namespace {

const std::string oidc = "arn:aws:iam::123456789012:oidc-provider/";
const std::string saml = "arn:aws:iam::123456789012:saml-provider/";

class Providers : public testing::Test {
  protected:
    Reply root(std::string_view action, Parameters parameters) {
        return world.iam(world.root(), action, std::move(parameters));
    }
    Reply create_oidc(const std::string& url, Parameters more = {}) {
        more.emplace_back("Url", url);
        return root("CreateOpenIDConnectProvider", more);
    }
    Reply create_saml(const std::string& name, Parameters more = {}) {
        more.insert(more.end(), {{"Name", name}, {"SAMLMetadataDocument", saml_metadata()}});
        return root("CreateSAMLProvider", more);
    }
    Reply update_saml(Parameters more) {
        more.emplace_back("SAMLProviderArn", saml + "idp");
        return root("UpdateSAMLProvider", more);
    }
    World world;
};

TEST_F(Providers, OfOpenIdKeepTheirListsInOrder) {  // B30.
    const std::string upper(40, 'A');
    const Reply made =
        create_oidc("https://idp.example.com:443/path/", {{"ClientIDList.member.1", "z"},
                                                          {"ClientIDList.member.2", "a"},
                                                          {"ClientIDList.member.3", "z"},
                                                          {"ThumbprintList.member.1", upper},
                                                          {"ThumbprintList.member.2", std::string(40, 'g')},
                                                          {"Tags.member.1.Key", "key"},
                                                          {"Tags.member.1.Value", "v"},
                                                          {"Tags.member.2.Key", "Key"},
                                                          {"Tags.member.2.Value", "V"}});
    ASSERT_EQ(made.summary(), "200");
    const std::string arn = oidc + "idp.example.com/path/";
    EXPECT_EQ(made.text("OpenIDConnectProviderArn"), arn);
    EXPECT_EQ(made.texts("Tags/member/Key").size(), 2U);
    const Parameters provider{{"OpenIDConnectProviderArn", arn}};
    const Reply got = world.make("GetOpenIDConnectProvider", provider);
    EXPECT_EQ(got.text("Url"), "idp.example.com/path/");
    EXPECT_EQ(got.texts("ClientIDList/member"), (std::vector<std::string>{"z", "a"}));
    EXPECT_EQ(got.texts("ThumbprintList/member"),
              (std::vector<std::string>{std::string(40, 'a'), std::string(40, 'g')}));
    const auto client = [&](std::string_view action, const char* id) {
        Parameters parameters = provider;
        parameters.emplace_back("ClientID", id);
        EXPECT_EQ(root(action, parameters).summary(), "200");
    };
    client("AddClientIDToOpenIDConnectProvider", "m");
    client("AddClientIDToOpenIDConnectProvider", "a");
    client("RemoveClientIDFromOpenIDConnectProvider", "z");
    client("RemoveClientIDFromOpenIDConnectProvider", "not there");
    EXPECT_EQ(world.make("GetOpenIDConnectProvider", provider).texts("ClientIDList/member"),
              (std::vector<std::string>{"a", "m"}));
    EXPECT_EQ(world.make("ListOpenIDConnectProviders", {}).texts("Arn"), std::vector<std::string>{arn});
    EXPECT_EQ(root("DeleteOpenIDConnectProvider", provider).summary(), "200");
    EXPECT_EQ(root("DeleteOpenIDConnectProvider", provider).summary(),
              "404 NoSuchEntity: OpenId connect Provider " + arn + " cannot be found.");
    EXPECT_EQ(root("GetOpenIDConnectProvider", provider).summary(),
              "404 NoSuchEntity: OpenIDConnect Provider not found for arn " + arn);
    EXPECT_EQ(
        root("GetOpenIDConnectProvider", {{"OpenIDConnectProviderArn", "no arn, but long enough"}}).code(),
        "ValidationError");
}

TEST_F(Providers, OfOpenIdAreUniqueByTheirUrl) {  // B30.
    EXPECT_EQ(create_oidc("https://idp.example.com/a").summary(), "200");
    EXPECT_EQ(create_oidc("https://idp.example.com/a").summary(),
              "409 EntityAlreadyExists: Provider with url https://idp.example.com/a already exists.");
    EXPECT_EQ(create_oidc("https://idp.example.com/a/").summary(), "200");
    EXPECT_EQ(create_oidc("https://idp.example.com/A").summary(), "200");
    EXPECT_EQ(create_oidc("https://idp.example.com/?q=v").code(), "InvalidInput");
    EXPECT_EQ(create_oidc("http://idp.example.com/").summary(),
              "400 ValidationError: Invalid Open ID Connect Provider URL");
    EXPECT_EQ(create_oidc("https://b.example.com", {{"ContextProvider.SubjectSourceKey", "sub"}}).code(),
              "NotImplemented");
}

TEST_F(Providers, OfOpenIdHaveUpToFiveThumbprintsAndAHundredClients) {  // B30.
    Parameters six;
    for (int i = 1; i <= 6; ++i) {
        six.emplace_back("ThumbprintList.member." + std::to_string(i), std::string(40, 'b'));
    }
    EXPECT_EQ(create_oidc("https://idp.example.com", six).summary(),
              "400 InvalidInput: Thumbprint list must contain fewer than 5 entries.");
    six.pop_back();
    EXPECT_EQ(create_oidc("https://idp.example.com", six).summary(), "200");
    const std::string arn = oidc + "idp.example.com";
    EXPECT_EQ(root("UpdateOpenIDConnectProviderThumbprint",
                   {{"OpenIDConnectProviderArn", arn}, {"ThumbprintList", ""}})
                  .summary(),
              "400 InvalidInput: Thumbprint list must contain at least one entry.");
    EXPECT_EQ(root("UpdateOpenIDConnectProviderThumbprint",
                   {{"OpenIDConnectProviderArn", arn}, {"ThumbprintList.member.1", std::string(40, 'C')}})
                  .summary(),
              "200");
    EXPECT_EQ(world.make("GetOpenIDConnectProvider", {{"OpenIDConnectProviderArn", arn}})
                  .texts("ThumbprintList/member"),
              std::vector<std::string>{std::string(40, 'c')});
    Parameters clients;
    for (int i = 1; i <= 100; ++i) {
        clients.emplace_back("ClientIDList.member." + std::to_string(i), "client" + std::to_string(i));
    }
    EXPECT_EQ(create_oidc("https://many.example.com", clients).summary(), "200");
    EXPECT_EQ(root("AddClientIDToOpenIDConnectProvider",
                   {{"OpenIDConnectProviderArn", oidc + "many.example.com"}, {"ClientID", "one more"}})
                  .summary(),
              "409 LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100");
}

TEST_F(Providers, OfSamlKeepTheirMetadata) {  // B31.
    ASSERT_EQ(create_saml("idp", {{"Tags.member.1.Key", "k"}, {"Tags.member.1.Value", "v"}}).summary(),
              "200");
    const Parameters provider{{"SAMLProviderArn", saml + "idp"}};
    const Reply got = world.make("GetSAMLProvider", provider);
    const std::string uuid = got.text("SAMLProviderUUID");
    EXPECT_TRUE(uuid.starts_with("SAMLSP") && uuid.size() == 22U) << uuid;
    EXPECT_EQ(got.text("SAMLMetadataDocument"), saml_metadata());
    EXPECT_EQ(got.text("CreateDate"), "2026-11-24T04:23:00Z");
    EXPECT_EQ(got.text("ValidUntil"), "2126-11-24T04:23:00Z");
    EXPECT_EQ(got.text("AssertionEncryptionMode"), "Allowed");
    EXPECT_EQ(got.texts("Tags/member/Key"), std::vector<std::string>{"k"});
    world.clock().advance(std::chrono::days(1));
    const std::string other = saml_metadata("https://other.example.com/");
    EXPECT_EQ(update_saml({{"SAMLMetadataDocument", other}}).text("SAMLProviderArn"), saml + "idp");
    const Reply updated = world.make("GetSAMLProvider", provider);
    EXPECT_EQ(updated.text("SAMLMetadataDocument"), other);
    EXPECT_EQ(updated.text("CreateDate"), "2026-11-24T04:23:00Z");
    EXPECT_EQ(updated.text("ValidUntil"), "2126-11-25T04:23:00Z");
    EXPECT_EQ(updated.text("SAMLProviderUUID"), uuid);
    EXPECT_EQ(world.make("ListSAMLProviders", {}).texts("Arn"), std::vector<std::string>{saml + "idp"});
    EXPECT_EQ(create_saml("idp").code(), "EntityAlreadyExists");
    EXPECT_EQ(root("DeleteSAMLProvider", provider).summary(), "200");
    EXPECT_EQ(root("DeleteSAMLProvider", provider).summary(),
              "404 NoSuchEntity: Manifest not found for arn " + saml + "idp");
}

TEST_F(Providers, OfSamlNeedMetadataThatCanBeRead) {  // B31.
    const auto create = [&](const std::string& document) {
        return root("CreateSAMLProvider", {{"Name", "bad"}, {"SAMLMetadataDocument", document}}).summary();
    };
    EXPECT_EQ(create(std::string(1000, 'x')), "400 InvalidInput: Could not parse metadata");
    EXPECT_EQ(create("<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"x\"/><!--" +
                     std::string(1000, 'x') + "-->"),
              "400 InvalidInput: SAML Providers must reference at least one SAML assertion issuer.");
    EXPECT_TRUE(create("<a/>").starts_with("400 ValidationError"));
    EXPECT_EQ(root("CreateSAMLProvider", {{"Name", "a b"}, {"SAMLMetadataDocument", saml_metadata()}}).code(),
              "ValidationError");
}

TEST_F(Providers, OfSamlHaveUpToTwoKeysThatAreNeverShown) {  // B31.
    EXPECT_EQ(create_saml("idp", {{"AssertionEncryptionMode", "Required"}}).summary(),
              "400 ValidationError: Unable to set assertion encryption mode to Required because no private "
              "key is provided.");
    ASSERT_EQ(create_saml("idp").summary(), "200");
    EXPECT_EQ(update_saml({}).summary(),
              "400 ValidationError: Unable to update identity provider. No updates are defined for metadata "
              "or encryption assertion.");
    EXPECT_EQ(update_saml({{"AssertionEncryptionMode", "Required"}}).summary(),
              "400 InvalidInput: Failed to set assertion encryption mode to Required because no private key "
              "is present.");
    EXPECT_EQ(update_saml({{"AddPrivateKey", "no key"}}).code(), "InvalidInput");
    EXPECT_EQ(update_saml({{"AddPrivateKey", crypto::key_file("leaf.key")}}).summary(), "200");
    world.clock().advance(std::chrono::seconds(1));
    EXPECT_EQ(update_saml({{"AddPrivateKey", crypto::key_file("ec.key")}}).summary(), "200");
    EXPECT_EQ(update_saml({{"AddPrivateKey", crypto::key_file("ec.key")}}).summary(),
              "409 LimitExceeded: Private key limit of 2 is reached.");
    EXPECT_EQ(update_saml({{"AssertionEncryptionMode", "Required"}}).summary(), "200");
    const Reply got = world.make("GetSAMLProvider", {{"SAMLProviderArn", saml + "idp"}});
    EXPECT_EQ(got.body().find("PRIVATE KEY"), std::string::npos);
    EXPECT_EQ(got.texts("Timestamp"),
              (std::vector<std::string>{"2026-11-24T04:23:00Z", "2026-11-24T04:23:01Z"}));
    const std::vector<std::string> ids = got.texts("KeyId");
    ASSERT_EQ(ids.size(), 2U);
    EXPECT_TRUE(ids[0].starts_with("SAMLPK") && ids[0].size() == 22U) << ids[0];
    EXPECT_EQ(
        update_saml({{"RemovePrivateKey", ids[0]}, {"AddPrivateKey", crypto::key_file("ec.key")}}).code(),
        "ValidationError");
    EXPECT_EQ(update_saml({{"RemovePrivateKey", ids[0]}}).summary(), "200");
    EXPECT_EQ(update_saml({{"RemovePrivateKey", ids[1]}}).summary(),
              "400 InvalidInput: Failed to remove private key.");
    EXPECT_EQ(update_saml({{"AssertionEncryptionMode", "Allowed"}, {"RemovePrivateKey", ids[1]}}).summary(),
              "200");
}

TEST_F(Providers, AreTaggedWithRegardToCase) {  // 8.5.
    create_oidc("https://idp.example.com");
    create_saml("idp");
    for (const auto& [kind, parameter, arn] :
         {std::tuple{std::string("OpenIDConnectProvider"), "OpenIDConnectProviderArn",
                     oidc + "idp.example.com"},
          std::tuple{std::string("SAMLProvider"), "SAMLProviderArn", saml + "idp"}}) {
        const Parameters provider{{parameter, arn}};
        Parameters tags = provider, untag = provider, nothing = provider;
        tags.insert(tags.end(), {{"Tags.member.1.Key", "Team"},
                                 {"Tags.member.1.Value", "a"},
                                 {"Tags.member.2.Key", "team"},
                                 {"Tags.member.2.Value", "b"}});
        EXPECT_EQ(root("Tag" + kind, tags).summary(), "200") << kind;
        untag.emplace_back("TagKeys.member.1", "Team");
        EXPECT_EQ(root("Untag" + kind, untag).summary(), "200");
        EXPECT_EQ(world.make("List" + kind + "Tags", provider).texts("Key"),
                  std::vector<std::string>{"team"});
        nothing.emplace_back("TagKeys", "");
        EXPECT_EQ(root("Untag" + kind, nothing).code(), "InvalidInput");
        nothing.back().first = "Tags";
        EXPECT_EQ(root("Tag" + kind, nothing).code(), "InvalidInput");
    }
}

TEST_F(Providers, AreAuthorizedByArnAndTags) {
    create_oidc("https://idp.example.com", {{"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "lab"}});
    create_oidc("https://other.example.com");
    const Who ann = world.make_user(
        "ann",
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetOpenIDConnectProvider",)"
        R"("Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"lab"}}}})");
    const auto get = [&](const Who& who, const std::string& name) {
        return world.iam(who, "GetOpenIDConnectProvider", {{"OpenIDConnectProviderArn", oidc + name}});
    };
    EXPECT_EQ(get(ann, "idp.example.com").summary(), "200");
    EXPECT_EQ(get(ann, "other.example.com").code(), "AccessDenied");
    EXPECT_EQ(get(ann, "none.example.com").code(), "AccessDenied");  // B7.
    EXPECT_EQ(get(world.other_root(), "idp.example.com").ok(), false);
    const Who eve = world.make_user("eve", allow("iam:CreateSAMLProvider", saml + "lab*"));
    const auto create = [&](const std::string& name, Parameters more = {}) {
        more.insert(more.end(), {{"Name", name}, {"SAMLMetadataDocument", saml_metadata()}});
        return world.iam(eve, "CreateSAMLProvider", more);
    };
    EXPECT_EQ(create("idp").code(), "AccessDenied");
    EXPECT_EQ(create("lab1", {{"Tags.member.1.Key", "k"}, {"Tags.member.1.Value", "v"}}).code(),
              "AccessDenied");
    EXPECT_EQ(create("lab1").summary(), "200");
}

}  // namespace
}  // namespace writ::api
