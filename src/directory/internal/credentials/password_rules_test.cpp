#include "directory/internal/credentials/password_rules.h"

#include <gtest/gtest.h>

namespace writ::directory {
namespace {

using Policy = std::optional<store::PasswordPolicy>;

const AccountNames names{"111122223333", "Example-Corp1"};

struct Row {
    std::string password;
    bool conforms;
};

void expect(const Policy& policy, const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        const auto checked = check_password(policy, row.password, names);
        EXPECT_EQ(checked.has_value(), row.conforms) << row.password;
        if (!checked) {
            EXPECT_EQ(checked.error(), (Error{"PasswordPolicyViolation", 400,
                                              "Password does not conform to the account password policy."}));
        }
    }
}

TEST(PasswordRules, WithoutPolicyAskForEightCharactersOfThreeKinds) {  // B8.
    expect(std::nullopt, {{"Abcdef12", true},
                          {"Abcde12", false},
                          {"abcdef1!", true},
                          {"ABCDEF1!", true},
                          {"Abcdefg!", true},
                          {"abcdefg1", false},
                          {"ABCDEFGH", false},
                          {"abcd!!!!", false},
                          {"Abcdefg ", false},  // A blank is of no kind.
                          {"Abcdefg\xC3\xA9", false},
                          {"Abcdef1\xC3\xA9", true},
                          {"Ab1\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", false},  // Seven.
                          {"Example-Corp1", false},
                          {"Example-Corp2", true}});
}

TEST(PasswordRules, EverySymbolOfTheListCounts) {  // B8.
    for (const char symbol : std::string_view("!@#$%^&*()_+-=[]{}|'")) {
        expect(store::PasswordPolicy{.account_id = {}, .require_symbols = true},
               {{std::string("abcdef") + symbol, true}});
    }
    for (const char other : std::string_view("\"\\/:;,.<>?~` a1")) {
        expect(store::PasswordPolicy{.account_id = {}, .require_symbols = true},
               {{std::string("abcdef") + other, false}});
    }
}

TEST(PasswordRules, OfAPolicyAreWhatItAsksForAndNothingElse) {
    expect(store::PasswordPolicy{.account_id = {}},
           {{"aaaaaa", true}, {"aaaaa", false}, {"111122223333", true}});
    expect(store::PasswordPolicy{.account_id = {}, .minimum_length = 14},
           {{"aaaaaaaaaaaaaa", true}, {"aaaaaaaaaaaaa", false}});
    expect(store::PasswordPolicy{.account_id = {}, .require_numbers = true},
           {{"aaaaa0", true}, {"aaaaa9", true}, {"aaaaaa", false}});
    expect(store::PasswordPolicy{.account_id = {}, .require_uppercase = true},
           {{"aaaaaZ", true}, {"aaaaa\xC3\x89", false}, {"aaaaaa", false}});
    expect(store::PasswordPolicy{.account_id = {}, .require_lowercase = true},
           {{"AAAAAz", true}, {"AAAAAA", false}});
}

}  // namespace
}  // namespace writ::directory
