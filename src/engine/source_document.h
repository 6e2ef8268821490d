#pragma once

#include "engine/policies.h"
#include "policy/document.h"

namespace writ::engine {

/// What a compiled document was made from, which the result keeps alive. Thread-safe.
/// REQUIRES: `compiled` is not null.
[[nodiscard]] policy::DocumentPtr source_document(const CompiledDocumentPtr& compiled) noexcept;

}  // namespace writ::engine
