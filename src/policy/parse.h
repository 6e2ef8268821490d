#pragma once

#include <cstddef>
#include <expected>
#include <string_view>

#include "policy/diagnostic.h"
#include "policy/document.h"

namespace writ::policy {

/// Longest text that any IAM operation accepts, in characters (spec G2).
inline constexpr std::size_t policy_characters_max = 131072;

struct ParseOptions {
    /// Raise it for documents that come from elsewhere: one AWS managed policy has 152,000 characters. Texts
    /// of 4 GiB and more are refused whatever it says.
    std::size_t characters_max = policy_characters_max;
    /// Decides nothing but the words: a trust policy that is no JSON has its own message (spec ?27).
    PolicyType type = PolicyType::identity;
};

/// Reads the grammar that all policy types share (spec 1.1, 1.2 and step 1 of 1.5): JSON without duplicate
/// members at any level, known elements only, the right JSON type for each, Version one of the two dates,
/// Effect a word, not both of Action/NotAction or Resource/NotResource. What only validate() can judge is
/// kept in the Document: unknown condition operators, missing actions or resources, an Effect in the wrong
/// case, a bare ARN as Principal.
/// Errors: one Diagnostic with the place of the first defect; its code is `json`, `syntax` or `quota`. Never
/// throws on bad input, recursion-free: any number of brackets, any bytes. Cost: n log n in the text at
/// worst, two allocations for a typical document. Thread-safe.
[[nodiscard]] std::expected<DocumentPtr, Diagnostic> parse(std::string_view text,
                                                           const ParseOptions& options = {});

}  // namespace writ::policy
