#include "reference/managed_policies.h"

#include <gtest/gtest.h>

#include "policy/parse.h"
#include "policy/print.h"
#include "policy/validate.h"
#include "reference/authorization.h"
#include "round_trip.h"

namespace writ {
namespace {

constexpr policy::ParseOptions any_length{.characters_max = 1U << 30U};

template <class Check>
void for_each_document(Check&& check) {
    ASSERT_GT(reference::managed_policy_count(), 1500U);
    for (std::size_t i = 0; i < reference::managed_policy_count(); ++i) {
        const reference::ManagedPolicy& policy = reference::managed_policy(i);
        SCOPED_TRACE(policy.arn);
        check(reference::managed_policy_document(policy));
    }
}

TEST(ManagedPolicies, ComeBackFromEveryPrintedForm) {
    for_each_document([](const std::string& text) { EXPECT_EQ(policy::round_trip_defect(text), ""); });
}

// AWS accepted them all, so validate() must.
TEST(ManagedPolicies, AreValid) {
    for_each_document([](const std::string& text) {
        const auto document = policy::parse(text, any_length);
        ASSERT_TRUE(document);
        for (const policy::Diagnostic& diagnostic :
             policy::validate(**document, {policy::PolicyType::identity, true, false}))
            ADD_FAILURE() << diagnostic.message << "\n" << diagnostic.hint;
    });
}

TEST(ManagedPolicies, NormalFormIsNeverLonger) {
    for_each_document([](const std::string& text) {
        const auto document = policy::parse(text, any_length);
        ASSERT_TRUE(document);
        EXPECT_LE(policy::print_normal(**document).size(), policy::print_compact(**document).size());
    });
}

// Spec T5: policy may not know the reference, so it has a table of its own.
TEST(ResourceControlPolicies, ActOnTheServicesOfTheReference) {
    for (const reference::Service& service : reference::services()) {
        const auto document = policy::parse(
            R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":")" +
            std::string(service.prefix) + R"(:*","Resource":"*"}})");
        ASSERT_TRUE(document);
        const bool accepted = policy::validate(**document, {policy::PolicyType::rcp, false, false}).empty();
        EXPECT_EQ(accepted, service.supports_rcp) << service.prefix;
    }
}

}  // namespace
}  // namespace writ
