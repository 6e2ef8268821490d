#include "cases/read.h"

#include <gtest/gtest.h>

namespace writ::cases {
namespace {

constexpr std::string_view minimal =
    R"({"cases": [{"name": "n", "principal": "arn:aws:iam::111122223333:user/bob", "action": "s3:GetObject",
 "resource": "*")";

// A file of one case with more members; the first of them stands on line 3, column 1.
std::string with(std::string_view members) {
    std::string text(minimal);
    if (!members.empty()) text.append(",\n").append(members);
    return text + "}]}";
}

std::expected<std::vector<Case>, Defect> read(const std::string& text) {
    return read_text(text, "c.json", "/nowhere");
}

TEST(ReadCases, AnAbsentListIsNotAnEmptyOne) {
    const auto none = read(with(""));
    ASSERT_TRUE(none) << to_string(none.error());
    EXPECT_FALSE(none->front().policies.session);
    EXPECT_FALSE(none->front().policies.scp);
    EXPECT_FALSE(none->front().expect);
    EXPECT_FALSE(none->front().time);

    const auto empty = read(with(R"("policies": {"session": [], "scp": [[], []], "boundary": null})"));
    ASSERT_TRUE(empty) << to_string(empty.error());
    EXPECT_TRUE(empty->front().policies.session->empty());
    EXPECT_EQ(empty->front().policies.scp->size(), 2U);
    EXPECT_FALSE(empty->front().policies.boundary);
}

TEST(ReadCases, ContextTellsScalarsListsAndRemovals) {
    const auto cases = read(with(R"("context": {"a": "x", "b": [], "c": ["y", 2], "d": null, "e": true})"));
    ASSERT_TRUE(cases) << to_string(cases.error());
    const auto& context = cases->front().context;
    ASSERT_EQ(context.size(), 5U);
    EXPECT_FALSE(context[0].multivalued);
    EXPECT_TRUE(context[1].multivalued);
    EXPECT_EQ(context[2].values, (std::vector<std::string>{"y", "2"}));
    EXPECT_TRUE(context[3].removed);
    EXPECT_EQ(context[4].values, (std::vector<std::string>{"true"}));
}

TEST(ReadCases, PlacesInADocumentAreThoseOfTheFile) {
    const auto cases = read(with(R"("policies": {"identity": [
  {"Statement":
     {"Effect": "Allow", "Action": "*", "Resource": "*"}}]})"));
    ASSERT_TRUE(cases) << to_string(cases.error());
    const PolicyText& policy = cases->front().policies.identity.front();
    EXPECT_EQ(policy.source.name, "0");
    const policy::Position at = in_file(policy, policy.document->statements().front().span.begin);
    EXPECT_EQ(at.line, 5U);
    EXPECT_EQ(at.column, 6U);
}

TEST(ReadCases, BuiltInPoliciesHaveTheLinesThatPeopleSee) {
    const auto cases =
        read(with(R"("policies": {"identity": ["arn:aws:iam::aws:policy/AdministratorAccess"]})"));
    ASSERT_TRUE(cases) << to_string(cases.error());
    const PolicyText& policy = cases->front().policies.identity.front();
    EXPECT_EQ(policy.source.arn, "arn:aws:iam::aws:policy/AdministratorAccess");
    EXPECT_GT(policy.document->statements().front().span.begin.line, 1U);
}

struct Row {
    const char* members;
    std::uint32_t line;
    const char* message;
};

TEST(ReadCases, SaysWhatIsWrongAndWhere) {
    constexpr Row rows[] = {
        {R"("colour": 1)", 3, "colour"},
        {R"("action": "s3:PutObject")", 3, "action"},
        {R"("time": "noon")", 3, "ISO 8601"},
        {R"("resource_tags": [])", 3, "resource_tags"},
        {R"("context": {"k": {}})", 3, "scalar"},
        {R"("expect": {"decision": "yes"})", 3, "decision must be one of"},
        {R"("expect": {"because": "x"})", 3, "because"},
        {R"("policies": {"identity": "read.json"})", 3, "identity"},
        {R"("policies": {"identity": ["missing.json"]})", 3, "cannot read"},
        {R"("policies": {"identity": ["arn:aws:iam::aws:policy/NoSuch"]})", 3, "no built-in managed policy"},
        {R"("policies": {
 "boundary": {"Statement": 7}})",
         4, ""},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.members);
        const auto cases = read(with(row.members));
        ASSERT_FALSE(cases);
        EXPECT_EQ(cases.error().file, "c.json");
        EXPECT_EQ(cases.error().at.line, row.line);
        EXPECT_NE(cases.error().message.find(row.message), std::string::npos) << cases.error().message;
    }
}

TEST(ReadCases, RefusesWhatIsNoCasesFile) {
    for (const char* text : {"", "[]", "{}", R"({"cases": 1})", R"({"cases": [1]})", R"({"cases": [{}]})",
                             R"({"cases": [], "more": 1})", "{\"cases\": [}"})
        EXPECT_FALSE(read(text)) << text;
    EXPECT_TRUE(read(R"({"cases": []})"));
}

}  // namespace
}  // namespace writ::cases
