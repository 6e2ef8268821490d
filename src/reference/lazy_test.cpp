#include <cstdlib>
#include <gtest/gtest.h>

#include "reference/api_model.h"
#include "reference/authorization.h"
#include "reference/internal/packed.h"
#include "reference/managed_policies.h"
#include "reference/request_model.h"

namespace writ::reference {
namespace {

using internal::Table;
using internal::unpacked_sections;

bool unpacked(unsigned authorization, unsigned managed_policies, unsigned api_models) {
    return unpacked_sections(Table::authorization) == authorization &&
           unpacked_sections(Table::managed_policies) == managed_policies &&
           unpacked_sections(Table::api_models) == api_models;
}

/// The names and the list of services, then a section for each service that was asked for.
bool unpacked_requests(unsigned sections) {
    return unpacked(0, 0, 0) && unpacked_sections(Table::request_models) == sections;
}

// Each statement runs in a process of its own that has looked up nothing yet.
class Lazy : public testing::Test {
  protected:
    Lazy() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

#define EXPECT_IN_NEW_PROCESS(statement, expected) \
    EXPECT_EXIT(                                   \
        {                                          \
            statement;                             \
            std::_Exit((expected) ? 0 : 1);        \
        },                                         \
        testing::ExitedWithCode(0), "")

TEST_F(Lazy, NothingIsUnpackedBeforeItIsUsed) {
    EXPECT_IN_NEW_PROCESS(, unpacked(0, 0, 0));
}

TEST_F(Lazy, AnActionUnpacksOnlyItsTable) {
    EXPECT_IN_NEW_PROCESS((void)find_action("s3:GetObject"); (void)services(), unpacked(2, 0, 0));
}

TEST_F(Lazy, TheListOfPoliciesDoesNotUnpackTheirDocuments) {
    EXPECT_IN_NEW_PROCESS((void)managed_policy_count(), unpacked(0, 2, 0));
    EXPECT_IN_NEW_PROCESS((void)managed_policy_document(managed_policy(0)), unpacked(2, 4, 0));
}

TEST_F(Lazy, AServiceUnpacksOnlyItsOwnRequests) {
    EXPECT_IN_NEW_PROCESS(, unpacked_requests(0));
    EXPECT_IN_NEW_PROCESS((void)request_services_signed_as("s3"), unpacked_requests(2));
    EXPECT_IN_NEW_PROCESS((void)request_operations(*find_request_service("sqs"));
                          (void)request_operations(*find_request_service("sqs"));, unpacked_requests(3));
}

TEST_F(Lazy, AnOperationUnpacksOnlyTheModels) {
    EXPECT_IN_NEW_PROCESS((void)find_api_service("iam"); (void)api_services(), unpacked(0, 0, 2));
}

}  // namespace
}  // namespace writ::reference
