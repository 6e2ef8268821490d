#include "engine/source_document.h"

#include "engine/internal/compiled_document.h"

namespace writ::engine {

policy::DocumentPtr source_document(const CompiledDocumentPtr& compiled) noexcept {
    return {compiled, &compiled->source()};
}

}  // namespace writ::engine
