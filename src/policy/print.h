#pragma once

#include <string>

#include "policy/document.h"

namespace writ::policy {

/// One line without white space outside of string literals. Element order, array or scalar form, escapes and
/// number lexemes are kept: parse(print(d)) equals d in everything but positions.
[[nodiscard]] std::string print_compact(const Document& document);
/// The same value over several lines, indented by `indent` blanks a level, as `writ policy format` prints it.
/// No line end behind the last line.
[[nodiscard]] std::string print_pretty(const Document& document, unsigned indent = 2);

/// The smallest text of the same meaning: members in a fixed order, arrays of one as their element, patterns
/// and values sorted without repetition, patterns that another pattern of the same list covers left out,
/// Sid kept (lists beyond some 20,000 bytes may keep covered patterns, to bound the time). Two documents with
/// equal normal forms decide alike; the converse does not hold. Printing the normal form of a normal form
/// changes nothing.
[[nodiscard]] std::string print_normal(const Document& document);

/// True when both say the same, whatever their positions, white space, escapes, order of members, and arrays
/// of one in place of their element (spec G3, G6). Statements, patterns and values keep their order.
[[nodiscard]] bool same_value(const Document& a, const Document& b);

}  // namespace writ::policy
