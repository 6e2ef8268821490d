#include "api/sts/session_policies.h"

#include <algorithm>

#include "base/arn.h"
#include "base/text.h"
#include "policy/parse.h"
#include "policy/validate.h"

namespace writ::api::sts {
namespace {

// Spec 7.1, S3.
constexpr std::size_t document_chars_max = 2048;
constexpr std::size_t plain_chars_max = 2048;
constexpr std::size_t arns_max = 10;

std::unexpected<Error> packed_too_large(std::size_t per_cent) {
    return fail("PackedPolicyTooLarge", 400,
                "Packed policy consumes " + std::to_string(per_cent) +
                    "% of allotted space, please use smaller policy.");
}

std::unexpected<Error> violation(const std::string& subject, const std::string& constraint) {
    return fail("ValidationError", 400,
                "1 validation error detected: " + subject + " failed to satisfy constraint: " + constraint);
}

Result<void> check_sizes(const SessionPolicies& policies) {
    if (policies.arns.size() > arns_max) {
        return violation("Value at 'policyArns'",
                         "Member must have length less than or equal to " + std::to_string(arns_max));
    }
    std::size_t chars = 0;
    for (const std::string& document : policies.documents) {
        const std::size_t size = count_scalars(document).value_or(document.size());
        if (size > document_chars_max) {
            return violation(
                "Value '" + document + "' at 'policy'",
                "Member must have length less than or equal to " + std::to_string(document_chars_max));
        }
        chars += size;
    }
    for (const std::string& arn : policies.arns) chars += arn.size();
    if (chars > plain_chars_max)
        return packed_too_large((100 * chars + plain_chars_max - 1) / plain_chars_max);
    return {};
}

Result<void> check_session_policy(const std::string& text) {
    const auto document = policy::parse(text, {.type = policy::PolicyType::session});
    if (!document) return fail("MalformedPolicyDocument", 400, document.error().message);
    const auto defects = policy::validate(**document, {.type = policy::PolicyType::session});
    if (!defects.empty()) return fail("MalformedPolicyDocument", 400, defects.front().message);
    return {};
}

bool belongs_to(const std::string& policy_arn, std::string_view account) {
    const auto arn = parse_arn(policy_arn);
    return arn && arn->service == "iam" && arn->resource.starts_with("policy/") &&
           (arn->account == account || arn->account == "aws");
}

}  // namespace

SessionPolicies session_policies(const Input& input) {
    SessionPolicies policies;
    if (const auto document = input.maybe_text("Policy")) policies.documents.emplace_back(*document);
    for (const Input& policy : input.list("PolicyArns")) policies.arns.emplace_back(policy.text("arn"));
    return policies;
}

Result<void> check_session_policies(const Input& input) {
    const SessionPolicies policies = session_policies(input);
    if (auto fits = check_sizes(policies); !fits) return fits;
    for (const std::string& document : policies.documents) {
        if (auto good = check_session_policy(document); !good) return good;
    }
    return {};
}

Result<void> check_policy_arns(const Call& call, const SessionPolicies& policies, std::string_view account) {
    for (const std::string& arn : policies.arns) {
        bool found = false;
        if (belongs_to(arn, account)) {
            auto policy = call.at.subjects.managed_policy(account, arn, policy::PolicyType::session);
            if (!policy) return std::unexpected(policy.error());
            found = *policy != nullptr;
        }
        if (!found) {  // [I]
            return fail("InvalidParameterValue", 400,
                        "Policy ARN " + arn + " does not exist or is not attachable.");
        }
    }
    return {};
}

}  // namespace writ::api::sts
