#include "directory/accounts/sts_preferences.h"

#include "directory/internal/testing.h"

namespace writ::directory {
namespace {

using StsPreferencesTest = DirectoryTest;

TEST_F(StsPreferencesTest, BelongToTheAccountAndBeginWithVersionOne) {  // B29.
    const auto version = [&](const char* of) { return *view(get_global_token_version, of); };
    EXPECT_EQ(version(account_id), 1);
    for (const std::int64_t chosen : {2, 1, 2}) {
        ASSERT_TRUE(edit([&](AccountEdit& account) { return set_global_token_version(account, chosen); }));
        EXPECT_EQ(version(account_id), chosen);
    }
    EXPECT_EQ(version(other_account_id), 1);
}

}  // namespace
}  // namespace writ::directory
