#pragma once

#include <algorithm>
#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

#include "api/internal/world_for_tests.h"

namespace writ::api::delegation {

inline const std::string owner_account(World::account);
inline const std::string requestor_account(World::other_account);
inline const std::string topic = "arn:aws:sns:us-east-1:" + requestor_account + ":updates";
inline const std::string template_arn = "arn:aws:iam::" + requestor_account + ":policy/setup";
inline const std::string olga_arn = "arn:aws:iam::" + owner_account + ":user/olga";
inline const std::string admin_arn = "arn:aws:iam::" + owner_account + ":user/admin";

inline const std::string setup_template =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:ListUsers","iam:ListRoles"],)"
    R"("Resource":"*"},{"Effect":"Allow","Action":"iam:GetUser",)"
    R"("Resource":"arn:aws:iam::@{AccountId}:user/@{userNames}"}]})";
inline const std::string setup_policy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:ListUsers","iam:ListRoles"],)"
    R"("Resource":"*"},{"Effect":"Allow","Action":"iam:GetUser","Resource":)"
    R"(["arn:aws:iam::123456789012:user/olga","arn:aws:iam::123456789012:user/eve"]}]})";

/// The other account asks; olga, who has no policy at all, carries it to the administrator of this account.
class Delegation : public testing::Test {
  protected:
    Delegation() { make_template("setup", setup_template); }

    void make_template(const std::string& name, const std::string& document) {
        const Reply made = world.iam(world.other_root(), "CreatePolicy",
                                     {{"PolicyName", name}, {"PolicyDocument", document}});
        EXPECT_EQ(made.summary(), "200");
    }
    /// A request with everything that is required; `more` goes before.
    Reply create(Parameters more = {}, const Who* who = nullptr) {
        const Parameters usual{{"Description", "Sets the product up"},
                               {"NotificationChannel", topic},
                               {"Permissions.PolicyTemplateArn", template_arn},
                               {"Permissions.Parameters.member.1.Name", "AccountId"},
                               {"Permissions.Parameters.member.1.Values.member.1", owner_account},
                               {"Permissions.Parameters.member.1.Type", "string"},
                               {"Permissions.Parameters.member.2.Name", "userNames"},
                               {"Permissions.Parameters.member.2.Values.member.1", "olga"},
                               {"Permissions.Parameters.member.2.Values.member.2", "eve"},
                               {"Permissions.Parameters.member.2.Type", "stringList"},
                               {"RequestorWorkflowId", "workflow-" + std::to_string(++workflows)},
                               {"SessionDuration", "3600"}};
        const bool other_template = std::ranges::any_of(
            more, [](const auto& each) { return each.first == "Permissions.PolicyTemplateArn"; });
        for (const auto& parameter : usual) {
            const bool given =
                std::ranges::any_of(more, [&](const auto& each) { return each.first == parameter.first; });
            if (given || (other_template && parameter.first.starts_with("Permissions.Param"))) continue;
            more.push_back(parameter);
        }
        return world.iam(who != nullptr ? *who : world.other_root(), "CreateDelegationRequest", more);
    }
    std::string make_request(const Parameters& more = {}) {
        const Reply made = create(more);
        EXPECT_EQ(made.summary(), "200");
        return made.text("DelegationRequestId");
    }
    Reply on(const Who& who, std::string_view action, const std::string& id, Parameters more = {}) {
        more.insert(more.begin(), {"DelegationRequestId", id});
        return world.iam(who, action, std::move(more));
    }
    std::string state_of(const std::string& id) {
        return on(admin, "GetDelegationRequest", id).text("State");
    }
    /// Through all the states, or some.
    std::string make_assigned(const Parameters& more = {}) {
        std::string id = make_request(more);
        EXPECT_EQ(on(olga, "AssociateDelegationRequest", id).summary(), "200");
        return id;
    }
    std::string make_accepted(const Who& by, const Parameters& more = {}) {
        std::string id = make_assigned(more);
        EXPECT_EQ(on(by, "AcceptDelegationRequest", id).summary(), "200");
        return id;
    }
    std::string make_finalized(const Who& by, const Parameters& more = {}) {
        std::string id = make_accepted(by, more);
        EXPECT_EQ(on(olga, "SendDelegationToken", id).summary(), "200");
        return id;
    }
    Reply trade_in(const std::string& token) {
        return world.sts(world.other_root(), "GetDelegatedAccessToken", {{"TradeInToken", token}});
    }
    std::string code(const Who& who, std::string_view action, Parameters parameters = {}) {
        return world.iam(who, action, std::move(parameters)).code();
    }

    World world;
    int workflows = 0;
    Who admin = world.make_user("admin", allow_all);
    Who olga = world.make_user("olga");
    Who eve = world.make_user("eve");
};

}  // namespace writ::api::delegation
