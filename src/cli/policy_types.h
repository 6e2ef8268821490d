#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "policy/document.h"

namespace writ::cli {

/// A quota on the size of policies (spec 1.4): how many characters, and of what.
struct SizeQuota {
    policy::PolicyType type = policy::PolicyType::identity;
    bool managed = false;  ///< Holds for customer managed policies instead of inline ones.
    std::size_t characters_max = 0;
    std::string_view what;  ///< "a managed policy", "all inline policies of a user together".
};

/// The quotas that a document of this type may be held to, the widest first.
[[nodiscard]] std::span<const SizeQuota> size_quotas(policy::PolicyType type, bool managed) noexcept;

/// "identity", "resource" …: the words of --type and of policy cases.
[[nodiscard]] std::string_view word_of(policy::PolicyType type) noexcept;
[[nodiscard]] std::optional<policy::PolicyType> policy_type_of(std::string_view word) noexcept;
/// All words, for messages: "identity, resource, …".
[[nodiscard]] std::string policy_type_words();

/// "identity-based policy", "SCP" …: what people call a policy of the type.
[[nodiscard]] std::string_view title_of(policy::PolicyType type) noexcept;

}  // namespace writ::cli
