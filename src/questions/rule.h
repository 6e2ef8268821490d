#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// What requests that pass a proxy need to be allowed, said by method, host and path.
namespace writ::questions {

/// "GET,HEAD docs.example.com /documents/{id} myapp:ReadDocument arn:aws:myapp:::document/{id}"
struct Rule {
    std::vector<std::string> methods;   ///< Empty: any.
    std::string host;                   ///< Lower case; "*": any; "*.example.com": all below.
    std::vector<std::string> segments;  ///< Of the path; "{id}" takes any one, "{rest...}" at the end some.
    std::string action;
    std::string resource;  ///< An ARN with the same holes, or "*".
};

/// Reads the five parts, divided by blanks. InvalidInput says what is wrong.
[[nodiscard]] Result<Rule> read_rule(std::string_view text);
/// A rule a line; lines of blanks are skipped.
[[nodiscard]] Result<std::vector<Rule>> read_rules(std::string_view text);

struct Needed {
    std::string action;
    std::string resource;
};

/// What the first rule that fits says; nothing: none fits, or the target can be read in two ways (encoded or
/// empty segments, dots, backslashes), which proxy and service might do differently. `host` may have a port,
/// `target` a query.
[[nodiscard]] std::optional<Needed> find_needed(std::span<const Rule> rules, std::string_view method,
                                                std::string_view host, std::string_view target);

}  // namespace writ::questions
