#include "crypto/one_time_code.h"

#include <gtest/gtest.h>

namespace writ::crypto {
namespace {

/// "12345678901234567890", the key of the SHA-1 vectors in RFC 6238, appendix B.
OneTimeCodes rfc_codes() {
    return *OneTimeCodes::of(Secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
}

TEST(OneTimeCode, IsThatOfTheVectorsOfTheRfc) {
    struct Row {
        std::int64_t unix_s;
        const char* code;  ///< The last six of eight digits.
    };
    for (const Row& row :
         {Row{59, "287082"}, Row{1111111109, "081804"}, Row{1111111111, "050471"}, Row{1234567890, "005924"},
          Row{2000000000, "279037"}, Row{20000000000, "353130"}}) {
        const Instant instant{std::chrono::seconds(row.unix_s)};
        EXPECT_EQ(rfc_codes().at(one_time_step(instant)), row.code) << row.unix_s;
    }
}

TEST(OneTimeCode, IsToldFromOthers) {
    const OneTimeCodes codes = rfc_codes();
    EXPECT_TRUE(codes.is_code_of(1, "287082"));
    EXPECT_FALSE(codes.is_code_of(2, "287082"));
    EXPECT_FALSE(codes.is_code_of(1, "28708"));
    EXPECT_FALSE(codes.is_code_of(-1, "287082"));
}

TEST(OneTimeCode, PairsMustFollowEachOther) {
    const OneTimeCodes codes = rfc_codes();
    const std::string first = codes.at(1000);
    const std::string second = codes.at(1001);
    EXPECT_EQ(codes.find_pair({.first = 900, .last = 1100}, first, second), 1000);
    EXPECT_EQ(codes.find_pair({.first = 1000, .last = 1000}, first, second), 1000);
    EXPECT_EQ(codes.find_pair({.first = 1001, .last = 1100}, first, second), std::nullopt);
    EXPECT_EQ(codes.find_pair({.first = 900, .last = 999}, first, second), std::nullopt);
    EXPECT_EQ(codes.find_pair({.first = 900, .last = 1100}, second, first), std::nullopt);
    EXPECT_EQ(codes.find_pair({.first = 900, .last = 1100}, first, first), std::nullopt);
}

TEST(OneTimeCode, SeedsHave64CharactersOfBase32) {  // Spec B13.
    SequenceRandom random{7};
    const Secret one = make_one_time_seed(random);
    const Secret other = make_one_time_seed(random);
    EXPECT_EQ(one.reveal().size(), 64U);
    EXPECT_EQ(one.reveal().find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string_view::npos);
    EXPECT_NE(one.reveal(), other.reveal());
    EXPECT_TRUE(OneTimeCodes::of(one));
}

TEST(OneTimeCode, DamagedSeedsAreAnError) {
    EXPECT_EQ(OneTimeCodes::of(Secret("not base32!")).error().code, "InternalFailure");
}

}  // namespace
}  // namespace writ::crypto
