#include "engine/internal/compiled_document.h"

#include <algorithm>

#include "engine/internal/compiled_size.h"

namespace writ::engine {

CompiledDocument::CompiledDocument(policy::DocumentPtr source, policy::PolicyType type)
    : source_(std::move(source)), type_(type), arena_(compiled_size(*source_)) {
    const std::span<CompiledStatement> compiled =
        arena_.make<CompiledStatement>(source_->statements().size());
    std::vector<Token> scratch;
    std::ranges::transform(source_->statements(), compiled.begin(), [&](const policy::Statement& statement) {
        return compile_statement(statement, type, source_->version(), arena_, scratch);
    });
    statements_ = compiled;
}

CompiledDocumentPtr compile(policy::DocumentPtr document, policy::PolicyType type) {
    if (type == policy::PolicyType::rcp) prepare_for_rcps();
    return std::make_shared<const CompiledDocument>(std::move(document), type);
}

}  // namespace writ::engine
