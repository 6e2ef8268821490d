#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cases/case.h"
#include "cases/documents.h"

namespace writ::cases {

/// Reads a policy cases file with every document it names. The first defect is the error: unreadable or no
/// JSON, an unknown or repeated member, a wrong type, a principal or time that is none, a document that does
/// not parse. Nothing is thrown. Thread-safe.
[[nodiscard]] std::expected<std::vector<Case>, Defect> read_file(const std::filesystem::path& path);

/// The same for a text; `file` names it in defects, relative paths count from `folder`.
[[nodiscard]] std::expected<std::vector<Case>, Defect> read_text(std::string_view text,
                                                                 const std::string& file,
                                                                 const std::filesystem::path& folder);

}  // namespace writ::cases
