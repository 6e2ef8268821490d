// Temporary delegation: states, owners and refusals. The pages of the operations, and of the guide "IAM
// temporary delegation" and "Building your integration".
#include <gtest/gtest.h>
#include <map>

#include "api/internal/delegation_for_tests.h"

namespace writ::api::delegation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// What is done with a request, by somebody who may do everything.
struct Step {
    const char* action;
    std::vector<std::string> allowed_in;
    const char* leads_to;
    const char* error = "InvalidInput";
};
const std::vector<Step> all_steps{
    {"AssociateDelegationRequest", {"UNASSIGNED"}, "ASSIGNED"},
    {"UpdateDelegationRequest", {"ASSIGNED", "PENDING_APPROVAL"}, "PENDING_APPROVAL"},
    {"AcceptDelegationRequest", {"ASSIGNED", "PENDING_APPROVAL"}, "ACCEPTED", "ValidationError"},
    {"RejectDelegationRequest", {"ASSIGNED", "PENDING_APPROVAL", "ACCEPTED"}, "REJECTED"},
    {"SendDelegationToken", {"ACCEPTED"}, "FINALIZED"},
};
/// How a new request comes to a state.
const std::map<std::string, std::vector<std::string>> ways{
    {"UNASSIGNED", {}},
    {"ASSIGNED", {"AssociateDelegationRequest"}},
    {"PENDING_APPROVAL", {"AssociateDelegationRequest", "UpdateDelegationRequest"}},
    {"ACCEPTED", {"AssociateDelegationRequest", "AcceptDelegationRequest"}},
    {"REJECTED", {"AssociateDelegationRequest", "RejectDelegationRequest"}},
    {"FINALIZED", {"AssociateDelegationRequest", "AcceptDelegationRequest", "SendDelegationToken"}},
};

TEST_F(Delegation, GoesFromStateToStateAsDocumented) {
    for (const auto& [state, way] : ways) {
        for (const Step& step : all_steps) {
            SCOPED_TRACE(state + " " + step.action);
            const std::string id = make_request();
            for (const std::string& action : way) EXPECT_EQ(on(admin, action, id).summary(), "200");
            const bool may = std::ranges::find(step.allowed_in, state) != step.allowed_in.end();
            EXPECT_EQ(on(admin, step.action, id).code(), may ? "" : step.error);
            EXPECT_EQ(state_of(id), may ? step.leads_to : state);
        }
    }
}

TEST_F(Delegation, ExpiresInEveryState) {
    for (const auto& [state, way] : ways) {
        SCOPED_TRACE(state);
        const std::string id = make_request();
        world.clock().advance(minutes(1));
        for (const std::string& action : way) EXPECT_EQ(on(admin, action, id).summary(), "200");
        world.clock().advance(state == "UNASSIGNED" ? hours(24) - minutes(1) - seconds(1)
                                                    : hours(7 * 24) - seconds(1));
        EXPECT_EQ(state_of(id), state);
        world.clock().advance(seconds(1));
        EXPECT_EQ(state_of(id), "EXPIRED");
        for (const Step& step : all_steps) EXPECT_EQ(on(admin, step.action, id).code(), step.error);
    }
}

TEST_F(Delegation, IsToldForAWhileAfterItExpired) {
    const std::string id = make_request({{"RequestorWorkflowId", "workflow-again"}});
    EXPECT_EQ(create({{"RequestorWorkflowId", "workflow-again"}}).code(), "EntityAlreadyExists");
    world.clock().advance(hours(24 * 31) - seconds(1));
    make_request();
    EXPECT_EQ(state_of(id), "EXPIRED");
    EXPECT_EQ(create({{"RequestorWorkflowId", "workflow-again"}}).code(), "EntityAlreadyExists");
    world.clock().advance(seconds(1));
    make_request({{"RequestorWorkflowId", "workflow-again"}});
    EXPECT_EQ(on(admin, "GetDelegationRequest", id).code(), "NoSuchEntity");
}

