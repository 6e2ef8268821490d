#include "api/operation.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "api/refusals.h"
#include "api/request_keys.h"
#include "reference/authorization.h"

namespace writ::api {
namespace {

template <class Check>
void for_each_operation(Check check) {
    for (const OperationTable& table : operation_tables()) {
        for (const Operation& operation : table.operations) check(table.service, operation);
    }
}

TEST(Operations, AreOperationsOfTheModel) {
    for_each_operation([](std::string_view service, const Operation& operation) {
        const auto* api = reference::find_api_service(service);
        ASSERT_NE(api, nullptr) << service;
        EXPECT_NE(reference::find_operation(*api, operation.name), nullptr) << operation.name;
        // The reference has no AcquireRole: it tells of role templates where it tells of creating roles.
        const std::string_view action = operation.name == "AcquireRole" ? "CreateRole" : operation.name;
        EXPECT_EQ(operation.action, std::string(service) + ":" + std::string(action));
        EXPECT_EQ(find_operation(service, operation.name), &operation);
    });
}

TEST(Operations, AuthorizeActionsOfTheReference) {
    for_each_operation([](std::string_view, const Operation& operation) {
        EXPECT_NE(reference::find_action(operation.action), nullptr) << operation.action;
    });
}

// An action with a resource in the reference must not be decided on "*".
TEST(Operations, HaveATargetWhereTheReferenceKnowsAResource) {
    for_each_operation([](std::string_view, const Operation& operation) {
        const reference::Action* action = reference::find_action(operation.action);
        ASSERT_NE(action, nullptr);
        const bool has_target = !std::holds_alternative<std::monostate>(operation.target);
        EXPECT_TRUE(has_target || action->resources.empty()) << operation.action;
    });
}

TEST(Operations, RefuseOnlyParametersOfTheModel) {
    for_each_operation([](std::string_view service, const Operation& operation) {
        const auto* model = reference::find_operation(*reference::find_api_service(service), operation.name);
        for (const std::string_view name : operation.refused_parameters) {
            if (name.empty()) continue;
            EXPECT_NE(std::ranges::find(model->input->members, name, &reference::Member::name),
                      model->input->members.end())
                << operation.name << " " << name;
        }
    });
}

// Tags that come with a creation are a permission of their own: "TagUser" beside "CreateUser".
TEST(Operations, DemandMoreWhereTagsComeAlong) {
    for_each_operation([](std::string_view service, const Operation& operation) {
        const auto* model = reference::find_operation(*reference::find_api_service(service), operation.name);
        if (model->input == nullptr || operation.name.starts_with("Tag")) return;
        const bool takes_tags = std::ranges::find(model->input->members, std::string_view("Tags"),
                                                  &reference::Member::name) != model->input->members.end();
        EXPECT_TRUE(!takes_tags || operation.further != nullptr) << operation.action;
    });
}

// What is refused does nothing else, and in an error that clients of the operation know.
TEST(Operations, AreRefusedInAnErrorOfTheModel) {
    for (const Refusal& refusal : refusals()) {
        const auto* model =
            reference::find_operation(*reference::find_api_service(refusal.service), refusal.operation);
        ASSERT_NE(model, nullptr) << refusal.operation;
        EXPECT_TRUE(std::ranges::any_of(model->errors, [&](const reference::ErrorShape* error) {
            return error->code == refusal.code && error->http_status == refusal.http_status;
        })) << refusal.operation;
    }
    for_each_operation([](std::string_view service, const Operation& operation) {
        const auto* reads = std::get_if<ReadHandler>(&operation.handler);
        EXPECT_EQ(reads != nullptr && *reads == refuse, find_refusal(service, operation.name) != nullptr)
            << operation.name;
    });
}

/// Declared for actions that exist here, and never there: sessions from identity providers keep such keys,
/// security keys are enrolled in a console (B16), and transfers of responsibility do not exist. Tags of
/// resources are those of the target, which a resource that is to be created has not.
bool cannot_be_set(std::string_view key) {
    constexpr auto prefixes = std::to_array<std::string_view>(
        {"saml:", "accounts.google.com:", "cognito-identity.amazonaws.com:", "graph.facebook.com:",
         "www.amazon.com:", "iam:ResourceTag/", "iam:FIDO-", "iam:RegisterSecurityKey", "aws:ResourceTag/",
         "organizations:Transfer"});
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return key.starts_with(prefix); });
}

TEST(Operations, KnowWhereTheDeclaredConditionKeysComeFrom) {
    for_each_operation([](std::string_view, const Operation& operation) {
        for (const std::uint32_t index : reference::find_action(operation.action)->condition_keys) {
            const std::string_view key = reference::condition_keys()[index].name;
            EXPECT_TRUE(is_parameter_key(key) || cannot_be_set(key)) << operation.action << " " << key;
        }
    });
}

}  // namespace
}  // namespace writ::api
