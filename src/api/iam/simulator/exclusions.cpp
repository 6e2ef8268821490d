#include "api/iam/simulator/exclusions.h"

#include <algorithm>

#include "base/arn.h"
#include "base/text.h"

namespace writ::api::iam::simulator {
namespace {

using directory::InlinePolicyInForce;
using directory::ManagedPolicyInForce;
using directory::PrincipalRecord;

std::unexpected<Error> malformed(std::string_view what) {
    return fail("InvalidInput", 400, "Invalid policy identifier: " + std::string(what));
}

bool has_wildcard(std::string_view text) {
    return text.find_first_of("*?") != std::string_view::npos;
}

/// '*' is any text, '?' one character. Goes back to the last star only, so that it is at worst quadratic.
bool matches(std::string_view pattern, std::string_view text) {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t behind_star = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            behind_star = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++behind_star;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

/// SCPs are none of a principal's own (policies.cpp leaves them out); RCPs take no part.
void exclude_type(std::string_view type, PrincipalRecord& source) {
    if (type == "inline") source.inline_policies.clear();
    if (type == "permission-boundary") source.boundary.reset();
    std::erase_if(source.managed_policies, [&](const ManagedPolicyInForce& policy) {
        return type == (policy.policy_id.empty() ? "aws-managed" : "user-managed");
    });
}

Result<void> exclude_arn(std::string_view text, PrincipalRecord& source) {
    const auto arn = parse_arn(text);
    if (!arn || arn->service != "iam" || !arn->resource.starts_with("policy/")) return malformed(text);
    const std::size_t name = text.rfind('/') + 1;
    if (has_wildcard(text.substr(0, name)) || std::ranges::count(text, '*') > 1) return malformed(text);
    std::erase_if(source.managed_policies,
                  [&](const ManagedPolicyInForce& policy) { return matches(text, policy.arn); });
    return {};
}

std::string_view word_of(store::EntityKind kind) {
    if (kind == store::EntityKind::group) return "group";
    return kind == store::EntityKind::role ? "role" : "user";
}

void exclude_inline(const Input& identifier, PrincipalRecord& source) {
    const std::string_view name = identifier.text("PolicyName");
    const std::string_view owner_kind = identifier.text("AttachmentType");
    const std::string_view owner = identifier.text("AttachmentName");
    std::erase_if(source.inline_policies, [&](const InlinePolicyInForce& policy) {
        const bool of_group = !policy.attached_to.empty();
        return equals_ignoring_case(name, policy.name) &&
               owner_kind == (of_group ? "group" : word_of(source.kind)) &&
               equals_ignoring_case(owner, of_group ? policy.attached_to : source.name);
    });
}

Result<void> exclude_one(const Input& identifier, PrincipalRecord& source) {
    if (identifier.entries().size() != 1) {
        return malformed("exactly one of PolicyType, PolicyArn and InlinePolicyIdentifier must be given.");
    }
    if (const Input* by_name = identifier.find("InlinePolicyIdentifier")) {
        exclude_inline(*by_name, source);
        return {};
    }
    if (const auto arn = identifier.maybe_text("PolicyArn")) return exclude_arn(*arn, source);
    exclude_type(identifier.text("PolicyType"), source);
    return {};
}

}  // namespace

Result<void> exclude(std::span<const Input> identifiers, PrincipalRecord& source) {
    for (const Input& identifier : identifiers) {
        if (auto done = exclude_one(identifier, source); !done) return done;
    }
    return {};
}

}  // namespace writ::api::iam::simulator
