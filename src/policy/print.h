#pragma once

#include <string>

#include "policy/document.h"

namespace writ::policy {

/// One line without white space outside of string literals. Element order, array or scalar form and number
/// lexemes are kept: parse(print(d)) equals d in everything but positions.
[[nodiscard]] std::string print_compact(const Document& document);
/// The same value over several lines, indented by `indent` blanks a level, as `writ policy format` prints it.
[[nodiscard]] std::string print_pretty(const Document& document, unsigned indent = 2);

/// The smallest text of the same meaning: members in a fixed order, arrays of one as their element, patterns
/// and values sorted without repetition, patterns that another pattern of the same list covers left out,
/// Sid kept. Two documents with equal normal forms decide alike; the converse does not hold.
[[nodiscard]] std::string print_normal(const Document& document);

/// True when both say the same, whatever their positions and white space.
[[nodiscard]] bool same_value(const Document& a, const Document& b);

}  // namespace writ::policy
