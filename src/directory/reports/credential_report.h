#pragma once

#include <optional>
#include <string>

#include "directory/directory.h"

/// The credential report of an account: a line for root and for each user, about passwords, access keys, MFA
/// devices and certificates (spec B17, B18).
namespace writ::directory {

struct CredentialReport {
    std::string csv;
    Instant generated_at{};
};

/// Whether a report of the last four hours is there, which is not made anew.
[[nodiscard]] Result<bool> has_fresh_credential_report(const AccountView& account);
/// The lines, from what the account holds now. Cost: some indexed reads a user.
[[nodiscard]] Result<std::string> make_credential_report(const AccountView& account);
/// Keeps the report in place of the one before. AWS keeps one.
[[nodiscard]] Result<void> keep_credential_report(AccountEdit& account, std::string csv);
/// ReportNotPresent 410 before the first one, ReportExpired 410 four hours after the last.
[[nodiscard]] Result<CredentialReport> get_credential_report(const AccountView& account);

}  // namespace writ::directory
