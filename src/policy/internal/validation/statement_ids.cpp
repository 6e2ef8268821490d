#include <algorithm>
#include <utility>

#include "base/text.h"
#include "policy/internal/suggest.h"
#include "policy/internal/validation/rules.h"

namespace writ::policy::internal {
namespace {

bool is_alphanumeric(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        const char lower = ascii_lower(c);
        return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
    });
}

// Services other than IAM allow more characters (spec 1.2).
bool has_iam_alphabet(PolicyType type) {
    return type != PolicyType::resource && type != PolicyType::endpoint;
}

// Sids that stand before in the document, in the order of the text. Empty ones do not count.
std::vector<const Scalar*> repeated_ids(const Document& document) {
    std::vector<const Scalar*> ids;
    for (const Statement& statement : document.statements())
        if (statement.sid && !statement.sid->text.empty()) ids.push_back(&*statement.sid);
    std::ranges::sort(ids, {}, [](const Scalar* sid) { return std::pair(sid->text, sid->span.begin.byte); });
    std::vector<const Scalar*> repeated;
    for (std::size_t i = 1; i < ids.size(); ++i)
        if (ids[i]->text == ids[i - 1]->text) repeated.push_back(ids[i]);
    std::ranges::sort(repeated, {}, [](const Scalar* sid) { return sid->span.begin.byte; });
    return repeated;
}

}  // namespace

void check_statement_ids(const Validation& validation) {
    for (const Scalar* sid : repeated_ids(validation.document))
        validation.report(
            DiagnosticCode::duplicate_sid, "Statement IDs (SID) in a single policy must be unique.",
            "An earlier statement has the Sid " + quoted(sid->text) + " too. Rename one or leave it out.",
            sid->span);
    if (!has_iam_alphabet(validation.options.type)) return;
    // The words of CreatePolicy, seen in reports of users and in CloudTrail.
    for (const Statement& statement : validation.document.statements()) {
        if (!statement.sid || is_alphanumeric(statement.sid->text)) continue;
        validation.report(DiagnosticCode::policy_type,
                          "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the "
                          "regular expression [0-9A-Za-z]*",
                          "Use letters and digits only in " + quoted(statement.sid->text) + ".",
                          statement.sid->span);
    }
}

}  // namespace writ::policy::internal
