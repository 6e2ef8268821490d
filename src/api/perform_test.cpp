#include "api/perform.h"

#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

using store::FailureKind;
using store::Fault;
using testing::HasSubstr;

const Parameters ada{{"UserName", "ada"}};

TEST(Perform, AnswersServiceFailureAndTellsOnlyTheOperatorWhy) {
    for (const std::uint64_t call : {1U, 2U, 3U, 5U}) {  // Outside and inside of the transaction.
        World world;
        world.make("ListUsers", {});  // From now on the caller is known.
        world.faults().fail({.first = call});
        const Reply failed = world.iam(world.root(), "CreateUser", ada);
        EXPECT_EQ(failed.status(), 500) << call;
        EXPECT_EQ(failed.code(), "ServiceFailure");
        EXPECT_EQ(failed.text("Error/Type"), "Receiver");
        EXPECT_THAT(failed.body(), Not(HasSubstr("disk full")));
        EXPECT_EQ(failed.answer.record.defect, "unavailable: disk full");
        EXPECT_EQ(world.iam(world.root(), "CreateUser", ada).summary(), "200");
    }
}

TEST(Perform, TellsTheOperatorWhyNobodyWasRecognised) {
    World world;
    world.faults().fail({.first = 2, .kind = FailureKind::corrupt});
    const Reply failed = world.iam(world.root(), "ListUsers");
    EXPECT_EQ(failed.code(), "ServiceFailure");
    EXPECT_EQ(failed.answer.record.defect, "the caller could not be looked up: corrupt: disk full");
}

TEST(Perform, BeginsAnewWhenSomebodyWasFaster) {
    for (const std::uint64_t call : {1U, 2U, 3U, 4U, 5U, 6U}) {
        World world;
        world.make("ListUsers", {});
        world.faults().fail({.first = call, .count = 3, .kind = FailureKind::retry});
        const Reply made = world.iam(world.root(), "CreateUser", ada);
        EXPECT_TRUE(world.faults().has_failed());
        EXPECT_EQ(made.summary(), "200");
        EXPECT_EQ(made.answer.record.defect, "");
        EXPECT_THAT(world.make("ListUsers", {}).texts("Users/member/UserName"), testing::ElementsAre("ada"));
    }
}

TEST(Perform, GivesUpWhenSomebodyIsAlwaysFaster) {
    World world;
    world.make("ListUsers", {});
    world.faults().fail({.first = 4, .count = Fault::all, .kind = FailureKind::retry});
    const Reply refused = world.iam(world.root(), "CreateUser", ada);
    EXPECT_EQ(refused.status(), 409);
    EXPECT_EQ(refused.code(), "ConcurrentModification");
    EXPECT_EQ(refused.answer.record.defect, "retry: disk full");
}

// Between authorizing and writing, the user loses the tag that the permission hangs on.
TEST(Perform, WritesOnlyWhatWasAuthorized) {
    World world;
    const Who bob = world.make_user(
        "bob",
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:DeleteUser","Resource":"*",)"
        R"("Condition":{"StringEquals":{"aws:ResourceTag/team":"red"}}}})");
    const Parameters tags{{"UserName", "ada"}, {"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "red"}};
    world.make("CreateUser", tags);
    world.store().before_write = [&] {
        world.make("UntagUser", {{"UserName", "ada"}, {"TagKeys.member.1", "team"}});
    };
    EXPECT_EQ(world.iam(bob, "DeleteUser", {{"UserName", "ada"}}).code(), "AccessDenied");
    world.make("TagUser", tags);
    EXPECT_EQ(world.iam(bob, "DeleteUser", {{"UserName", "ada"}}).summary(), "200");
}

TEST(Perform, ServesManyThreadsAtOnce) {
    World world;
    constexpr int threads = 4;
    constexpr int users = 10;
    std::vector<std::thread> workers;
    std::atomic<int> succeeded = 0;
    for (int thread = 0; thread < threads; ++thread) {
        workers.emplace_back([&world, &succeeded, thread] {
            for (int user = 0; user < users; ++user) {
                const std::string name = "u" + std::to_string(thread) + "-" + std::to_string(user);
                if (world.iam(world.root(), "CreateUser", {{"UserName", name}}).ok()) ++succeeded;
                if (world.iam(world.root(), "GetUser", {{"UserName", name}}).ok()) ++succeeded;
            }
        });
    }
    for (std::thread& worker : workers) worker.join();
    EXPECT_EQ(succeeded, 2 * threads * users);
    EXPECT_EQ(world.make("ListUsers", {}).texts("Users/member").size(), std::size_t{threads * users});
}

}  // namespace
}  // namespace writ::api
