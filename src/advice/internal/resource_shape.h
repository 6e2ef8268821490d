#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "advice/least_privilege.h"

namespace writ::advice::internal {

/// A text that means itself in a policy of 2012 (spec M2); in a pattern wildcards do too.
[[nodiscard]] std::string escaped(std::string_view text, bool is_pattern);

/// A resource taken apart: "arn:aws:dynamodb:us-east-1:1:table/a/index/b" has the head
/// "arn:aws:dynamodb:us-east-1:1:" and the segments table, a, index and b. A text that is no ARN is all head.
struct ResourceShape {
    struct Segment {
        std::string text;       ///< Empty when it is a wildcard.
        char separator = '\0';  ///< Behind it; '\0' behind the last.
        bool is_wildcard = false;
        auto operator<=>(const Segment&) const = default;
    };
    std::string head;
    std::vector<Segment> segments;

    auto operator<=>(const ResourceShape&) const = default;

    /// Whether a wildcard may stand there: not for the word of a type, nor for the name of a bucket.
    [[nodiscard]] bool may_vary(std::size_t segment) const noexcept;
    [[nodiscard]] ResourcePattern pattern() const;
};

/// `ends_in_wildcard`: the last segment stands for many.
[[nodiscard]] ResourceShape shape_of(std::string_view resource, bool ends_in_wildcard = false);

}  // namespace writ::advice::internal
