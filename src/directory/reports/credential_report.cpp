#include "directory/reports/credential_report.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>
#include <vector>

#include "directory/accounts/accounts.h"
#include "directory/internal/arns.h"
#include "directory/internal/credentials/access_key_records.h"
#include "directory/internal/failures.h"
#include "directory/internal/tasks.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr std::chrono::hours reused_for{4};  // B17.
constexpr std::string_view task_id = "credential-report";
constexpr std::size_t keys_told = 2;
constexpr std::size_t certificates_told = 2;
constexpr std::size_t users_at_once = 500;

constexpr std::string_view header =
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
    "password_next_rotation,mfa_active,"
    "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,"
    "access_key_1_last_used_service,"
    "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,"
    "access_key_2_last_used_service,"
    "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated,additional_credentials_info";

/// One line of RFC 4180. Names of users may hold commas, their paths quotes too.
class Line {
  public:
    Line& add(std::string_view field) {
        if (!text_.empty()) text_ += ',';
        if (field.find_first_of(",\"") == std::string_view::npos) {
            text_ += field;
            return *this;
        }
        text_ += '"';
        for (const char c : field) text_.append(c == '"' ? 2 : 1, c);
        text_ += '"';
        return *this;
    }
    Line& add_flag(bool value) { return add(value ? "true" : "false"); }
    Line& add(Instant instant) { return add(format_iso8601(instant)); }
    Line& add_unknown() { return add("N/A"); }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

  private:
    std::string text_;
};

Result<void> add_key(const AccountView& account, const store::AccessKey* key, Line& line) {
    if (key == nullptr) {
        line.add_flag(false);
        for (int column = 0; column < 4; ++column) line.add_unknown();
        return {};
    }
    const auto use = find_last_use(account, key->access_key_id);
    if (!use) return std::unexpected(use.error());
    line.add_flag(key->active).add(key->created_at);
    if (*use) {
        line.add((*use)->used_at).add((*use)->region).add((*use)->service);
    } else {
        line.add_unknown().add_unknown().add_unknown();
    }
    return {};
}

Result<std::vector<store::AccessKey>> keys_of(const AccountView& account, std::string_view owner_id) {
    auto keys = result_of(account.records.list<store::AccessKey>(store::AccessKey::by_owner,
                                                                 {.equal = {account.account_id, owner_id}}));
    if (keys) std::ranges::stable_sort(*keys, {}, &store::AccessKey::created_at);
    return keys;
}

Result<void> add_certificates(const AccountView& account, std::string_view owner_id, Line& line) {
    auto certificates = result_of(account.records.list<store::SigningCertificate>(
        store::SigningCertificate::by_owner, {.equal = {account.account_id, owner_id}}));
    if (!certificates) return std::unexpected(std::move(certificates.error()));
    std::ranges::stable_sort(*certificates, {}, &store::SigningCertificate::uploaded_at);
    for (std::size_t i = 0; i < certificates_told; ++i) {
        if (i < certificates->size()) {
            line.add_flag((*certificates)[i].active).add((*certificates)[i].uploaded_at);
        } else {
            line.add_flag(false).add_unknown();
        }
    }
    return {};
}

/// From mfa_active on.
Result<void> add_other_credentials(const AccountView& account, std::string_view owner_id, Line& line) {
    const auto devices = account.records.count<store::MfaDevice>(
        store::MfaDevice::by_owner, {.equal = {account.account_id, owner_id}, .rows_max = 1});
    if (!devices) return std::unexpected(to_error(devices.error()));
    line.add_flag(*devices > 0);
    const auto keys = keys_of(account, owner_id);
    if (!keys) return std::unexpected(keys.error());
    for (std::size_t i = 0; i < keys_told; ++i) {
        auto added = add_key(account, i < keys->size() ? &(*keys)[i] : nullptr, line);
        if (!added) return added;
    }
    if (auto added = add_certificates(account, owner_id, line); !added) return added;
    if (keys->size() <= keys_told) {
        line.add_unknown();
    } else {
        line.add(std::to_string(keys->size() - keys_told) + " more access keys: ListAccessKeys");
    }
    return {};
}

