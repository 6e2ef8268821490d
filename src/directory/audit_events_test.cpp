#include "directory/audit_events.h"

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
    void keep(const AuditEvent& event, const char* in_account = account_id) {
        EXPECT_TRUE(edit([&](AccountEdit& account) { return keep_audit_event(account, event); }, in_account));
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

TEST_F(AuditEventsTest, AreFoundAsTheyWereKept) {
    AuditEvent kept = event("a", true);
    kept.resource_arns.emplace_back("arn:aws:iam::111122223333:policy/p");
    kept.error_code = "NoSuchEntityException";
    keep(kept);
    const auto reader = store_->read();
    int seen = 0;
    EXPECT_TRUE(find_audit_events(**reader, {}, [&](const AuditEvent& found) {
        ++seen;
        EXPECT_EQ(found.id, kept.id);
        EXPECT_EQ(found.occurred_at, kept.occurred_at);
        EXPECT_TRUE(found.of_change);
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

TEST_F(AuditEventsTest, AreReadInPagesAndUntilEnoughIsFound) {
    EXPECT_TRUE(edit([&](AccountEdit& account) -> Result<void> {
        for (int i = 0; i < 1500; ++i) {
            if (auto kept = keep_audit_event(account, event(std::to_string(10'000 + i))); !kept) return kept;
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
    const std::int64_t one = size_of(event("x"));
    EXPECT_GE(one, static_cast<std::int64_t>(json_bytes));
    const AuditRetention two_of_each{.bytes_max = 4 * one};
    for (const char* id : {"a", "b", "c"}) {
        keep(event(id));
        clock_.advance(milliseconds(1));
        drop(false, one, two_of_each);
    }
    EXPECT_THAT(ids(), ElementsAre("b", "c"));
}

TEST_F(AuditEventsTest, OfChangesAreNotDrivenOutByOtherCallsNorByOtherAccounts) {
    const std::int64_t one = size_of(event("x"));
    const AuditRetention one_of_each{.bytes_max = 2 * one};
    keep(event("change", true));
    drop(true, one, one_of_each);
    keep(event("other's"), other_account_id);
    drop(false, one, one_of_each, other_account_id);
    for (int i = 0; i < 10; ++i) {
        clock_.advance(milliseconds(1));
        keep(event("call" + std::to_string(i)));
        drop(false, one, one_of_each);
    }
    EXPECT_THAT(ids(), ElementsAre("change", "other's", "call9"));
}

TEST_F(AuditEventsTest, AreDroppedAFewAtATime) {
    EXPECT_TRUE(edit([&](AccountEdit& account) -> Result<void> {
        for (int i = 0; i < 1200; ++i) {
            if (auto kept = keep_audit_event(account, event(std::to_string(i))); !kept) return kept;
        }
        return {};
    }));
    clock_.advance(days(90));
    EXPECT_TRUE(drop(false, 1200 * size_of(event("x")), {}));
    const std::size_t left = ids().size();
    EXPECT_GT(left, 0U);
    EXPECT_LT(left, 1200U);
    EXPECT_TRUE(drop(false, 0, {}));
    EXPECT_FALSE(drop(false, 0, {}));
    EXPECT_THAT(ids(), IsEmpty());
}

// A kill between commit and count leaves events that the count does not know.
TEST_F(AuditEventsTest, ThatWereNeverCountedCannotMakeTheCountWrongForGood) {
    const std::int64_t one = size_of(event("x"));
    const AuditRetention two_of_each{.bytes_max = 4 * one};
    keep(event("uncounted"));
    clock_.advance(days(90));
    drop(false, 0, two_of_each);
    EXPECT_THAT(ids(), IsEmpty());
    for (const char* id : {"a", "b", "c"}) {
        keep(event(id));
        clock_.advance(milliseconds(1));
        drop(false, one, two_of_each);
    }
    EXPECT_THAT(ids(), ElementsAre("b", "c"));
}

TEST_F(AuditEventsTest, StayOutOfTheFeed) {
    EXPECT_TRUE(
        touched_by([&](AccountEdit& account) { return keep_audit_event(account, event("a")); }).empty());
}

}  // namespace
}  // namespace writ::directory
