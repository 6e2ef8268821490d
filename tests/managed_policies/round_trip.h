#pragma once

#include <string>
#include <string_view>

namespace writ::policy {

/// What goes wrong when the text is read, printed in each form and read again; empty when nothing does: the
/// compact and the pretty form say the same value, and the normal form is its own normal form.
[[nodiscard]] std::string round_trip_defect(std::string_view text);

}  // namespace writ::policy
