// Every case of every file in this folder, asked of the engine and of the oracle. The rows stand under the
// ids of the specification; expectations come from its text.
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

#include "cases/read.h"
#include "cases/run.h"
#include "oracle_answer.h"

namespace writ::cases {
namespace {

const std::filesystem::path folder = std::filesystem::path(WRIT_SOURCE_DIR) / "tests" / "cases";
constexpr Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

std::vector<std::string> files() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
    std::ranges::sort(names);
    return names;
}

std::vector<Case> read(const std::string& stem) {
    auto cases = read_file(folder / (stem + ".json"));
    if (!cases) throw std::runtime_error(to_string(cases.error()));
    return std::move(*cases);
}

// "t42a ${*} is a literal star" has the id "t42a".
std::string id_of(const Case& question) {
    return question.name.substr(0, question.name.find(' '));
}

std::string_view word_of(oracle::Verdict verdict) {
    return verdict == oracle::Verdict::allowed         ? "allowed"
           : verdict == oracle::Verdict::explicit_deny ? "explicitDeny"
                                                       : "implicitDeny";
}

class CaseFile : public testing::TestWithParam<std::string> {};

TEST_P(CaseFile, HoldsForTheEngine) {
    for (const Case& question : read(GetParam())) {
        ASSERT_TRUE(question.expect && question.expect->decision && question.expect->decided_by)
            << question.name << " expects nothing";
        const Outcome outcome = run(question, now);
        for (const Difference& difference : outcome.differences)
            ADD_FAILURE() << question.name << ": " << difference.member << " is " << difference.actual
                          << ", expected " << difference.expected;
    }
}

TEST_P(CaseFile, HoldsForTheOracle) {
    for (const Case& question : read(GetParam())) {
        const oracle::Answer answer = oracle_answer(question, now);
        EXPECT_EQ(word_of(answer.verdict), engine::name(question.expect->decision.value())) << question.name;
        EXPECT_EQ(answer.decided_by, question.expect->decided_by.value()) << question.name;
    }
}

TEST_P(CaseFile, HasEveryIdOnce) {
    std::set<std::string> ids;
    for (const Case& question : read(GetParam()))
        EXPECT_TRUE(ids.insert(id_of(question)).second) << question.name << " occurs twice";
}

INSTANTIATE_TEST_SUITE_P(Cases, CaseFile, testing::ValuesIn(files()),
                         [](const auto& file) { return file.param; });

// The ids of a file without the letter behind a number ("t42a"), which tells the halves of a row apart.
std::set<std::string> rows_of(const std::string& stem) {
    std::set<std::string> rows;
    for (const Case& question : read(stem)) {
        std::string id = id_of(question);
        while (!id.empty() && std::isdigit(static_cast<unsigned char>(id.back())) == 0) id.pop_back();
        rows.insert(id);
    }
    return rows;
}

TEST(CaseFiles, HoldAllConditionVectorsOfTheSpec) {
    std::set<std::string> wanted;
    for (int i = 1; i <= 45; ++i) wanted.insert("t" + std::to_string(i));
    EXPECT_EQ(rows_of("conditions"), wanted);
}

TEST(CaseFiles, HoldAllWorkedCasesOfTheSpec) {
    std::set<std::string> wanted;
    for (int i = 1; i <= 85; ++i) wanted.insert((i < 10 ? "W0" : "W") + std::to_string(i));
    EXPECT_EQ(rows_of("worked_cases"), wanted);
}

}  // namespace
}  // namespace writ::cases
