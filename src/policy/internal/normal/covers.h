#pragma once

#include <cstdint>
#include <string_view>

/// Whether one pattern matches whatever another one matches. Every answer of yes is certain; a no may mean
/// that it is not known. Variables of 2012 documents stand for any text in the covered pattern; a pattern
/// that has one covers nothing, for it may match nothing (spec X5, R11).
namespace writ::policy::internal {

enum class PatternKind : std::uint8_t {
    none,             ///< No patterns: equal texts are one, nothing covers anything.
    action,           ///< Spec 2.2; in lower case.
    resource,         ///< Spec 2.3.
    exempt_resource,  ///< NotResource: an unresolved variable decides by itself, so its pattern stays (?7).
    text,             ///< StringLike.
    arn,              ///< ArnLike (spec 3.2); what has not six parts has a meaning of its own (?15).
};

[[nodiscard]] bool covers(PatternKind kind, bool has_variables, std::string_view pattern,
                          std::string_view covered);

/// A `?` takes one byte of ASCII here, since it counts UTF-16 units (spec ?30).
[[nodiscard]] bool glob_covers(std::string_view pattern, std::string_view covered) noexcept;

}  // namespace writ::policy::internal
