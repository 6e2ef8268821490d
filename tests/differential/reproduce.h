#pragma once

#include <string>

namespace writ::differential {

/// The smallest part of a policy cases file on which engine and oracle still differ, with the answer of the
/// oracle as its expectation; everything that can be left out is. Empty when the file shows no difference:
/// then reading, printing or compiling apart from a bundle changes the answer, which is a bug as well.
[[nodiscard]] std::string minimise(const std::string& cases_file);

}  // namespace writ::differential
