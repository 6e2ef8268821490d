// What explain() promises for every question: the decision of decide(), and for an implicit denial statements
// that lift it once they are put where they say, none of them needless.
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>

#include "bundle.h"
#include "cases/read.h"
#include "cases/run.h"
#include "cases/write.h"
#include "engine/internal/explanation/mended.h"

namespace writ::cases {
namespace {

using engine::Remedy;
using engine::testing::Mended;

constexpr Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

bool is_lifted(const Prepared& prepared, const std::vector<Remedy>& remedies, const Remedy* left_out) {
    const Mended mended(prepared.policies(), remedies, left_out);
    return engine::decide(mended.policies(), prepared.request()).allowed();
}

// A denial that no policy can lift (spec E12, E13) has one remedy without statement.
bool is_hopeless(const std::vector<Remedy>& remedies) {
    return remedies.size() == 1 && remedies.front().statement.empty() && !remedies.front().note.empty();
}

void check(const Case& question) {
    const Prepared prepared(question, now);
    const engine::Explanation explanation = engine::explain(prepared.policies(), prepared.request());
    const auto& remedies = explanation.remedies;
    EXPECT_EQ(explanation.decision, engine::decide(prepared.policies(), prepared.request()));
    EXPECT_EQ(explanation.decision.allowed(), remedies.empty());
    EXPECT_EQ(explanation.decision.allowed(), explanation.message.empty());
    if (explanation.decision.verdict == engine::Verdict::explicit_deny) {
        EXPECT_TRUE(remedies.front().statement.empty());
        EXPECT_FALSE(remedies.front().note.empty());
    }
    if (explanation.decision.verdict != engine::Verdict::implicit_deny || is_hopeless(remedies)) return;
    EXPECT_TRUE(is_lifted(prepared, remedies, nullptr)) << remedies.front().statement;
    for (const Remedy& remedy : remedies)
        EXPECT_FALSE(is_lifted(prepared, remedies, &remedy)) << "needless: " << remedy.where;
}

TEST(RemediesOnCases, LiftTheImplicitDenialsOfEveryCaseFile) {
    const auto folder = std::filesystem::path(WRIT_SOURCE_DIR) / "tests" / "cases";
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        ++files;
        const auto cases = read_file(entry.path());
        ASSERT_TRUE(cases.has_value()) << to_string(cases.error());
        for (const Case& question : *cases) {
            SCOPED_TRACE(question.name);
            check(question);
        }
    }
    EXPECT_GE(files, 2U);
}

TEST(RemediesOnCases, LiftRandomImplicitDenials) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        differential::Choices choices(seed);
        const differential::Bundle bundle(choices);
        for (int i = 0; i < 100; ++i) {
            const Case question = bundle.case_of(bundle.select(choices));
            check(question);
            ASSERT_FALSE(testing::Test::HasFailure()) << cases::to_file(question);
        }
    }
}

}  // namespace
}  // namespace writ::cases
