#include "directory/reports/audit_events.h"

#include "directory/internal/testing.h"

namespace writ::directory {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::size_t json_bytes = 700;

class AuditEventsTest : public DirectoryTest {
  protected:
    AuditEvent event(const std::string& id, bool of_change = false) const {
        return {.id = id,
                .occurred_at = clock_.now(),
                .of_change = of_change,
                .caller_arn = "arn:aws:iam::111122223333:user/eng/ada",
                .access_key_id = "AKIAADAADAADAADAADAA",
                .action = "iam:GetUser",
                .resource_arns = {"arn:aws:iam::111122223333:user/bob"},
                .error_code = {},
                .json = std::string(json_bytes, 'j')};
    }
    /// Returns what it takes.
    std::int64_t keep(const AuditEvent& event, const char* in_account = account_id) {
        if (!event.of_change) return keep_together({event}, in_account);
        EXPECT_TRUE(edit([&](AccountEdit& account) { return keep_audit_event(account, event); }, in_account));
        return size_of(event);
    }
    std::int64_t keep_together(const std::vector<AuditEvent>& events, const char* in_account = account_id) {
        std::int64_t bytes = 0;
        for (const AuditBatch& batch : pack_audit_events(events)) {
            EXPECT_TRUE(
                edit([&](AccountEdit& account) { return keep_audit_batch(account, batch); }, in_account));
            bytes += size_of(batch);
        }
        return bytes;
    }
    /// The same event at another moment.
    AuditEvent event_after(milliseconds later, const std::string& id) const {
        AuditEvent made = event(id);
        made.occurred_at += later;
        return made;
    }
    /// Whether more are due.
    bool drop(bool of_change, std::int64_t bytes_added, const AuditRetention& retention,
              const char* in_account = account_id) {
        const auto more = edit(
            [&](AccountEdit& account) {
                return drop_audit_events(account, of_change, bytes_added, retention);
            },
            in_account);
        EXPECT_TRUE(more);
        return more && *more;
    }
    std::vector<std::string> ids(const AuditQuery& query = {}) {
        std::vector<std::string> found;
        const auto reader = store_->read();
        EXPECT_TRUE(find_audit_events(**reader, query, [&](const AuditEvent& each) {
            found.push_back(each.id);
            return true;
        }));
        return found;
    }
};

class EveryAuditEvent : public AuditEventsTest, public testing::WithParamInterface<bool> {};
INSTANTIATE_TEST_SUITE_P(OfChangesAndOthers, EveryAuditEvent, testing::Bool());

TEST_P(EveryAuditEvent, IsFoundAsItWasKept) {
    AuditEvent kept = event("a", GetParam());
    kept.resource_arns.emplace_back("arn:aws:iam::111122223333:policy/p");
    kept.error_code = "NoSuchEntityException";
    keep(kept);
    const auto reader = store_->read();
    int seen = 0;
    EXPECT_TRUE(find_audit_events(**reader, {}, [&](const AuditEvent& found) {
        ++seen;
        EXPECT_EQ(found.id, kept.id);
        EXPECT_EQ(found.occurred_at, kept.occurred_at);
        EXPECT_EQ(found.of_change, GetParam());
        EXPECT_EQ(found.caller_arn, kept.caller_arn);
        EXPECT_EQ(found.access_key_id, kept.access_key_id);
        EXPECT_EQ(found.action, kept.action);
        EXPECT_EQ(found.resource_arns, kept.resource_arns);
        EXPECT_EQ(found.error_code, kept.error_code);
        EXPECT_EQ(found.json, kept.json);
        EXPECT_EQ(found.account_id, account_id);
        return true;
    }));
    EXPECT_EQ(seen, 1);
}

TEST_F(AuditEventsTest, ComeByTimeOverAllAccounts) {
    keep(event("b"));
    keep(event("a"), other_account_id);
    clock_.advance(milliseconds(1));
    keep(event("0"));
    EXPECT_THAT(ids(), ElementsAre("a", "b", "0"));
    const Instant later = clock_.now();
    EXPECT_THAT(ids({.since = later}), ElementsAre("0"));
    EXPECT_THAT(ids({.until = later}), ElementsAre("a", "b"));
}

TEST_F(AuditEventsTest, OfOverlappingBatchesAndOfChangesComeInOneOrder) {
    const Instant start = clock_.now();
    keep_together({event_after(milliseconds(7), "e"), event_after(milliseconds(1), "b"),
                   event_after(milliseconds(4), "d")});
    keep_together({event_after(milliseconds(0), "a"), event_after(milliseconds(30'000), "h")},
                  other_account_id);
    keep_together({event_after(milliseconds(8), "f"), event_after(milliseconds(40'000), "i")});
    clock_.advance(milliseconds(2));
    keep(event("c", true));
    clock_.advance(milliseconds(20));
    keep(event("g", true), other_account_id);
    EXPECT_THAT(ids(), ElementsAre("a", "b", "c", "d", "e", "f", "g", "h", "i"));
    EXPECT_THAT(ids({.since = start + milliseconds(4)}), ElementsAre("d", "e", "f", "g", "h", "i"));
    EXPECT_THAT(ids({.since = start + milliseconds(5), .until = start + milliseconds(30'000)}),
                ElementsAre("e", "f", "g"));
    EXPECT_THAT(ids({.since = start + milliseconds(40'000)}), ElementsAre("i"));
}

TEST_F(AuditEventsTest, AreOfTheAccountOfTheirBatch) {
    keep(event("a"), other_account_id);
    const auto reader = store_->read();
    std::string account;
    EXPECT_TRUE(find_audit_events(**reader, {}, [&](const AuditEvent& found) {
        account = found.account_id;
        return true;
    }));
    EXPECT_EQ(account, other_account_id);
}

TEST_F(AuditEventsTest, ArePackedIntoBatchesOfBoundedSpanAndSize) {
    const std::vector<AuditEvent> far_apart{event("a"), event_after(std::chrono::minutes(1), "b")};
    EXPECT_EQ(pack_audit_events(far_apart).size(), 2U);
    const std::vector<AuditEvent> near{event("a"), event_after(milliseconds(59'999), "b")};
    EXPECT_EQ(pack_audit_events(near).size(), 1U);
    std::vector<AuditEvent> many;
    for (int i = 0; i < 1'000; ++i) many.push_back(event(std::to_string(1'000 + i)));
    EXPECT_GT(pack_audit_events(many).size(), 2U);  // Nearly a megabyte.
    EXPECT_LT(pack_audit_events(many).size(), 10U);
    many.front().json = std::string(1'000'000, 'j');  // More than a batch alone.
    keep_together(many);
    EXPECT_EQ(ids().size(), many.size());
    EXPECT_TRUE(pack_audit_events({}).empty());
}

TEST_F(AuditEventsTest, OfADamagedBatchAreAnErrorAndNotSilence) {
    auto batch = pack_audit_events({event("a")}).front();
    batch.events.resize(batch.events.size() / 2);
    EXPECT_TRUE(edit([&](AccountEdit& account) { return keep_audit_batch(account, batch); }));
    const auto reader = store_->read();
    const auto found = find_audit_events(**reader, {}, [](const AuditEvent&) { return true; });
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, "ServiceFailure");
    EXPECT_NE(found.error().defect.find("damaged"), std::string::npos);
}

TEST_F(AuditEventsTest, AreReadInPagesAndUntilEnoughIsFound) {
    EXPECT_TRUE(edit([&](AccountEdit& account) -> Result<void> {
        for (int i = 0; i < 1500; ++i) {
            auto kept = keep_audit_event(account, event(std::to_string(10'000 + i), true));
            if (!kept) return kept;
        }
        return {};
    }));
    EXPECT_EQ(ids().size(), 1500U);
    int seen = 0;
    const auto reader = store_->read();
    EXPECT_TRUE(find_audit_events(**reader, {}, [&](const AuditEvent&) { return ++seen < 700; }));
    EXPECT_EQ(seen, 700);
}

TEST_F(AuditEventsTest, AreFoundByWhoAskedForWhatOnWhat) {
    keep(event("plain"));
    AuditEvent other = event("other");
    other.caller_arn = "arn:aws:sts::444455556666:assumed-role/ops/s1";
    other.access_key_id = "ASIAOPSOPSOPSOPSOPSO";
    other.action = "iam:DeleteRole";
    other.resource_arns = {"arn:aws:iam::111122223333:role/x", "arn:aws:iam::111122223333:role/path/deploy"};
    other.error_code = "AccessDenied";
    keep(other);
    struct Vector {
        AuditQuery query;
        bool plain, other;
    };
    const std::vector<Vector> vectors{
        {{}, true, true},
        {{.caller = "ada"}, true, false},
        {{.caller = "ADA"}, true, false},
        {{.caller = "user/eng/ada"}, true, false},
        {{.caller = "arn:aws:iam::111122223333:user/*"}, true, false},
        {{.caller = "AKIAADAADAADAADAADAA"}, true, false},
        {{.caller = "444455556666"}, false, true},
        {{.caller = "assumed-role/ops/*"}, false, true},
        {{.caller = "ad"}, false, false},
        {{.action = "iam:Delete*"}, false, true},
        {{.action = "getuser"}, true, false},
        {{.action = "iam:*"}, true, true},
        {{.action = "Get"}, false, false},
        {{.resource = "bob"}, true, false},
        {{.resource = "deploy"}, false, true},
        {{.resource = "role/*"}, false, true},
        {{.resource = "*:role/x"}, false, true},
        {{.errors_only = true}, false, true},
        {{.caller = "ada", .errors_only = true}, false, false},
    };
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        std::vector<std::string> expected;
        if (vectors[i].other) expected.emplace_back("other");
        if (vectors[i].plain) expected.emplace_back("plain");
        EXPECT_EQ(ids(vectors[i].query), expected) << i;
    }
}

TEST_F(AuditEventsTest, LeaveTheStoreWhenTheyAreTooOld) {
    const AuditRetention retention{.age_max = days(2)};
    keep(event("old"));
    keep(event("old change", true));
    clock_.advance(days(2) - milliseconds(1));
    EXPECT_FALSE(drop(false, 0, retention));
    EXPECT_THAT(ids(), ElementsAre("old", "old change"));
    clock_.advance(milliseconds(1));
    EXPECT_FALSE(drop(false, 0, retention));
    EXPECT_THAT(ids(), ElementsAre("old change"));
    EXPECT_FALSE(drop(true, 0, retention));
    EXPECT_THAT(ids(), IsEmpty());
}

TEST_F(AuditEventsTest, AreKnownToBeTooOldWithoutATransaction) {
    const AuditRetention retention{.age_max = std::chrono::days(2)};
    const auto holds_old = [&](bool of_change) {
        return *view([&](const AccountView& account) {
            return holds_old_audit_events(account, of_change, retention);
        });
    };
    EXPECT_FALSE(holds_old(true));
    keep(event("a", true));
    clock_.advance(std::chrono::days(2) - std::chrono::milliseconds(1));
    EXPECT_FALSE(holds_old(true));
    clock_.advance(std::chrono::milliseconds(1));
    EXPECT_TRUE(holds_old(true));
    EXPECT_FALSE(holds_old(false));
}

TEST_F(AuditEventsTest, HoldBoundedSpaceAndTheOldestGoFirst) {
    for (const bool of_change : {false, true}) {
        std::int64_t one = 0;
        for (const char* id : {"a", "b", "c"}) {
            one = keep(event(id + std::to_string(of_change), of_change));
            clock_.advance(milliseconds(1));
            drop(of_change, one, {.bytes_max = 4 * one});
        }
    }
    EXPECT_THAT(ids(), ElementsAre("b0", "c0", "b1", "c1"));
    EXPECT_GE(size_of(event("x")), static_cast<std::int64_t>(json_bytes));
}

TEST_F(AuditEventsTest, OfChangesAreNotDrivenOutByOtherCallsNorByOtherAccounts) {
    const std::int64_t change = keep(event("change", true));
    drop(true, change, {.bytes_max = 2 * change});
    const std::int64_t one = keep(event("other's"), other_account_id);
    const AuditRetention room_for_one{.bytes_max = 3 * one};
    drop(false, one, room_for_one, other_account_id);
    for (int i = 0; i < 10; ++i) {
        clock_.advance(milliseconds(1));
        drop(false, keep(event("call" + std::to_string(i))), room_for_one);
    }
    EXPECT_THAT(ids(), ElementsAre("change", "other's", "call9"));
}

TEST_F(AuditEventsTest, AreDroppedAFewAtATime) {
    EXPECT_TRUE(edit([&](AccountEdit& account) -> Result<void> {
        for (int i = 0; i < 1200; ++i) {
            if (auto kept = keep_audit_event(account, event(std::to_string(i), true)); !kept) return kept;
        }
        return {};
    }));
    clock_.advance(days(90));
    EXPECT_TRUE(drop(true, 1200 * size_of(event("x")), {}));
    const std::size_t left = ids().size();
    EXPECT_GT(left, 0U);
    EXPECT_LT(left, 1200U);
    EXPECT_TRUE(drop(true, 0, {}));
    EXPECT_FALSE(drop(true, 0, {}));
    EXPECT_THAT(ids(), IsEmpty());
}

// A kill between commit and count leaves events that the count does not know.
TEST_F(AuditEventsTest, ThatWereNeverCountedCannotMakeTheCountWrongForGood) {
    const std::int64_t one = keep(event("uncounted"));
    const AuditRetention room_for_two{.bytes_max = 5 * one};
    clock_.advance(days(90));
    drop(false, 0, room_for_two);
    EXPECT_THAT(ids(), IsEmpty());
    for (const char* id : {"a", "b", "c"}) {
        const std::int64_t bytes = keep(event(id));
        clock_.advance(milliseconds(1));
        drop(false, bytes, room_for_two);
    }
    EXPECT_THAT(ids(), ElementsAre("b", "c"));
}

TEST_F(AuditEventsTest, StayOutOfTheFeed) {
    EXPECT_TRUE(touched_by([&](AccountEdit& account) {
                    return keep_audit_event(account, event("a", true));
                }).empty());
    const AuditBatch batch = pack_audit_events({event("b")}).front();
    EXPECT_TRUE(touched_by([&](AccountEdit& account) { return keep_audit_batch(account, batch); }).empty());
}

}  // namespace
}  // namespace writ::directory