TEST_F(Delegation, IsForItsOwnerAndThoseWhoMay) {
    const std::string id = make_assigned();
    for (const Step& step : all_steps) EXPECT_EQ(on(eve, step.action, id).code(), "AccessDenied");
    EXPECT_EQ(on(eve, "GetDelegationRequest", id).code(), "AccessDenied");
    world.set_policy("eve",
                     allow("iam:GetDelegationRequest", "arn:aws:iam::123456789012:delegation-request/" + id));
    EXPECT_EQ(on(eve, "GetDelegationRequest", id).summary(), "200");
    EXPECT_EQ(on(eve, "GetDelegationRequest", make_assigned()).code(), "AccessDenied");
    // What an owner may by default a policy takes away.
    world.set_policy("olga", deny("iam:RejectDelegationRequest"));
    EXPECT_EQ(on(olga, "RejectDelegationRequest", id).code(), "AccessDenied");
    world.make("DeleteUserPolicy", {{"UserName", "olga"}, {"PolicyName", "p"}});
    EXPECT_EQ(on(olga, "RejectDelegationRequest", id, {{"Notes", "too much"}}).summary(), "200");
    EXPECT_EQ(on(olga, "GetDelegationRequest", id).text("RejectionReason"), "too much");
}

TEST_F(Delegation, IsForOneAccountOnceThatIsKnown) {
    const Who stranger = world.other_root();
    const std::string named = make_request({{"OwnerAccountId", owner_account}});
    EXPECT_EQ(on(stranger, "AssociateDelegationRequest", named).code(), "NoSuchEntity");
    EXPECT_EQ(on(olga, "AssociateDelegationRequest", named).summary(), "200");
    const std::string own = make_request();
    EXPECT_EQ(on(stranger, "AssociateDelegationRequest", own).summary(), "200")
        << "an account may ask itself";
    EXPECT_EQ(on(admin, "GetDelegationRequest", own).code(), "NoSuchEntity");
    for (const Step& step : all_steps) EXPECT_EQ(on(admin, step.action, own).code(), "NoSuchEntity");
    EXPECT_EQ(on(admin, "GetDelegationRequest", std::string(36, 'x')).code(), "NoSuchEntity");
    EXPECT_EQ(create({{"OwnerAccountId", "999999999999"}}).code(), "InvalidInput");
}

TEST_F(Delegation, WaitsForItsOwnerWhenAskedTo) {
    const std::string id = make_accepted(admin, {{"OnlySendByOwner", "true"}});
    EXPECT_EQ(on(admin, "SendDelegationToken", id).code(), "AccessDenied");
    EXPECT_EQ(state_of(id), "ACCEPTED");
    EXPECT_EQ(on(olga, "SendDelegationToken", id).summary(), "200");
}

