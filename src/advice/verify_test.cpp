#include "advice/verify.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "advice/internal/neighbours.h"
#include "advice/internal/uses_for_tests.h"
#include "reference/authorization.h"

namespace writ::advice {
namespace {

using Uses = std::vector<directory::RecordedUse>;

engine::Principal function_role() {
    engine::Principal principal;
    principal.kind = engine::PrincipalKind::role_session;
    principal.account = "123456789012";
    principal.arn = "arn:aws:sts::123456789012:assumed-role/function/s";
    principal.role_arn = "arn:aws:iam::123456789012:role/function";
    return principal;
}

Uses everything() {
    const std::string orders = std::string(tables) + "orders";
    Uses uses{use("dynamodb:GetItem", orders, {many("dynamodb:LeadingKeys", {"a"})}),
              use("dynamodb:GetItem", orders, {many("dynamodb:LeadingKeys", {"b"})}),
              use("dynamodb:PutItem", orders),
              use("dynamodb:ListTables", "*", {one("aws:RequestedRegion", "us-east-1")}),
              use("s3:ListBucket", "arn:aws:s3:::docs", {one("s3:prefix", "in/")})};
    for (int i = 0; i < 20; ++i)
        uses.push_back(use("s3:GetObject", "arn:aws:s3:::docs/in/" + std::to_string(i)));
    return uses;
}

TEST(VerifyPolicy, HoldsForWhatWasGenerated) {
    const Uses uses = everything();
    const engine::Principal role = function_role();
    const Verification done = verify_policy(generate_policy(uses), uses, role);
    EXPECT_TRUE(done.holds());
    EXPECT_EQ(done.replayed.questions, uses.size());
    // All actions of the service, on one table and on none, but for the recorded pairs; and of S3.
    const std::size_t actions = reference::find_service("dynamodb")->actions.size();
    EXPECT_GT(done.actions.questions, 2 * actions);
    EXPECT_GT(done.neighbours.questions, 0U);
    EXPECT_GT(done.conditions.questions, 0U);
    EXPECT_GT(done.within_templates, 0U);
}

TEST(VerifyPolicy, FindsAUseThatIsDenied) {
    Uses uses = everything();
    const engine::Principal role = function_role();
    const GeneratedPolicy policy = generate_policy(uses);
    uses.push_back(use("dynamodb:DeleteItem", std::string(tables) + "orders"));
    const Verification done = verify_policy(policy, uses, role);
    EXPECT_FALSE(done.holds());
    EXPECT_EQ(done.replayed.wrong, 1U);
    EXPECT_EQ(done.replayed.examples,
              std::vector<std::string>{"dynamodb:DeleteItem on " + std::string(tables) + "orders"});
}

TEST(VerifyPolicy, FindsWhatIsTooWide) {
    const Uses uses = everything();
    const engine::Principal role = function_role();
    struct Row {
        std::string_view statement;
        Asked Verification::* found;
    };
    const std::string orders = std::string(tables) + "orders";
    for (const auto& [statement, found] : {
             Row{R"("Action":"dynamodb:*","Resource":")", &Verification::actions},
             Row{R"("Action":"dynamodb:PutItem","Resource":"*","X":")", &Verification::neighbours},
             Row{R"("Action":"s3:ListBucket","Resource":"arn:aws:s3:::docs","X":")",
                 &Verification::conditions},
         }) {
        GeneratedPolicy policy = generate_policy(uses);
        std::string text =
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",)" + std::string(statement);
        const std::size_t rest = text.find(R"(,"X":)");
        text = rest == std::string::npos ? text + orders + "\"}}" : text.substr(0, rest) + "}}";
        policy.documents.push_back(text);
        const Verification done = verify_policy(policy, uses, role);
        EXPECT_FALSE(done.holds()) << text;
        EXPECT_GT((done.*found).wrong, 0U) << text;
        EXPECT_EQ(done.replayed.wrong, 0U) << text;
    }
}

TEST(VerifyPolicy, ADocumentThatCannotBeReadGrantsNothing) {
    const Uses uses = everything();
    const engine::Principal role = function_role();
    GeneratedPolicy policy = generate_policy(uses);
    policy.documents = {"{"};
    EXPECT_EQ(verify_policy(policy, uses, role).replayed.wrong, uses.size());
}

TEST(Neighbours, LieBesideAResourceInEachOfItsNames) {
    const auto beside = internal::neighbours_of("arn:aws:dynamodb:us-east-1:123456789012:table/a/index/i");
    for (const std::string_view expected : {
             "arn:aws:dynamodb:us-east-1:123456789012:table/a/index/ix",
             "arn:aws:dynamodb:us-east-1:123456789012:table/writ-neighbour/index/i",
             "arn:aws:dynamodb:us-east-1:123456789012:table/a/index/writ-neighbour",
             "arn:aws:dynamodb:us-east-1:999999999999:table/a/index/i",
         }) {
        EXPECT_NE(std::ranges::find(beside, expected), beside.end()) << expected;
    }
    EXPECT_EQ(internal::neighbours_of("*"), std::vector<std::string>{});
    const auto objects = internal::neighbours_of("arn:aws:s3:::docs/a");
    EXPECT_NE(std::ranges::find(objects, "arn:aws:s3:::writ-neighbour/a"), objects.end());
}

}  // namespace
}  // namespace writ::advice
