#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// As much of DynamoDB's expressions as authorization must read.
namespace writ::gateway::internal {

/// Finds what "#name" stands for; nothing when the request does not say.
using NameOf = std::function<std::optional<std::string>(std::string_view placeholder)>;

/// Top-level attributes that an expression names, in its order, each once: projection, condition, filter, key
/// condition and update expressions. Nothing when a placeholder stands for nothing.
[[nodiscard]] std::optional<std::vector<std::string>> attributes_of_expression(std::string_view expression,
                                                                               const NameOf& name_of);

/// What a key condition demands to be equal: attribute and value placeholder (":v").
struct KeyEquality {
    std::string attribute;
    std::string placeholder;
};
/// Nothing as above.
[[nodiscard]] std::optional<std::vector<KeyEquality>> key_equalities(std::string_view expression,
                                                                     const NameOf& name_of);

}  // namespace writ::gateway::internal
