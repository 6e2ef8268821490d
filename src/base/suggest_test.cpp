#include "base/suggest.h"

#include <array>
#include <gtest/gtest.h>

namespace writ {
namespace {

constexpr std::array<std::string_view, 4> names{"GetObject", "GetObjectAcl", "PutObject", "ec2"};

TEST(Nearest, FindsWhatAFewLettersMissed) {
    EXPECT_EQ(nearest("GetObjct", names), "GetObject");
    EXPECT_EQ(nearest("GETOBJECTACL", names), "GetObjectAcl");
    EXPECT_EQ(nearest("PutObjects", names), "PutObject");
}

TEST(Nearest, FindsNothingFarAway) {
    EXPECT_EQ(nearest("Describe", names), "");
    EXPECT_EQ(nearest("", names), "");
    EXPECT_EQ(nearest("s3", names), "");
    EXPECT_EQ(nearest(std::string(65, 'a'), names), "");
}

TEST(DidYouMean, AsksOrSaysNothing) {
    EXPECT_EQ(did_you_mean("GetObjct", names), " Did you mean GetObject?");
    EXPECT_EQ(did_you_mean("Describe", names), "");
}

}  // namespace
}  // namespace writ
