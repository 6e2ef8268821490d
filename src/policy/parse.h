#pragma once

#include <cstddef>
#include <expected>
#include <string_view>

#include "policy/diagnostic.h"
#include "policy/document.h"

namespace writ::policy {

/// Longest text that any operation accepts (spec G2).
inline constexpr std::size_t policy_bytes_max = 131072;

struct ParseOptions {
    std::size_t bytes_max = policy_bytes_max;
};

/// Reads the grammar that all policy types share (spec 1.1, 1.2 and step 1 of 1.5): JSON without duplicate
/// members at any level, known elements only, the right JSON type for each, Effect a word, not both of
/// Action/NotAction or Resource/NotResource. What only validate() can judge is kept in the Document.
/// Errors: one Diagnostic with the place of the first defect. Never throws on bad input, recursion-free:
/// any number of brackets, any bytes. Cost: linear in the text. Thread-safe.
[[nodiscard]] std::expected<DocumentPtr, Diagnostic> parse(std::string_view text,
                                                           const ParseOptions& options = {});

}  // namespace writ::policy
