#include "policy/internal/validation/resource_text.h"
#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {
namespace {

// Trust policies have no resources: check_trust() refuses the element itself.
template <class OnResource>
void each_resource(const Validation& validation, OnResource&& on_resource) {
    if (validation.options.type == PolicyType::trust) return;
    for (const Statement& statement : validation.document.statements()) {
        if (!statement.resource) continue;
        for (const Scalar& resource : statement.resource->patterns) on_resource(resource);
    }
}

// Which resources a resource policy must name is for its service to say (spec 1.3).
bool needs_resources(PolicyType type) {
    return type != PolicyType::trust && type != PolicyType::resource;
}

}  // namespace

void check_resource_legacy(const Validation& validation) {
    each_resource(validation, [&](const Scalar& resource) {
        if (auto hint = legacy_defect(resource.text, validation.options.type))
            validation.report(DiagnosticCode::legacy_parsing, "The policy failed legacy parsing",
                              std::move(*hint), resource.span);
    });
}

void check_resource_form(const Validation& validation) {
    each_resource(validation, [&](const Scalar& resource) {
        if (auto defect = form_defect(resource.text, validation.options.type))
            validation.report(DiagnosticCode::resource_form, std::move(defect->message),
                              std::move(defect->hint), resource.span);
    });
}

void check_resources_present(const Validation& validation) {
    if (!needs_resources(validation.options.type)) return;
    for (const Statement& statement : validation.document.statements()) {
        const auto& resource = statement.resource;
        if (resource && !resource->patterns.empty()) continue;
        validation.report(
            DiagnosticCode::missing_resource, "Policy statement must contain resources.",
            resource ? "The list of resources is empty. Name one, or say \"*\" for all."
                     : "Add Resource or NotResource to the statement; \"Resource\": \"*\" means all.",
            resource ? resource->span : statement.span);
    }
}

}  // namespace writ::policy::internal