Result<Line> line_of_root(const AccountView& account) {
    const auto found = account.records.find<store::Account>(store::Account::by_id, {account.account_id});
    if (!found) return std::unexpected(to_error(found.error()));
    Line line;
    line.add("<root_account>").add(root_arn(account.environment.partition, account.account_id));
    line.add(*found ? (*found)->created_at : Instant{});
    line.add("not_supported").add("no_information").add("not_supported").add("not_supported");
    auto added = add_other_credentials(account, account.account_id, line);
    if (!added) return std::unexpected(std::move(added.error()));
    return line;
}

Result<void> add_password(const AccountView& account, std::string_view user_id,
                          const std::optional<store::PasswordPolicy>& policy, Line& line) {
    const auto found = account.records.find<store::LoginProfile>(store::LoginProfile::by_user,
                                                                 {account.account_id, user_id});
    if (!found) return std::unexpected(to_error(found.error()));
    const std::optional<store::LoginProfile>& profile = *found;
    line.add_flag(profile.has_value());
    if (!profile) {
        line.add_unknown().add_unknown().add_unknown();
        return {};
    }
    line.add("no_information").add(profile->changed_at);
    if (policy && policy->age_days_max > 0) {
        line.add(profile->changed_at + std::chrono::days(policy->age_days_max));
    } else {
        line.add_unknown();
    }
    return {};
}

Result<Line> line_of(const AccountView& account, const store::User& user,
                     const std::optional<store::PasswordPolicy>& policy) {
    Line line;
    line.add(user.name).add(arn_of(account, user)).add(user.created_at);
    auto added = add_password(account, user.user_id, policy, line);
    if (added) added = add_other_credentials(account, user.user_id, line);
    if (!added) return std::unexpected(std::move(added.error()));
    return line;
}

bool is_fresh(const AccountView& account, const store::Task& report) {
    return account.environment.clock.now() - report.made_at < reused_for;
}

}  // namespace

Result<bool> has_fresh_credential_report(const AccountView& account) {
    const auto report = find_task(account, store::TaskKind::credential_report, task_id);
    if (!report) return std::unexpected(report.error());
    return *report && is_fresh(account, **report);
}

Result<std::string> make_credential_report(const AccountView& account) {
    const auto policy =
        account.records.find<store::PasswordPolicy>(store::PasswordPolicy::by_account, {account.account_id});
    if (!policy) return std::unexpected(to_error(policy.error()));
    const auto root = line_of_root(account);
    if (!root) return std::unexpected(root.error());
    std::string csv(header);
    csv.append(1, '\n').append(root->text());
    store::Range range{.equal = {account.account_id}, .rows_max = users_at_once};
    std::string last;
    for (;;) {
        const auto users = account.records.list<store::User>(store::User::by_name, range);
        if (!users) return std::unexpected(to_error(users.error()));
        for (const store::User& user : *users) {
            const auto line = line_of(account, user, *policy);
            if (!line) return std::unexpected(line.error());
            csv.append(1, '\n').append(line->text());
        }
        if (users->size() < users_at_once) return csv;
        last = users->back().name_folded;
        range.after = {last};
    }
}

Result<void> keep_credential_report(AccountEdit& account, std::string csv) {
    return put_task(account, {.account_id = account.account_id,
                              .task_id = std::string(task_id),
                              .kind = store::TaskKind::credential_report,
                              .caller_id = {},
                              .subject = {},
                              .made_at = account.environment.clock.now(),
                              .content = std::move(csv)});
}

Result<CredentialReport> get_credential_report(const AccountView& account) {
    auto report = find_task(account, store::TaskKind::credential_report, task_id);
    if (!report) return std::unexpected(std::move(report.error()));
    if (!*report) {  // The words are ours [I].
        return fail("ReportNotPresent", 410,
                    "There is no credential report. Make one with GenerateCredentialReport.");
    }
    if (!is_fresh(account, **report)) {
        return fail("ReportExpired", 410,
                    "The credential report has expired. Make a new one with GenerateCredentialReport.");
    }
    return CredentialReport{std::move((*report)->content), (*report)->made_at};
}

}  // namespace writ::directory
