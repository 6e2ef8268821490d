// Invitations and the way to all features.
#include <gtest/gtest.h>

#include "api/internal/organization_for_tests.h"

namespace writ::api {
namespace {

class Handshakes : public testing::Test, public OrganizationWorld {
  protected:
    [[nodiscard]] JsonReply invite(const std::string& target, const std::string& type = "ACCOUNT") {
        return organizations(root(), "InviteAccountToOrganization",
                             {{"Target", {{"Id", target}, {"Type", type}}},
                              {"Notes", "please"},
                              {"Tags", {{{"Key", "team"}, {"Value", "blue"}}}}});
    }
    [[nodiscard]] std::string other(std::string_view operation, const std::string& id) {
        return organizations(other_root(), operation, {{"HandshakeId", id}}).summary();
    }
    [[nodiscard]] std::string own(std::string_view operation, const std::string& id) {
        return organizations(root(), operation, {{"HandshakeId", id}}).summary();
    }
    const std::string other_id_{other_account};
};

TEST_F(Handshakes, AnAccountJoinsByAccepting) {
    make_organization();
    const Json handshake = invite(other_id_).body["Handshake"];
    const std::string id = handshake["Id"];
    EXPECT_EQ(handshake["Arn"],
              "arn:aws:organizations::123456789012:handshake/" + organization_id() + "/invite/" + id);
    EXPECT_EQ(handshake["State"], "REQUESTED");
    EXPECT_EQ(handshake["Parties"][1]["Id"], other_id_);
    EXPECT_EQ(handshake["Resources"][2]["Value"], "please");
    EXPECT_EQ(invite(other_id_).summary(), "DuplicateHandshakeException");
    EXPECT_EQ(organizations(other_root(), "ListHandshakesForAccount").body["Handshakes"][0]["Id"], id);
    EXPECT_EQ(own("AcceptHandshake", id), "AccessDeniedException");
    EXPECT_EQ(other("CancelHandshake", id), "AccessDeniedException");
    EXPECT_EQ(other("AcceptHandshake", id), "200");
    EXPECT_EQ(other("AcceptHandshake", id), "HandshakeAlreadyInStateException");
    EXPECT_EQ(other("DeclineHandshake", id), "InvalidHandshakeTransitionException");
    EXPECT_EQ(own("CancelHandshake", id), "InvalidHandshakeTransitionException");
    EXPECT_EQ(manage("DescribeAccount", {{"AccountId", other_id_}})["Account"]["JoinedMethod"], "INVITED");
    EXPECT_EQ(manage("ListTagsForResource", {{"ResourceId", other_id_}})["Tags"][0]["Value"], "blue");
    EXPECT_EQ(invite(other_id_).summary(),
              "HandshakeConstraintViolationException ALREADY_IN_AN_ORGANIZATION");
    EXPECT_TRUE(organizations(other_root(), "LeaveOrganization").ok());
    EXPECT_EQ(organizations(root(), "DescribeAccount", {{"AccountId", other_id_}}).code(),
              "AccountNotFoundException");
}

TEST_F(Handshakes, EndByCancelingDecliningAndTime) {
    make_organization();
    const auto invited = [&] { return invite(other_id_).body["Handshake"]["Id"].get<std::string>(); };
    const std::string canceled = invited();
    EXPECT_EQ(own("CancelHandshake", canceled), "200");
    EXPECT_EQ(other("AcceptHandshake", canceled), "InvalidHandshakeTransitionException");
    const std::string declined = invited();
    EXPECT_EQ(other("DeclineHandshake", declined), "200");
    const std::string expired = invited();
    clock().advance(std::chrono::days(15));
    EXPECT_EQ(other("AcceptHandshake", expired), "InvalidHandshakeTransitionException");
    const auto state = [&](const std::string& id) {
        return manage("DescribeHandshake", {{"HandshakeId", id}})["Handshake"]["State"];
    };
    EXPECT_EQ(state(canceled), "CANCELED");
    EXPECT_EQ(state(declined), "DECLINED");
    EXPECT_EQ(state(expired), "EXPIRED");
    EXPECT_EQ(manage("ListHandshakesForOrganization")["Handshakes"].size(), 3U);
    clock().advance(std::chrono::days(31));
    EXPECT_EQ(manage("ListHandshakesForOrganization")["Handshakes"].size(), 0U);
    EXPECT_EQ(organizations(other_root(), "DescribeOrganization").code(),
              "AWSOrganizationsNotInUseException");
}

// A policy that keeps accounts from leaving keeps them from joining another organization.
TEST_F(Handshakes, JoiningAnotherOrganizationNeedsPermissionToLeave) {
    make_organization();
    const std::string member = make_account("member");
    clock().advance(std::chrono::days(4));
    const Who later = administrator_of(member);
    EXPECT_EQ(organizations(other_root(), "CreateOrganization").summary(), "200");
    const Json invited = organizations(other_root(), "InviteAccountToOrganization",
                                       {{"Target", {{"Id", member}, {"Type", "ACCOUNT"}}}})
                             .body;
    const std::string id = invited["Handshake"]["Id"];
    const std::string guard = make_policy(
        "stay", policy_of(R"({"Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"})"));
    attach(guard, member);
    const JsonReply denied = organizations(later, "AcceptHandshake", {{"HandshakeId", id}});
    EXPECT_EQ(denied.code(), "AccessDeniedException");
    EXPECT_NE(denied.message().find("organizations:LeaveOrganization"), std::string::npos)
        << denied.message();
    EXPECT_EQ(manage("ListAccounts")["Accounts"].size(), 2U);
    detach(guard, member);
    EXPECT_EQ(organizations(later, "AcceptHandshake", {{"HandshakeId", id}}).summary(), "200");
    EXPECT_EQ(manage("ListAccounts")["Accounts"].size(), 1U);
    EXPECT_EQ(organizations(other_root(), "ListAccounts").body["Accounts"].size(), 2U);
    EXPECT_EQ(organizations(later, "DescribeOrganization").body["Organization"]["MasterAccountId"],
              other_id_);
}

TEST_F(Handshakes, AreNobodyElsesBusiness) {
    make_organization();
    const Who stranger = administrator_of(make_account("stranger"));
    const std::string id = invite(other_id_).body["Handshake"]["Id"];
    for (const char* operation : {"DescribeHandshake", "AcceptHandshake", "CancelHandshake"}) {
        EXPECT_EQ(organizations(stranger, operation, {{"HandshakeId", id}}).code(),
                  "HandshakeNotFoundException");
    }
    EXPECT_EQ(organizations(stranger, "ListHandshakesForAccount").body["Handshakes"].size(), 0U);
}

TEST_F(Handshakes, AddressAccountsOfThisServer) {
    make_organization();
    EXPECT_EQ(invite("999999999999").summary(), "InvalidInputException TARGET_NOT_SUPPORTED");
    EXPECT_EQ(invite("nobody@example.com", "EMAIL").summary(),
              "InvalidInputException INVALID_EMAIL_ADDRESS_TARGET");
    EXPECT_EQ(invite(organization_id(), "ORGANIZATION").summary(),
              "InvalidInputException INVALID_PARTY_TYPE_TARGET");
}

TEST_F(Handshakes, AllFeaturesComeWhenInvitedMembersAgree) {
    manage("CreateOrganization", {{"FeatureSet", "CONSOLIDATED_BILLING"}});
    const std::string invitation = invite(other_id_).body["Handshake"]["Id"];
    EXPECT_EQ(other("AcceptHandshake", invitation), "200");
    make_account("created");
    const Json change = manage("EnableAllFeatures")["Handshake"];
    const std::string id = change["Id"];
    EXPECT_EQ(change["Action"], "ENABLE_ALL_FEATURES");
    EXPECT_EQ(change["State"], "REQUESTED");
    EXPECT_EQ(organizations(root(), "EnableAllFeatures").summary(),
              "HandshakeConstraintViolationException ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION");
    EXPECT_EQ(own("AcceptHandshake", id), "InvalidHandshakeTransitionException");
    const Json approvals = manage("ListHandshakesForOrganization", {{"Filter", {{"ParentHandshakeId", id}}}});
    ASSERT_EQ(approvals["Handshakes"].size(), 1U);  // Created accounts are not asked.
    EXPECT_EQ(approvals["Handshakes"][0]["Action"], "APPROVE_ALL_FEATURES");
    EXPECT_EQ(other("AcceptHandshake", approvals["Handshakes"][0]["Id"]), "200");
    EXPECT_EQ(manage("DescribeHandshake", {{"HandshakeId", id}})["Handshake"]["State"], "OPEN");
    EXPECT_EQ(own("AcceptHandshake", id), "200");
    EXPECT_EQ(manage("DescribeOrganization")["Organization"]["FeatureSet"], "ALL");
    EXPECT_EQ(organizations(root(), "EnableAllFeatures").summary(),
              "HandshakeConstraintViolationException ORGANIZATION_ALREADY_HAS_ALL_FEATURES");
}

}  // namespace
}  // namespace writ::api
