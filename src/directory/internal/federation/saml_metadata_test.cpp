#include "directory/internal/federation/saml_metadata.h"

#include <gtest/gtest.h>

#include "crypto/key_files_for_tests.h"

namespace writ::directory {
namespace {

const std::string could_not_parse = "Could not parse metadata";
const std::string no_issuer = "SAML Providers must reference at least one SAML assertion issuer.";

/// A certificate as metadata hold it: without the frame of PEM.
std::string certificate(const std::string& name) {
    const std::string pem = crypto::key_file(name);
    const std::size_t begin = pem.find('\n');
    return pem.substr(begin, pem.rfind("-----END") - begin);
}

std::string key_descriptor(const std::string& content) {
    return R"(<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>)"
           "<X509Certificate>" +
           content + "</X509Certificate></X509Data></KeyInfo></KeyDescriptor>";
}

std::string entity(const std::string& inside) {
    return R"(<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" )"
           R"(entityID="https://idp.example.com/">)" +
           inside + "</EntityDescriptor>";
}

std::string idp(const std::string& inside) {
    return "<IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">" + inside +
           "</IDPSSODescriptor>";
}

std::string refusal(const std::string& metadata) {
    const auto checked = check_saml_metadata(metadata);
    if (checked) return "";
    EXPECT_EQ(checked.error().code, "InvalidInput");
    return checked.error().message;
}

TEST(SamlMetadata, OfIdentityProvidersAreAccepted) {  // B31, as observed.
    EXPECT_EQ(refusal(entity(idp(key_descriptor(certificate("leaf.pem"))))), "");
    EXPECT_EQ(refusal(entity(idp(key_descriptor(certificate("expired.pem"))))), "");
    EXPECT_EQ(refusal(entity(idp(""))), "");
    EXPECT_EQ(refusal("<?xml version=\"1.0\"?>\n<!-- x -->\n" + entity(idp(""))), "");
    EXPECT_EQ(refusal("<EntitiesDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\">" +
                      entity(idp("")) + "</EntitiesDescriptor>"),
              "");
    EXPECT_EQ(refusal(R"(<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x">)"
                      R"(<md:IDPSSODescriptor/></md:EntityDescriptor>)"),
              "");
}

TEST(SamlMetadata, WithMoreAttributesThanAnyHaveAreRefused) {
    const auto with_attributes = [](int count) {
        std::string inside = "<x";
        for (int i = 0; i < count; ++i) inside.append(" a").append(std::to_string(i)).append("=\"\"");
        return entity(idp("") + inside + "/>");
    };
    EXPECT_EQ(refusal(with_attributes(64)), "");
    EXPECT_EQ(refusal(with_attributes(65)), could_not_parse);
}

TEST(SamlMetadata, ThatCannotBeReadAreRefused) {
    EXPECT_EQ(refusal(""), could_not_parse);
    EXPECT_EQ(refusal("no XML"), could_not_parse);
    EXPECT_EQ(refusal("<EntityDescriptor"), could_not_parse);
    EXPECT_EQ(refusal(entity(idp("")) + "<"), could_not_parse);
    EXPECT_EQ(refusal("<SomethingElse xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"/>"), could_not_parse);
    EXPECT_EQ(refusal("<EntityDescriptor entityID=\"x\"><IDPSSODescriptor/></EntityDescriptor>"),
              could_not_parse);
    EXPECT_EQ(refusal(entity(idp(key_descriptor(std::string(400, 'a'))))), could_not_parse);
    EXPECT_EQ(refusal(entity(idp(key_descriptor("")))), could_not_parse);
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "<a>";
    for (int i = 0; i < 100; ++i) deep += "</a>";
    EXPECT_EQ(refusal(entity(idp(deep))), could_not_parse);
    EXPECT_EQ(refusal(entity(idp(key_descriptor("") + key_descriptor(certificate("leaf.pem"))))),
              could_not_parse);
}

TEST(SamlMetadata, MustNameAnIssuerOfAssertions) {
    EXPECT_EQ(refusal(entity("")), no_issuer);
    EXPECT_EQ(refusal(entity("<SPSSODescriptor/>")), no_issuer);
    EXPECT_EQ(refusal(R"(<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">)" + idp("") +
                      "</EntityDescriptor>"),
              no_issuer);
    EXPECT_EQ(refusal(entity("<IDPSSODescriptor xmlns=\"urn:other\"/>")), no_issuer);
}

}  // namespace
}  // namespace writ::directory
