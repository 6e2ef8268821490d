#include "directory/reports/credential_report.h"

#include <sstream>

#include "directory/credentials/access_keys.h"
#include "directory/internal/testing.h"
#include "directory/principals/users.h"

namespace writ::directory {
namespace {

class CredentialReportTest : public DirectoryTest {
  protected:
    std::vector<std::string> lines() {
        const auto csv = view([](const AccountView& account) { return make_credential_report(account); });
        EXPECT_TRUE(csv);
        EXPECT_FALSE(csv->ends_with('\n'));  // B18.
        std::vector<std::string> lines;
        std::istringstream stream(*csv);
        for (std::string line; std::getline(stream, line);) lines.push_back(line);
        return lines;
    }
    Result<CredentialReport> get() {
        return view([](const AccountView& account) { return get_credential_report(account); });
    }
    Result<void> make() {
        return edit([](AccountEdit& account) {
            auto csv = make_credential_report(account);
            return keep_credential_report(account, std::move(*csv));
        });
    }
};

TEST_F(CredentialReportTest, HasTheColumnsOfAwsAndRootFirst) {  // B18.
    const auto report = lines();
    ASSERT_EQ(report.size(), 2U);
    EXPECT_EQ(report[0],
              "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
              "password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
              "access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"
              "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
              "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,"
              "cert_1_last_rotated,cert_2_active,cert_2_last_rotated,additional_credentials_info");
    EXPECT_EQ(report[1],
              "<root_account>,arn:aws:iam::111122223333:root,2026-11-24T04:23:00Z,not_supported,"
              "no_information,not_supported,not_supported,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,"
              "false,N/A,false,N/A,N/A");
}

TEST_F(CredentialReportTest, TellsKeysPasswordsAndTheirUse) {
    std::string user_id;
    std::string key_id;
    EXPECT_TRUE(edit([&](AccountEdit& account) -> Result<void> {
        auto user = create_user(account, {.name = "Zoe"});
        user = create_user(account, {.name = "a,da"});
        if (!user) return std::unexpected(user.error());
        user_id = user->user_id;
        auto key = create_access_key(account, {.user_name = "a,da"});
        if (!key) return std::unexpected(key.error());
        key_id = key->key.access_key_id;
        const store::LoginProfile profile{.account_id = account.account_id,
                                          .user_id = user_id,
                                          .password_hash = "h",
                                          .session_s_max = {},
                                          .created_at = clock_.now(),
                                          .changed_at = clock_.now()};
        EXPECT_TRUE(account.writes.insert(profile));
        const store::SigningCertificate certificate{.account_id = account.account_id,
                                                    .owner_id = user_id,
                                                    .certificate_id = "C1",
                                                    .body = "",
                                                    .uploaded_at = clock_.now()};
        EXPECT_TRUE(account.writes.insert(certificate));
        const store::PasswordPolicy policy{.account_id = account.account_id, .age_days_max = 10};
        EXPECT_TRUE(account.writes.insert(policy));
        return record_access_key_use(account, key_id, "s3", "eu-west-1");
    }));
    EXPECT_TRUE(edit([&](AccountEdit& account) {
        return update_access_key(account, {.user_name = "a,da"}, key_id, "Inactive");
    }));
    const auto report = lines();
    ASSERT_EQ(report.size(), 4U);
    EXPECT_EQ(
        report[2],
        "\"a,da\",\"arn:aws:iam::111122223333:user/a,da\",2026-11-24T04:23:00Z,true,no_information,"
        "2026-11-24T04:23:00Z,2026-12-04T04:23:00Z,false,false,2026-11-24T04:23:00Z,"
        "2026-11-24T04:23:00Z,eu-west-1,s3,false,N/A,N/A,N/A,N/A,true,2026-11-24T04:23:00Z,false,N/A,N/A");
    EXPECT_EQ(report[3],
              "Zoe,arn:aws:iam::111122223333:user/Zoe,2026-11-24T04:23:00Z,false,N/A,N/A,N/A,false,false,N/A,"
              "N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A,N/A");
}

TEST_F(CredentialReportTest, KeepsQuotesOfPathsWithinTheirField) {  // RFC 4180, 2.7.
    EXPECT_TRUE(edit(
        [](AccountEdit& account) { return create_user(account, {.name = "ada", .path = "/\",x,\"/"}); }));
    EXPECT_THAT(lines().back(),
                testing::StartsWith(R"(ada,"arn:aws:iam::111122223333:user/"",x,""/ada",2026-)"));
}

TEST_F(CredentialReportTest, IsKeptForFourHours) {  // B17.
    EXPECT_EQ(error_of(get()).code, "ReportNotPresent");
    EXPECT_EQ(error_of(get()).http_status, 410);
    EXPECT_TRUE(make());
    EXPECT_TRUE(get()->csv.starts_with("user,arn,"));
    clock_.advance(std::chrono::minutes(239));
    EXPECT_EQ(get()->generated_at, *parse_iso8601("2026-11-24T04:23:00Z"));
    clock_.advance(std::chrono::minutes(1));
    EXPECT_EQ(error_of(get()).code, "ReportExpired");
    EXPECT_FALSE(*view([](const AccountView& account) { return has_fresh_credential_report(account); }));
    EXPECT_TRUE(make());
    EXPECT_TRUE(get());
}

}  // namespace
}  // namespace writ::directory
