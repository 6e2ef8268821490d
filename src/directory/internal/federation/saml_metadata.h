#pragma once

#include <string_view>

#include "base/result.h"

namespace writ::directory {

/// The metadata of a SAML identity provider must be XML, an EntityDescriptor or EntitiesDescriptor of SAML
/// 2.0, name at least one issuer of assertions (an entity with IDPSSODescriptor), and every certificate in it
/// must be one. Dates are not looked at, and keys for signatures may be missing (B31 as observed).
/// InvalidInput otherwise. Cost: linear in the text, which may have ten million characters.
[[nodiscard]] Result<void> check_saml_metadata(std::string_view metadata);

}  // namespace writ::directory
