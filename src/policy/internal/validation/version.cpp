#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {
namespace {

// V2: a boundary is a managed policy too. V3 and ?32: an SCP must say some version, an RCP need not.
bool accepts_version(const Document& document, const ValidateOptions& options) {
    if (options.managed || options.type == PolicyType::boundary)
        return document.version() == Version::v2012_10_17;
    return options.type != PolicyType::scp || document.version_element().has_value();
}

}  // namespace

void check_version(const Validation& validation) {
    const Document& document = validation.document;
    if (accepts_version(document, validation.options)) return;
    const auto& version = document.version_element();
    validation.report(DiagnosticCode::version, "Policy document must be version 2012-10-17 or greater.",
                      version ? "Write \"Version\": \"2012-10-17\" in place of the older version."
                              : "Add \"Version\": \"2012-10-17\".",
                      version ? version->span : document.span());
}

}  // namespace writ::policy::internal
