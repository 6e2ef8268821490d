#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "policy/document.h"

namespace writ::policy {

/// Takes an operator name apart (spec 3.2, C7, C8): case-sensitive, with "ForAllValues:" or "ForAnyValue:" in
/// front and "IfExists" behind. Null takes neither. Nothing for any other text.
[[nodiscard]] std::optional<ConditionOperator> parse_operator(std::string_view name) noexcept;

/// The documented spelling. ArnEquals and ArnLike are the same comparison and print as ArnLike.
[[nodiscard]] std::string operator_name(const ConditionOperator& op);

}  // namespace writ::policy
