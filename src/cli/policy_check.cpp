#include "cli/policy_check.h"

#include <algorithm>
#include <fmt/core.h>

#include "cli/broad_grants.h"
#include "cli/unknown_actions.h"
#include "policy/parse.h"
#include "policy/validate.h"

namespace writ::cli {
namespace {

Finding finding_of(const policy::Diagnostic& diagnostic) {
    return {Severity::error, std::string(policy::name(diagnostic.code)), diagnostic.message, diagnostic.hint,
            diagnostic.span};
}

// Spec 1.4. A document that some quota of its type admits may be saved somewhere, so a narrower one that it
// breaks is only worth a note.
void check_size(const policy::Document& document, const CheckOptions& options, CheckReport& report) {
    const auto quotas = size_quotas(options.type, options.managed);
    report.characters = policy::counted_size(document, options.type);
    policy::Span first = document.span();
    first.end = first.begin;
    for (const SizeQuota& quota : quotas) {
        if (report.characters <= quota.characters_max) {
            report.quota = &quota;
            continue;
        }
        const bool none_kept = &quota == &quotas.front();
        report.findings.push_back({none_kept ? Severity::error : Severity::note, "quota",
                                   fmt::format("{} characters are too many for {}: at most {}",
                                               report.characters, quota.what, quota.characters_max),
                                   none_kept
                                       ? "Divide it into several policies, or say the same with fewer words: "
                                         "`writ policy format --normal` leaves out what repeats."
                                       : "It may be saved as another kind of policy.",
                                   first});
        if (none_kept) return;
    }
}

}  // namespace

std::size_t CheckReport::count(Severity severity) const noexcept {
    return static_cast<std::size_t>(std::ranges::count(findings, severity, &Finding::severity));
}

bool CheckReport::clean(const CheckOptions& options) const noexcept {
    return options.strict ? findings.empty() : count(Severity::error) == 0;
}

CheckReport check_policy(std::string_view text, const CheckOptions& options) {
    CheckReport report;
    const auto document = policy::parse(text, {.type = options.type});
    if (!document) {
        report.findings.push_back(finding_of(document.error()));
        return report;
    }
    for (const policy::Diagnostic& diagnostic : policy::validate(
             **document, {.type = options.type, .managed = options.managed, .strict = options.strict}))
        report.findings.push_back(finding_of(diagnostic));
    check_size(**document, options, report);
    for (UnknownAction& unknown : find_unknown_actions(**document))
        report.findings.push_back({Severity::note, "unknown_action", std::move(unknown.message),
                                   std::move(unknown.hint), unknown.span});
    if (options.type == policy::PolicyType::identity) {
        for (BroadGrant& grant : find_broad_grants(**document))
            report.findings.push_back(
                {Severity::note, "broad_grant", std::move(grant.message), std::move(grant.hint), grant.span});
    }
    std::ranges::stable_sort(report.findings, {}, &Finding::severity);
    return report;
}

}  // namespace writ::cli
