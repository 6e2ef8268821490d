#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <vector>

#include "policy/document.h"

namespace writ::policy {

/// What fills the holes `@{name}` of a policy template.
struct TemplateParameter {
    std::string name;
    std::vector<std::string> values;
    bool is_list = false;  ///< As it was declared; rendering only counts the values.

    bool operator==(const TemplateParameter&) const = default;
};

struct TemplateFault {
    enum class Kind : std::uint8_t {
        missing,   ///< A hole has no parameter.
        unused,    ///< A parameter has no hole.
        too_long,  ///< The rendered policy has more characters than it may have.
    };
    Kind kind = Kind::missing;
    std::string parameter{};  ///< Its name; empty for too_long.
};

/// The template with its holes filled, on one line. Holes stand in actions, resources and values of
/// conditions; a value is text there, never JSON, and holes inside of values stay as they are. A pattern with
/// a parameter of several values becomes a pattern for each, one with several such parameters a pattern for
/// each combination, those of the first changing last. Thread-safe. Cost: bounded by the template and
/// `characters_max`.
[[nodiscard]] std::expected<std::string, TemplateFault> render_template(
    const Document& policy_template, std::span<const TemplateParameter> parameters,
    std::size_t characters_max);

}  // namespace writ::policy
