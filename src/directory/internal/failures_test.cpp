#include "directory/internal/failures.h"

#include <gtest/gtest.h>

#include "directory/internal/testing.h"

namespace writ::directory {
namespace {

const Error taken{"EntityAlreadyExists", 409, "taken"};

TEST(Failures, AreServiceFailuresWithoutDetail) {
    const Error error = to_error({store::FailureKind::unavailable, "users_by_name", "disk full"});
    EXPECT_EQ(error.code, "ServiceFailure");
    EXPECT_EQ(error.http_status, 500);
    EXPECT_EQ(error.message.find("disk"), std::string::npos);
    EXPECT_EQ(error.defect, "unavailable: disk full");
    EXPECT_FALSE(error.may_retry);
}

TEST(Failures, MayRetryWhenAnotherTransactionWasFaster) {
    EXPECT_TRUE(to_error({store::FailureKind::retry, {}, {}}).may_retry);
    EXPECT_FALSE(to_error({store::FailureKind::corrupt, {}, {}}).may_retry);
}

TEST(Failures, OfTheNamedIndexMeanThatTheNameIsTaken) {
    const store::Outcome<void> outcome =
        std::unexpected(store::Failure{store::FailureKind::duplicate, "users_by_name", {}});
    EXPECT_EQ(error_of(unless_taken(outcome, store::User::by_name, taken)), taken);
    EXPECT_EQ(error_of(unless_taken(outcome, store::User::by_id, taken)).code, "ServiceFailure");
}

TEST(Failures, OfAnotherKindStayFailures) {
    const store::Outcome<void> outcome =
        std::unexpected(store::Failure{store::FailureKind::retry, "users_by_name", {}});
    EXPECT_EQ(error_of(unless_taken(outcome, store::User::by_name, taken)).code, "ServiceFailure");
    EXPECT_TRUE(unless_taken({}, store::User::by_name, taken));
}

}  // namespace
}  // namespace writ::directory
