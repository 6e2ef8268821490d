#pragma once

#include <string>

#include "cases/case.h"

namespace writ::cases {

/// A policy cases file with this one case, which read_text() reads back as it is: policies in place and byte
/// for byte, with their names. What the case expects is left out.
[[nodiscard]] std::string to_file(const Case& question);

}  // namespace writ::cases
