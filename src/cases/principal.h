#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "engine/principal.h"

namespace writ::cases {

/// The principal that an ARN names, by its form (spec 2.4): user, assumed-role, federated-user, root; a role
/// ARN stands for a session of that role whose name is unknown. The error says what is wrong with the text.
[[nodiscard]] std::expected<engine::Principal, std::string> principal_of_arn(std::string_view arn);

[[nodiscard]] engine::Principal service_principal(std::vector<std::string> names);
/// A SAML or OIDC caller by its provider: an ARN or the name of a public provider (spec E5).
[[nodiscard]] engine::Principal federated_principal(std::string_view provider);

/// As people type it on a command line: an ARN of a principal or of a provider, a service name
/// ("logs.amazonaws.com"), or "anonymous".
[[nodiscard]] std::expected<engine::Principal, std::string> principal_of_text(std::string_view text);

}  // namespace writ::cases
