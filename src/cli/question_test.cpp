#include "cli/question.h"

#include <gtest/gtest.h>

namespace writ::cli {
namespace {

constexpr const char* full_access =
    "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess";

QuestionWords question() {
    QuestionWords words;
    words.principal = "arn:aws:iam::111122223333:user/bob";
    words.actions = {"s3:GetObject"};
    return words;
}

TEST(Question, AsksForEveryActionOnEveryResource) {
    QuestionWords words = question();
    words.actions = {"s3:GetObject", "s3:PutObject"};
    words.resources = {"arn:aws:s3:::a", "arn:aws:s3:::b"};
    const auto cases = cases_of(words);
    ASSERT_TRUE(cases) << cases.error();
    ASSERT_EQ(cases->size(), 4U);
    EXPECT_EQ((*cases)[1].name, "s3:GetObject on arn:aws:s3:::b");
    EXPECT_EQ((*cases)[3].action, "s3:PutObject");
    EXPECT_EQ((*cases)[3].caller.principal.account, "111122223333");
}

TEST(Question, WithoutResourceMeansTheStar) {
    const auto cases = cases_of(question());
    ASSERT_TRUE(cases) << cases.error();
    EXPECT_EQ(cases->front().resource, "*");
    EXPECT_FALSE(cases->front().policies.scp);
    EXPECT_FALSE(cases->front().policies.session);
}

TEST(Question, ContextValuesAreScalarsOrLists) {
    QuestionWords words = question();
    words.context = {"aws:SourceIp=203.0.113.9", "aws:TagKeys=[a,b]", "aws:CalledVia=[]", "k=a=b", "e="};
    const auto cases = cases_of(words);
    ASSERT_TRUE(cases) << cases.error();
    const auto& context = cases->front().context;
    ASSERT_EQ(context.size(), 5U);
    EXPECT_FALSE(context[0].multivalued);
    EXPECT_EQ(context[1].values, (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(context[1].multivalued);
    EXPECT_TRUE(context[2].multivalued);
    EXPECT_TRUE(context[2].values.empty());
    EXPECT_EQ(context[3].values, (std::vector<std::string>{"a=b"}));
    EXPECT_EQ(context[4].values, (std::vector<std::string>{""}));
}

TEST(Question, LevelsAreNumberedOrInTurn) {
    QuestionWords words = question();
    words.scp = {full_access, full_access};
    auto cases = cases_of(words);
    ASSERT_TRUE(cases) << cases.error();
    EXPECT_EQ(cases->front().policies.scp->size(), 2U);

    words.scp = {std::string("0:") + full_access, std::string("1:") + full_access,
                 std::string("1:") + full_access};
    cases = cases_of(words);
    ASSERT_TRUE(cases) << cases.error();
    ASSERT_EQ(cases->front().policies.scp->size(), 2U);
    EXPECT_EQ(cases->front().policies.scp->at(1).size(), 2U);
}

struct Wrong {
    const char* what;
    void (*spoil)(QuestionWords&);
    const char* message;
};

TEST(Question, SaysWhatIsWrong) {
    constexpr Wrong rows[] = {
        {"nobody asks", [](QuestionWords& w) { w.principal.clear(); }, "--principal"},
        {"no principal", [](QuestionWords& w) { w.principal = "bob"; }, "is no principal"},
        {"a pattern", [](QuestionWords& w) { w.actions = {"s3:*"}; }, "wants one action"},
        {"no service", [](QuestionWords& w) { w.actions = {"GetObject"}; }, "wants one action"},
        {"no pair", [](QuestionWords& w) { w.tags = {"team"}; }, "--tag wants KEY=VALUE"},
        {"no key", [](QuestionWords& w) { w.context = {"=x"}; }, "--context wants KEY=VALUE"},
        {"twice", [](QuestionWords& w) { w.context = {"a=1", "a=2"}; }, "names a twice"},
        {"no date", [](QuestionWords& w) { w.time = "noon"; }, "ISO 8601"},
        {"no file", [](QuestionWords& w) { w.boundary = "/nowhere/x.json"; }, "--boundary: cannot read"},
        {"a gap", [](QuestionWords& w) { w.scp = {std::string("2:") + full_access}; }, "level 0"},
        {"too deep", [](QuestionWords& w) { w.rcp = {std::string("99:") + full_access}; }, "fewer levels"},
        {"no cases",
         [](QuestionWords& w) {
             w = QuestionWords();
             w.cases_file = "/nowhere/c.json";
         },
         "cannot read"},
        {"both", [](QuestionWords& w) { w.cases_file = "c.json"; }, "no other question options"},
    };
    for (const Wrong& row : rows) {
        SCOPED_TRACE(row.what);
        QuestionWords words = question();
        row.spoil(words);
        const auto cases = cases_of(words);
        ASSERT_FALSE(cases);
        EXPECT_NE(cases.error().find(row.message), std::string::npos) << cases.error();
    }
}

}  // namespace
}  // namespace writ::cli
