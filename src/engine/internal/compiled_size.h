#pragma once

#include <cstddef>

#include "policy/document.h"

namespace writ::engine {

/// Bytes of the arena that compiling the document takes, or a little more; less only for rare documents,
/// whose arena grows then. Documents of principals are kept by the hundred thousand, so what an arena does
/// not use counts. Cost: linear in the document, far below that of compiling.
[[nodiscard]] std::size_t compiled_size(const policy::Document& document) noexcept;

}  // namespace writ::engine
