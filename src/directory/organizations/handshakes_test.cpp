// Invitations, and the way to all features.
#include "directory/organizations/handshakes.h"

#include "directory/internal/organizations/node_tags.h"
#include "directory/internal/organizations/testing.h"

namespace writ::directory::organizations {
namespace {

using store::HandshakeAction;
using store::HandshakeState;

class HandshakesOfDirectory : public OrganizationTest {
  protected:
    Result<Handshake> start_all_features() {
        return edit([](AccountEdit& account) { return enable_all_features(account); });
    }
    HandshakeState state_of(const std::string& id) {
        const auto found = view([&](const AccountView& account) { return get_handshake(account, id); });
        EXPECT_TRUE(found);
        return found->state;
    }
    std::size_t tags_of(const std::string& id) {
        return view([&](const AccountView& account) {
            const auto organization = own_organization(account);
            EXPECT_TRUE(organization);
            return read_resource_tags(account, *organization, id)->size();
        });
    }
    /// The question to the other account whether it agrees to the change.
    Handshake approval_of(const std::string& change) {
        const auto asked = view(
            [&](const AccountView& account) {
                return list_handshakes_of_account(account, {.parent_id = change}, {});
            },
            other_account_id);
        EXPECT_EQ(asked->items.size(), 1U);
        return asked->items.at(0);
    }
    void add_account(const std::string& id) {
        ASSERT_TRUE(edit([&](AccountEdit& account) -> Result<void> {
            EXPECT_TRUE(account.writes.insert(store::Account{.account_id = id, .created_at = clock_.now()}));
            return {};
        }));
    }
    const std::vector<Tag> tags_{{.key = "team", .value = "blue"}};
    const std::string other_id_{other_account_id};
};

TEST_F(HandshakesOfDirectory, AreAddressedToAccountsOfThisServer) {
    EXPECT_EQ(refusal(invite("o-abcdefghij", PartyKind::organization)), "AWSOrganizationsNotInUseException");
    make_organization();
    EXPECT_EQ(refusal(invite("o-abcdefghij", PartyKind::organization)),
              "InvalidInputException INVALID_PARTY_TYPE_TARGET");
    EXPECT_EQ(refusal(invite("4444")), "InvalidInputException INVALID_PATTERN");
    EXPECT_EQ(refusal(invite("999999999999")), "InvalidInputException TARGET_NOT_SUPPORTED");
    EXPECT_EQ(refusal(invite("a@b.example", PartyKind::email)),
              "InvalidInputException INVALID_EMAIL_ADDRESS_TARGET");
}

TEST_F(HandshakesOfDirectory, InviteAsManyAsThereIsRoomFor) {
    environment_.quotas.set(Quota::accounts_per_organization, 2);
    make_organization();
    add_account("777788889999");
    EXPECT_TRUE(invite(other_id_));
    EXPECT_EQ(refusal(invite("777788889999")),
              "HandshakeConstraintViolationException ACCOUNT_NUMBER_LIMIT_EXCEEDED");
}

// Organizations User Guide, migrating an account.
TEST_F(HandshakesOfDirectory, AcceptingLeavesTheOrganizationBefore) {
    make_organization();
    const char* wanted = "777788889999";
    add_account(wanted);
    ASSERT_TRUE(
        edit([](AccountEdit& account) { return create_organization(account, store::FeatureSet::all); },
             other_account_id));
    const auto first = invite(wanted);
    const auto second = invite(wanted, PartyKind::account, {}, other_account_id);
    ASSERT_TRUE(first && second);
    const auto members_of = [&](const char* manager) {
        return view([](const AccountView& account) { return list_members(account, {}); }, manager)
            ->items.size();
    };
    EXPECT_TRUE(accept(first->id, wanted));
    EXPECT_EQ(members_of(account_id), 2U);
    EXPECT_EQ(refusal(invite(wanted)), "HandshakeConstraintViolationException ALREADY_IN_AN_ORGANIZATION");
    EXPECT_TRUE(accept(second->id, wanted));
    EXPECT_EQ(members_of(account_id), 1U);
    EXPECT_EQ(members_of(other_account_id), 2U);
    EXPECT_TRUE(invite(wanted));
}

TEST_F(HandshakesOfDirectory, WhoMayNotLeaveCannotJoinAnother) {
    make_organization();
    const std::string created = make_member("created");
    ASSERT_TRUE(
        edit([](AccountEdit& account) { return create_organization(account, store::FeatureSet::all); },
             other_account_id));
    const auto invited = invite(created, PartyKind::account, {}, other_account_id);
    ASSERT_TRUE(invited);
    EXPECT_EQ(refusal(accept(invited->id, created.c_str())),
              "ConstraintViolationException WAIT_PERIOD_ACTIVE");
    clock_.advance(std::chrono::days(4));
    EXPECT_TRUE(accept(invited->id, created.c_str()));
    const auto manager = invite(account_id, PartyKind::account, {}, other_account_id);
    ASSERT_TRUE(manager);
    EXPECT_EQ(refusal(accept(manager->id, account_id)), "MasterCannotLeaveOrganizationException");
}

TEST_F(HandshakesOfDirectory, LeaveNoTagsWhenTheyComeToNothing) {
    make_organization();
    const auto canceled = invite(other_id_, PartyKind::account, tags_);
    EXPECT_EQ(tags_of(canceled->id), 1U);
    EXPECT_TRUE(cancel(canceled->id));
    EXPECT_EQ(tags_of(canceled->id), 0U);
    const auto declined = invite(other_id_, PartyKind::account, tags_);
    const auto decline = [&](AccountEdit& account) { return decline_handshake(account, declined->id); };
    EXPECT_TRUE(edit(decline, other_account_id));
    EXPECT_EQ(tags_of(declined->id), 0U);
    const auto accepted = invite(other_id_, PartyKind::account, tags_);
    EXPECT_TRUE(accept(accepted->id));
    EXPECT_EQ(tags_of(accepted->id), 0U);
    EXPECT_EQ(tags_of(other_id_), 1U);
}

TEST_F(HandshakesOfDirectory, InvitationsEndWhenAllFeaturesAreAskedFor) {
    make_organization(store::FeatureSet::consolidated_billing);
    let_other_account_join();
    add_account("777788889999");
    const auto invited = invite("777788889999", PartyKind::account, tags_);
    ASSERT_TRUE(invited);
    const auto change = start_all_features();
    ASSERT_TRUE(change);
    EXPECT_EQ(state_of(invited->id), HandshakeState::canceled);
    EXPECT_EQ(tags_of(invited->id), 0U);
    EXPECT_EQ(refusal(accept(invited->id, "777788889999")), "InvalidHandshakeTransitionException");
    EXPECT_EQ(refusal(invite("777788889999")),
              "HandshakeConstraintViolationException INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES");
    // Taking the change back takes its questions back, so that all can go on as before.
    const std::string approval = approval_of(change->id).id;
    EXPECT_TRUE(cancel(change->id));
    EXPECT_EQ(state_of(approval), HandshakeState::canceled);
    EXPECT_EQ(refusal(accept(approval)), "InvalidHandshakeTransitionException");
    EXPECT_TRUE(invite("777788889999"));
    EXPECT_TRUE(start_all_features());
}

TEST_F(HandshakesOfDirectory, AMemberThatLeavesIsNotAskedAnyMore) {
    make_organization(store::FeatureSet::consolidated_billing);
    let_other_account_join();
    const auto change = start_all_features();
    ASSERT_TRUE(change);
    EXPECT_EQ(state_of(change->id), HandshakeState::requested);
    const std::string approval = approval_of(change->id).id;
    ASSERT_TRUE(edit([](AccountEdit& account) { return leave_organization(account); }, other_account_id));
    EXPECT_EQ(state_of(approval), HandshakeState::canceled);
    EXPECT_EQ(refusal(accept(approval)), "InvalidHandshakeTransitionException");
    EXPECT_EQ(state_of(change->id), HandshakeState::open) << "nobody is left to agree";
    EXPECT_TRUE(accept(change->id, account_id));
    const auto now = view([](const AccountView& account) { return get_organization(account); });
    EXPECT_EQ(now->feature_set, store::FeatureSet::all);
}

TEST_F(HandshakesOfDirectory, OneThatLeavesDoesNotAnswerForTheOthers) {
    make_organization(store::FeatureSet::consolidated_billing);
    let_other_account_join();
    const char* third = "777788889999";
    add_account(third);
    const auto invited = invite(third);
    ASSERT_TRUE(accept(invited->id, third));
    const auto change = start_all_features();
    ASSERT_TRUE(change);
    ASSERT_TRUE(edit([](AccountEdit& account) { return leave_organization(account); }, third));
    EXPECT_EQ(state_of(change->id), HandshakeState::requested);
    EXPECT_TRUE(accept(approval_of(change->id).id));
    EXPECT_EQ(state_of(change->id), HandshakeState::open);
}

TEST_F(HandshakesOfDirectory, AboutOtherThingsAreNotHere) {
    const HandshakeFilter other{.other_action = true};
    const auto sent = [&](const AccountView& account) {
        return list_handshakes_of_organization(account, other, {});
    };
    EXPECT_EQ(refusal(view(sent)), "AWSOrganizationsNotInUseException");
    make_organization();
    ASSERT_TRUE(invite(other_id_));
    EXPECT_TRUE(view(sent)->items.empty());
    const auto received = [&](const HandshakeFilter& filter) {
        return view(
            [&](const AccountView& account) { return list_handshakes_of_account(account, filter, {}); },
            other_account_id);
    };
    EXPECT_TRUE(received(other)->items.empty());
    EXPECT_EQ(received({})->items.size(), 1U);
    EXPECT_EQ(received({.action = HandshakeAction::invite})->items.size(), 1U);
}

}  // namespace
}  // namespace writ::directory::organizations
