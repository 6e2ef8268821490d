#include "engine/asks_context.h"

#include <gtest/gtest.h>

#include "engine/internal/testing.h"

// Conditions (spec 3) and policy variables (spec 3.6) are all that the context is for.
namespace writ::engine {
namespace {

using namespace testing;

constexpr std::string_view object = "arn:aws:s3:::bk/x";
constexpr std::string_view conditional =
    R"({"Effect":"Allow","Action":"s3:Get*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}})";

bool asks(Setting& setting, std::string_view action = "s3:GetObject") {
    setting.fields.action = action;
    setting.fields.resource = object;
    const Request request(setting.caller, setting.fields, setting.context);
    return asks_context(setting.policies, request);
}

TEST(AsksContext, OnlyWhereAStatementThatMayApplyHasAConditionOrAVariable) {
    Setting plain(user());
    EXPECT_FALSE(asks(plain));
    plain.identity(allow("s3:*") + "," + deny("s3:*", "arn:aws:s3:::secret/*"));
    EXPECT_FALSE(asks(plain));

    Setting condition(user());
    condition.identity(allow("*") + "," + std::string(conditional));
    EXPECT_TRUE(asks(condition));
    EXPECT_FALSE(asks(condition, "s3:PutObject"));  // The condition is of another action.
    EXPECT_FALSE(asks(condition, "iam:GetUser"));

    Setting variable(user());
    variable.identity(allow("s3:GetObject", "arn:aws:s3:::bk/${aws:username}"));
    EXPECT_TRUE(asks(variable));
}

TEST(AsksContext, OfEveryPolicyType) {
    const auto asked_in = [](const auto& put) {
        Setting setting(user());
        setting.identity(allow("*"));
        put(setting);
        return asks(setting);
    };
    const std::string of_resource = R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*",)"
                                    R"("Condition":{"Bool":{"aws:SecureTransport":"true"}}})";
    EXPECT_TRUE(asked_in([](Setting& setting) { setting.boundary(conditional); }));
    EXPECT_TRUE(asked_in([](Setting& setting) { setting.session(conditional); }));
    EXPECT_TRUE(asked_in([](Setting& setting) { setting.scope_down({allow("*"), conditional}); }));
    EXPECT_TRUE(asked_in([](Setting& setting) { setting.scp({allow("*"), conditional}); }));
    EXPECT_TRUE(asked_in([&](Setting& setting) { setting.rcp({of_resource}); }));
    EXPECT_TRUE(asked_in([&](Setting& setting) { setting.resource(of_resource); }));
    EXPECT_TRUE(asked_in([&](Setting& setting) { setting.trust(of_resource); }));
    EXPECT_TRUE(asked_in([&](Setting& setting) { setting.endpoint(of_resource); }));
    EXPECT_FALSE(asked_in([](Setting& setting) { setting.scp({allow("*"), deny("s3:Put*")}); }));
}

}  // namespace
}  // namespace writ::engine