TEST_F(Delegation, IsRefusedWhereItsTemplateIsNotFilled) {
    const auto with = [&](const std::string& name, const std::string& type, std::vector<std::string> values) {
        Parameters given{{"Permissions.PolicyTemplateArn", template_arn},
                         {"Permissions.Parameters.member.1.Name", "AccountId"},
                         {"Permissions.Parameters.member.1.Values.member.1", owner_account},
                         {"Permissions.Parameters.member.1.Type", "string"},
                         {"Permissions.Parameters.member.2.Name", name},
                         {"Permissions.Parameters.member.2.Type", type}};
        for (std::size_t i = 0; i < values.size(); ++i) {
            given.emplace_back("Permissions.Parameters.member.2.Values.member." + std::to_string(i + 1),
                               values[i]);
        }
        return create(given).summary();
    };
    EXPECT_EQ(with("userNames", "string", {"olga"}), "200");
    EXPECT_EQ(with("other", "string", {"olga"}),
              "400 InvalidInput: The policy template needs the parameter userNames.");
    EXPECT_EQ(with("AccountId", "string", {"olga"}), "400 InvalidInput: Parameter AccountId is given twice.");
    EXPECT_EQ(with("userNames", "string", {"olga", "eve"}),
              "400 InvalidInput: Parameter userNames must have exactly one value.");
    EXPECT_EQ(with("userNames", "stringList", {}),
              "400 InvalidInput: Parameter userNames must have at least one value.");
    EXPECT_EQ(with("userNames", "string", {std::string(2048, 'x')}),
              "400 InvalidInput: The rendered policy must not be longer than 2048 characters.");
    EXPECT_EQ(create({{"Permissions.PolicyTemplateArn",
                       "arn:aws:iam::aws:policy/IAMSelfManageServiceSpecificCredentials"}})
                  .summary(),
              "200")
        << "policies of AWS are templates without holes";
    EXPECT_EQ(create({{"Permissions.PolicyTemplateArn", "arn:aws:iam::123456789012:policy/setup"}}).code(),
              "InvalidInput")
        << "of another account";
    EXPECT_EQ(create({{"NotificationChannel", "arn:aws:sns:us-east-1:123456789012:updates"}}).summary(),
              "400 InvalidInput: NotificationChannel must be the ARN of an SNS topic in your own account.");
    EXPECT_EQ(create({{"SessionDuration", "299"}}).code(), "ValidationError");
}

TEST_F(Delegation, IsAskedForByThoseWhoMayUnderTheKeysOfTheReference) {
    const Who& root = world.other_root();
    EXPECT_EQ(world.iam(root, "CreateUser", {{"UserName", "bot"}}).summary(), "200");
    const Reply key = world.iam(root, "CreateAccessKey", {{"UserName", "bot"}});
    const Who bot{key.text("AccessKeyId"), key.text("SecretAccessKey"), {}};
    EXPECT_EQ(create({}, &bot).code(), "AccessDenied");
    const auto allow_if = [&](const std::string& condition) {
        return world.iam(
            root, "PutUserPolicy",
            {{"UserName", "bot"},
             {"PolicyName", "p"},
             {"PolicyDocument",
              R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":)"
              R"("iam:CreateDelegationRequest","Resource":"arn:aws:iam::210987654321:delegation-request/*",)"
              R"("Condition":{)" +
                  condition + "}}}"}});
    };
    for (const std::string& condition :
         {R"("NumericLessThanEquals":{"iam:DelegationDuration":"3600"})" + std::string(),
          R"("ArnEquals":{"iam:TemplateArn":")" + template_arn + R"("})",
          R"("StringEquals":{"iam:NotificationChannel":")" + topic + R"("})"}) {
        EXPECT_EQ(allow_if(condition).summary(), "200");
        EXPECT_EQ(create({}, &bot).summary(), "200") << condition;
    }
    allow_if(R"("NumericLessThan":{"iam:DelegationDuration":"3600"})");
    EXPECT_EQ(create({}, &bot).code(), "AccessDenied");
}

TEST_F(Delegation, IsManagedByItsOwnersUnderAKeyOfTheirOwn) {
    const std::string id = make_assigned();
    const auto of_owner = [](const std::string& arn) {
        return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["iam:GetDelegationRequest",)"
               R"("iam:ListDelegationRequests"],"Resource":"*","Condition":{"ArnEquals":)"
               R"({"iam:DelegationRequestOwner":")" +
               arn + R"("}}}})";
    };
    world.set_policy("eve", of_owner(olga_arn));
    EXPECT_EQ(on(eve, "GetDelegationRequest", id).summary(), "200");
    EXPECT_EQ(code(eve, "ListDelegationRequests", {{"OwnerId", olga_arn}}), "");
    EXPECT_EQ(code(eve, "ListDelegationRequests", {{"OwnerId", admin_arn}}), "AccessDenied");
    world.set_policy("eve", of_owner(admin_arn));
    EXPECT_EQ(on(eve, "GetDelegationRequest", id).code(), "AccessDenied");
}

}  // namespace
}  // namespace writ::api::delegation
