#include "directory/internal/documents.h"

#include <string>
#include <utility>

#include "policy/parse.h"
#include "policy/validate.h"

namespace writ::directory {
namespace {

/// The hint stays here: clients match on the message. What no operation would take (spec G2) is no matter of
/// the grammar.
std::unexpected<Error> malformed(policy::Diagnostic diagnostic) {
    const bool too_long = diagnostic.code == policy::DiagnosticCode::quota;
    return fail(too_long ? "ValidationError" : "MalformedPolicyDocument", 400, std::move(diagnostic.message));
}

Result<CheckedDocument> check(std::string_view text, const policy::ValidateOptions& options) {
    auto document = policy::parse(text, {.type = options.type});
    if (!document) return malformed(std::move(document.error()));
    if (auto defects = policy::validate(**document, options); !defects.empty()) {
        return malformed(std::move(defects.front()));
    }
    const auto size = policy::counted_size(**document, options.type);
    return CheckedDocument{std::move(*document), static_cast<std::int64_t>(size)};
}

Result<CheckedDocument> check_with_quota(const Environment& environment, std::string_view text,
                                         const policy::ValidateOptions& options, Quota quota) {
    auto checked = check(text, options);
    if (!checked) return checked;
    if (auto fits = within(environment.quotas, quota, checked->counted_size); !fits) {
        return std::unexpected(std::move(fits.error()));
    }
    return checked;
}

}  // namespace

Result<CheckedDocument> check_managed_document(const Environment& environment, std::string_view text) {
    return check_with_quota(
        environment, text,
        {.type = policy::PolicyType::identity, .managed = true, .strict = environment.strict},
        Quota::policy_size);
}

Result<CheckedDocument> check_inline_document(const Environment& environment, std::string_view text) {
    return check(text, {.type = policy::PolicyType::identity, .strict = environment.strict});
}

Result<CheckedDocument> check_trust_document(const Environment& environment, std::string_view text) {
    return check_with_quota(environment, text,
                            {.type = policy::PolicyType::trust, .strict = environment.strict},
                            Quota::trust_policy_size);
}

Result<CheckedDocument> check_resource_document(const Environment& environment, std::string_view text) {
    return check(text, {.type = policy::PolicyType::resource, .strict = environment.strict});
}

}  // namespace writ::directory
