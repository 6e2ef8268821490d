#pragma once

#include <vector>

#include "policy/diagnostic.h"
#include "policy/document.h"

namespace writ::policy {

struct ValidateOptions {
    PolicyType type = PolicyType::identity;
    /// A customer managed policy must say 2012-10-17 (spec V2); inline documents need not.
    bool managed = false;
    /// Refuses what AWS tolerates in one place and not in another (spec G9, K1, T6, ?28).
    bool strict = false;
};

/// The rules of spec 1.3 and 1.5 steps 2 to 9 that need no directory (whether a principal exists is the
/// directory's to say). In the order of 1.5: the first diagnostic is the one that AWS would report; the
/// others follow for people who want to mend all at once. Empty: the document may be saved.
[[nodiscard]] std::vector<Diagnostic> validate(const Document& document, const ValidateOptions& options);

/// Number of characters that count against the size quota of IAM policy types (spec 1.4): everything but
/// white space outside of string literals. SCPs and RCPs count every character of the text.
[[nodiscard]] std::size_t counted_size(const Document& document, PolicyType type) noexcept;

}  // namespace writ::policy
