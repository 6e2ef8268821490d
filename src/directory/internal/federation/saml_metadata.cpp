#include "directory/internal/federation/saml_metadata.h"

#include <iterator>
#include <pugixml.hpp>
#include <string>

#include "crypto/certificate.h"

namespace writ::directory {
namespace {

constexpr std::string_view saml_namespace = "urn:oasis:names:tc:SAML:2.0:metadata";
/// Far more than any metadata have; looking up a namespace costs at most as many steps as their product.
constexpr int depth_max = 64;
constexpr std::ptrdiff_t attributes_max = 64;
constexpr std::string_view signature_namespace = "http://www.w3.org/2000/09/xmldsig#";

std::string_view prefix_of(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
}

/// What the nearest declaration says of the prefix of an element.
std::string_view namespace_of(const pugi::xml_node& element) {
    const std::string_view prefix = prefix_of(element.name());
    const std::string declaration = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
    for (pugi::xml_node node = element; node; node = node.parent()) {
        const pugi::xml_attribute found = node.attribute(declaration.c_str());
        if (found) return found.value();
    }
    return {};
}

bool is_element(const pugi::xml_node& node, std::string_view space, std::string_view local_name) {
    const std::string_view name = node.name();
    const std::string_view prefix = prefix_of(name);
    const std::string_view local = prefix.empty() ? name : name.substr(prefix.size() + 1);
    return node.type() == pugi::node_element && local == local_name && namespace_of(node) == space;
}

/// Looks at every element: finds issuers, certificates that are none, and what is nested too deeply or has
/// too many attributes.
class Metadata : public pugi::xml_tree_walker {
  public:
    bool for_each(pugi::xml_node& node) override {
        const auto attributes = node.attributes();
        if (depth() > depth_max || std::distance(attributes.begin(), attributes.end()) > attributes_max) {
            is_fine_ = false;
        } else if (is_element(node, signature_namespace, "X509Certificate")) {
            is_fine_ = crypto::Certificate::from_base64(node.text().get()).has_value();
        } else if (is_element(node, saml_namespace, "IDPSSODescriptor")) {
            const pugi::xml_node entity = node.parent();
            if (is_element(entity, saml_namespace, "EntityDescriptor") &&
                *entity.attribute("entityID").value() != '\0') {
                has_issuer_ = true;
            }
        }
        return is_fine_;
    }

    [[nodiscard]] bool has_issuer() const noexcept { return has_issuer_; }
    [[nodiscard]] bool is_fine() const noexcept { return is_fine_; }

  private:
    bool has_issuer_ = false;
    bool is_fine_ = true;
};

}  // namespace

Result<void> check_saml_metadata(std::string_view metadata) {
    pugi::xml_document document;
    const bool is_xml =
        document.load_buffer(metadata.data(), metadata.size(), pugi::parse_default, pugi::encoding_utf8);
    const pugi::xml_node root = document.document_element();
    const bool is_metadata = is_xml && (is_element(root, saml_namespace, "EntityDescriptor") ||
                                        is_element(root, saml_namespace, "EntitiesDescriptor"));
    Metadata found;
    if (is_metadata) document.traverse(found);  // The root is its first node.
    if (!is_metadata || !found.is_fine()) {
        return fail("InvalidInput", 400, "Could not parse metadata");
    }
    if (!found.has_issuer()) {
        return fail("InvalidInput", 400, "SAML Providers must reference at least one SAML assertion issuer.");
    }
    return {};
}

}  // namespace writ::directory
