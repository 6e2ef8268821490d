#include "api/perform.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

TEST(Perform, AnswersServiceFailureAndTellsOnlyTheOperatorWhy) {
    World world;
    world.store().failing_writes = 1;
    const Reply failed = world.iam(world.root(), "CreateUser", {{"UserName", "ada"}});
    EXPECT_EQ(failed.status(), 500);
    EXPECT_EQ(failed.code(), "ServiceFailure");
    EXPECT_EQ(failed.text("Error/Type"), "Receiver");
    EXPECT_EQ(failed.body().find("disk full"), std::string::npos);
    EXPECT_NE(failed.answer.record.defect.find("disk full"), std::string::npos);
    EXPECT_EQ(world.iam(world.root(), "CreateUser", {{"UserName", "ada"}}).summary(), "200");

    world.store().fail_reads = true;
    const Reply unread = world.iam(world.root(), "ListUsers");
    EXPECT_EQ(unread.code(), "ServiceFailure");
    EXPECT_NE(unread.answer.record.defect.find("disk gone"), std::string::npos);
}

TEST(Perform, BeginsAnewWhenSomebodyWasFaster) {
    World world;
    world.store().failing_writes = 3;
    world.store().write_failure = store::FailureKind::retry;
    const Reply made = world.iam(world.root(), "CreateUser", {{"UserName", "ada"}});
    EXPECT_EQ(made.summary(), "200");
    EXPECT_EQ(made.answer.record.defect, "");
    world.store().failing_writes = 1000;
    EXPECT_EQ(world.iam(world.root(), "CreateUser", {{"UserName", "bea"}}).code(), "ConcurrentModification");
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
