#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/internal/arn_pattern.h"
#include "engine/request.h"
#include "policy/document.h"

namespace writ::engine {

/// One entry of Resource or NotResource (spec 2.3).
struct ResourcePattern {
    enum class Kind : std::uint8_t {
        never,  ///< Too few parts for its policy type (spec R6).
        all,    ///< `*`: every resource, "no resource" included (spec R1).
        arn,
    };
    Kind kind = Kind::never;
    ArnPattern arn;
};

/// Resource or NotResource of a statement.
struct ResourceElement {
    bool negated = false;
    policy::Effect effect = policy::Effect::deny;  ///< Decides on unresolved variables (spec ?7).
    std::span<const ResourcePattern> patterns;
};

[[nodiscard]] ResourceElement compile_resources(const policy::PatternElement& element, policy::Effect effect,
                                                policy::PolicyType type, bool variables, Arena& arena,
                                                std::vector<Token>& scratch);
[[nodiscard]] bool matches(const ResourcePattern& pattern, const Request& request) noexcept;
/// Spec R1 to R11.
[[nodiscard]] bool matches(const ResourceElement& element, const Request& request) noexcept;

/// The beginning that Request::index_key() has whenever the pattern matches.
[[nodiscard]] std::string index_prefix(const ResourcePattern& pattern);

}  // namespace writ::engine
