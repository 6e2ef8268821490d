#include "api/audit/trail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

#include "api/internal/audit_for_tests.h"
#include "store/records.h"

namespace writ::api {
namespace {

using std::chrono::days;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> actions(World& world) {
    std::vector<std::string> found;
    for (const auto& event : kept_events(world)) found.push_back(event.action);
    return found;
}

EndpointConfig with(audit::Settings settings) {
    EndpointConfig config;
    config.audit = settings;
    return config;
}

TEST(AuditTrail, HasChangesAtOnceAndTheRestAfterAFlush) {
    World world;
    world.make("CreateUser", {{"UserName", "bob"}});
    EXPECT_THAT(actions(world), ElementsAre("iam:CreateUser"));
    world.make("ListUsers", {});
    EXPECT_EQ(world.endpoint().audit_state().waiting, 1U);
    EXPECT_THAT(actions(world), ElementsAre("iam:CreateUser"));
    world.endpoint().flush();
    EXPECT_EQ(world.endpoint().audit_state().waiting, 0U);
    EXPECT_EQ(kept_events(world).size(), 2U);
    EXPECT_EQ(world.endpoint().audit_state().defect, "");
}

TEST(AuditTrail, HasNoEventOfAChangeThatWasNotCommitted) {
    World world;
    world.make("ListUsers", {});
    world.endpoint().flush();
    int committed = 0;
    for (std::uint64_t call = 1; committed == 0 && call < 100; ++call) {
        const std::string name = "user" + std::to_string(call);
        world.faults().fail({.first = call, .count = store::Fault::all});
        const bool ok = world.iam(world.root(), "CreateUser", {{"UserName", name}}).ok();
        world.faults().mend();
        committed += ok ? 1 : 0;
        const bool is_there = world.iam(world.root(), "GetUser", {{"UserName", name}}).ok();
        bool is_told = false;
        for (const auto& event : kept_events(world, {.action = "CreateUser", .resource = name})) {
            is_told = is_told || event.error_code.empty();
        }
        EXPECT_EQ(is_there, ok) << call;
        EXPECT_EQ(is_told, ok) << call;
    }
    EXPECT_EQ(committed, 1);
    world.endpoint().flush();  // The failures are told, too.
    EXPECT_FALSE(kept_events(world, {.action = "CreateUser", .errors_only = true}).empty());
}

TEST(AuditTrail, HasTheEventOfAChangeWhoseCommitLostItsAnswer) {
    World world;
    world.make("ListUsers", {});
    world.endpoint().flush();
    int answers_lost = 0;
    for (std::uint64_t call = 1; call < 100; ++call) {
        const std::string name = "user" + std::to_string(call);
        world.faults().fail({.first = call, .loses_answers_of_commits = true});
        const bool ok = world.iam(world.root(), "CreateUser", {{"UserName", name}}).ok();
        const bool struck = world.faults().has_failed();
        world.faults().mend();
        const bool is_there = world.iam(world.root(), "GetUser", {{"UserName", name}}).ok();
        const auto events = kept_events(world, {.action = "CreateUser", .resource = name});
        EXPECT_EQ(events.size(), is_there ? 1U : 0U) << call;
        answers_lost += is_there && !ok ? 1 : 0;
        if (!struck) break;
    }
    EXPECT_EQ(answers_lost, 1);
}

TEST(AuditTrail, KeepsWhatTheStoreRefusesForLater) {
    World world;
    world.make("ListUsers", {});
    world.endpoint().flush();  // From now on nothing else is put off.
    world.make("ListUsers", {});
    world.make("ListRoles", {});
    for (std::uint64_t call = 1; call <= 3; ++call) {  // Begin, insert, commit.
        world.faults().fail({.first = call, .count = store::Fault::all});
        world.endpoint().flush();
        EXPECT_TRUE(world.faults().has_failed());
        world.faults().mend();
        EXPECT_EQ(world.endpoint().audit_state().waiting, 2U) << call;
        EXPECT_EQ(world.endpoint().audit_state().defect, "unavailable: disk full");
        EXPECT_EQ(kept_events(world).size(), 1U);
    }
    world.endpoint().flush();
    EXPECT_EQ(world.endpoint().audit_state().waiting, 0U);
    EXPECT_EQ(world.endpoint().audit_state().defect, "");
    EXPECT_EQ(kept_events(world).size(), 3U);
}

TEST(AuditTrail, DropsAndCountsWhatFindsNoRoom) {
    World world(with({.waiting_max = 4}));
    const Who bob = world.make_user("bob");
    for (int i = 0; i < 5; ++i) world.make("ListUsers", {});
    EXPECT_EQ(world.endpoint().audit_state().waiting, 3U);  // Reads leave room to denials.
    EXPECT_EQ(world.endpoint().audit_state().dropped, 2U);
    EXPECT_FALSE(world.iam(bob, "ListUsers").ok());
    EXPECT_EQ(world.endpoint().audit_state().waiting, 4U);
    EXPECT_FALSE(world.iam(bob, "ListUsers").ok());
    EXPECT_EQ(world.endpoint().audit_state().waiting, 4U);
    EXPECT_EQ(world.endpoint().audit_state().dropped, 3U);
    world.make("CreateUser", {{"UserName", "eve"}});  // Changes do not wait.
    EXPECT_EQ(kept_events(world, {.action = "CreateUser"}).size(), 2U);
}

TEST(AuditTrail, KeepsWhatIsAskedFor) {
    const auto kept_with = [](audit::Events events) {
        World world(with({.events = events}));
        const Who bob = world.make_user("bob");
        world.make("ListUsers", {});
        EXPECT_FALSE(world.iam(bob, "ListUsers").ok());
        EXPECT_FALSE(world.iam(bob, "DeleteUser", {{"UserName", "bob"}}).ok());
        world.endpoint().flush();
        std::vector<std::string> found = actions(world);
        std::ranges::sort(found);
        return found;
    };
    EXPECT_THAT(kept_with(audit::Events::all),
                ElementsAre("iam:CreateAccessKey", "iam:CreateUser", "iam:DeleteUser", "iam:ListUsers",
                            "iam:ListUsers"));
    EXPECT_THAT(kept_with(audit::Events::write),
                ElementsAre("iam:CreateAccessKey", "iam:CreateUser", "iam:DeleteUser"));
    EXPECT_THAT(kept_with(audit::Events::none), IsEmpty());
}

TEST(AuditTrail, DropsWhatIsTooOldAlsoOfAccountsThatAreQuiet) {
    World world(with({.retention = {.age_max = days(2)}}));
    world.make("CreateUser", {{"UserName", "bob"}});
    EXPECT_TRUE(world.iam(world.other_root(), "ListUsers").ok());
    world.endpoint().flush();
    EXPECT_EQ(kept_events(world).size(), 2U);
    world.clock().advance(days(2));
    world.make("ListRoles", {});
    world.endpoint().flush();
    EXPECT_THAT(actions(world), ElementsAre("iam:ListRoles"));
}

TEST(AuditTrail, HoldsBoundedSpace) {
    World world(with({.retention = {.bytes_max = 40'000}}));
    for (int i = 0; i < 30; ++i) {
        for (int call = 0; call < 10; ++call) world.make("ListUsers", {});
        world.clock().advance(std::chrono::milliseconds(1));
        world.endpoint().flush();
    }
    std::int64_t bytes = 0;
    const auto reader = world.store().read();
    for (const auto& batch : *(*reader)->list<store::AuditBatch>(store::AuditBatch::by_time, {})) {
        bytes += static_cast<std::int64_t>(batch.events.size());
    }
    EXPECT_LE(bytes, 20'000);
    EXPECT_GT(bytes, 10'000);
    EXPECT_LT(kept_events(world).size(), 300U);
}

TEST(AuditTrail, IsWrittenByAThreadUntilItIsStopped) {
    World world;
    {
        std::jthread keeper([&](const std::stop_token& stop) { world.endpoint().keep_audit_trail(stop); });
        for (int i = 0; i < 3'000; ++i) {
            ASSERT_TRUE(world.sts(world.root(), "GetCallerIdentity").ok());
        }
    }
    world.endpoint().flush();
    EXPECT_EQ(kept_events(world).size(), 3'000U);
    EXPECT_EQ(world.endpoint().audit_state().dropped, 0U);
}

}  // namespace
}  // namespace writ::api
