#pragma once

#include <string>
#include <vector>

#include "policy/document.h"

namespace writ::cli {

/// An action pattern that names nothing AWS knows. AWS saves such policies; the pattern matches nothing.
struct UnknownAction {
    policy::Span span;
    std::string message;  ///< "s3:GetObjct is no action of Amazon S3".
    std::string hint;     ///< "Did you mean s3:GetObject?", or where to look.
};

/// The patterns in Action and NotAction that match no action of the service reference, in the order of the
/// document. Patterns without the form prefix:name are validate()'s to refuse.
[[nodiscard]] std::vector<UnknownAction> find_unknown_actions(const policy::Document& document);

/// "Did you mean s3:GetObject?" for an action, a service prefix, or a pattern that the reference does not
/// have; empty when nothing is near.
[[nodiscard]] std::string suggest_action(std::string_view name);

}  // namespace writ::cli
