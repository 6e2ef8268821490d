#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/input.h"
#include "cli/policy_types.h"
#include "cli/terminal.h"
#include "policy/document.h"

/// What `writ policy check` finds in one document, and how it tells it.
namespace writ::cli {

struct CheckOptions {
    policy::PolicyType type = policy::PolicyType::identity;
    bool managed = false;
    bool strict = false;  ///< Notes count as errors.
};

enum class Severity : std::uint8_t {
    error,  ///< AWS would refuse the document.
    note,   ///< AWS would save it, but it will not do what it seems to say.
};

struct Finding {
    Severity severity = Severity::error;
    std::string code;  ///< Stable, for programs: "resource_form", "unknown_action".
    std::string message;
    std::string hint;
    policy::Span span;
};

struct CheckReport {
    std::vector<Finding> findings;     ///< Errors first, in the order in which AWS would find them.
    std::size_t characters = 0;        ///< As they count against the quota; 0 for what does not parse.
    const SizeQuota* quota = nullptr;  ///< The narrowest that is kept; null: none, or none is kept.

    [[nodiscard]] std::size_t count(Severity severity) const noexcept;
    [[nodiscard]] bool clean(const CheckOptions& options) const noexcept;
};

[[nodiscard]] CheckReport check_policy(std::string_view text, const CheckOptions& options);

/// For people: each finding with its place, the line underlined and a hint, then one line about the file.
[[nodiscard]] std::string to_text(const Input& input, const CheckReport& report, const CheckOptions& options,
                                  const Terminal& terminal);
/// One JSON object on one line, with its end.
[[nodiscard]] std::string to_json(const Input& input, const CheckReport& report, const CheckOptions& options);

}  // namespace writ::cli
