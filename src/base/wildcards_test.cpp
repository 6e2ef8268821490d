#include "base/wildcards.h"

#include <gtest/gtest.h>

namespace writ {
namespace {

struct Vector {
    std::string_view pattern, text;
    bool fits;
};

TEST(Wildcards, StandForTextAndCaseDoesNotMatter) {
    constexpr Vector vectors[] = {
        {"iam:CreateUser", "iam:CreateUser", true},
        {"iam:createuser", "iam:CreateUser", true},
        {"iam:CreateUser", "iam:CreateUserX", false},
        {"iam:Create*", "iam:CreateUser", true},
        {"iam:Create*", "iam:DeleteUser", false},
        {"*User", "iam:CreateUser", true},
        {"*User", "iam:CreateUsers", false},
        {"*a*b*c", "xxaxbbxcxc", true},  // A star that took too little tries again.
        {"*a*b*c", "xxaxbbxcxd", false},
        {"a?c", "abc", true},
        {"a?c", "ac", false},
        {"*", "", true},
        {"**", "x", true},
        {"?", "", false},
        {"", "", true},
        {"", "x", false},
        {"x**", "x", true},
    };
    for (const Vector& vector : vectors) {
        EXPECT_EQ(matches_wildcards(vector.pattern, vector.text), vector.fits)
            << vector.pattern << " and " << vector.text;
    }
}

}  // namespace
}  // namespace writ
