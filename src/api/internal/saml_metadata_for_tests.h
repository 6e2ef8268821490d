#pragma once

#include <string>

namespace writ::api {

/// Metadata of an identity provider, of at least the thousand characters that the model asks for.
inline std::string saml_metadata(const std::string& entity_id = "https://idp.example.com/") {
    return R"(<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID=")" + entity_id +
           R"("><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/>)"
           "</EntityDescriptor><!--" +
           std::string(1000, 'x') + "-->";
}

}  // namespace writ::api
