#pragma once

#include <chrono>
#include <string>

#include "policy/document.h"

namespace writ::api::iam::delegation {

/// What a policy lets somebody do, for people, as Markdown in English: per statement the services with their
/// actions by access level, the resources and the conditions. At most 10,000 characters. It is made from the
/// policy and the service authorization reference alone: the same policy always reads the same.
[[nodiscard]] std::string summary_of(const policy::Document& document, std::chrono::seconds duration);

}  // namespace writ::api::iam::delegation
