// decide() allocates nothing, whatever is asked: every policy case of the repository, and the first decision
// of a process under RCPs, which looks at tables that are unpacked on demand.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cases/read.h"
#include "cases/run.h"
#include "counting_new.h"
#include "engine/decide.h"

namespace writ {
namespace {

constexpr Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

std::size_t allocations_of_decide(const engine::Policies& policies, const engine::Request& request) {
    const std::size_t before = allocation_count();
    const engine::Decision decision = engine::decide(policies, request);
    const std::size_t after = allocation_count();
    EXPECT_LE(decision.verdict, engine::Verdict::implicit_deny);
    return after - before;
}

std::vector<cases::Case> every_case() {
    const std::filesystem::path folder = std::filesystem::path(WRIT_SOURCE_DIR) / "tests" / "cases";
    std::vector<cases::Case> all;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        auto read = cases::read_file(entry.path());
        if (!read) throw std::runtime_error(to_string(read.error()));
        for (cases::Case& question : *read) all.push_back(std::move(question));
    }
    return all;
}

TEST(Allocations, AreCounted) {
    const std::size_t before = allocation_count();
    const std::string text(100, 'x');
    EXPECT_EQ(allocation_count(), before + 1) << text;
}

TEST(Allocations, NoneToDecideAnyCase) {
    const std::vector<cases::Case> questions = every_case();
    EXPECT_GT(questions.size(), 200U);
    for (const cases::Case& question : questions) {
        const cases::Prepared prepared(question, now);
        EXPECT_EQ(allocations_of_decide(prepared.policies(), prepared.request()), 0U) << question.name;
    }
}

// Of the first decision in a process.
bool decides_under_rcps_without_allocating(std::string_view levels) {
    const std::string text =
        R"({"cases": [{"name": "first", "principal": "arn:aws:iam::111122223333:user/bob", "action": "s3:GetObject",
             "resource": "arn:aws:s3:::orders/1", "policies": {"rcp": )" +
        std::string(levels) + "}}]}";
    const auto questions = cases::read_text(text, "first", {});
    if (!questions) std::_Exit(2);
    const cases::Prepared prepared(questions->front(), now);
    return allocations_of_decide(prepared.policies(), prepared.request()) == 0;
}

TEST(Allocations, NoneToDecideUnderRcpsForTheFirstTime) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");  // Starts the program anew, so that nothing is unpacked.
    const auto holds_for = [](std::string_view levels) {
        std::_Exit(decides_under_rcps_without_allocating(levels) ? 0 : 1);
    };
    const testing::ExitedWithCode success(0);
    EXPECT_EXIT(
        holds_for(
            R"([[{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}]])"),
        success, "");
    EXPECT_EXIT(holds_for("[[]]"), success, "");
}

}  // namespace
}  // namespace writ
