#include "cases/write.h"

#include <gtest/gtest.h>

#include "cases/read.h"
#include "cases/run.h"

namespace writ::cases {
namespace {

constexpr const char* file = R"({"cases":[{
  "name": "a \"case\"",
  "principal": {"arn": "arn:aws:sts::111122223333:assumed-role/ops/s", "id": "AROAX",
                "role_arn": "arn:aws:iam::111122223333:role/eng/ops",
                "tags": {"team": "a"}, "session_tags": {"job": "b"}},
  "action": "s3:GetObject",
  "resource": "arn:aws:s3:::b/k",
  "resource_account": "444455556666",
  "context": {"aws:SourceIp": "203.0.113.1", "aws:TagKeys": ["a", "b"], "aws:PrincipalArn": null},
  "time": "2026-11-24T04:23:00Z",
  "policies": {
    "identity": [{"name": "own", "document": {
      "Version": "2012-10-17",
      "Statement": [{"Sid": "One", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}},
      {"name": "Read", "arn": "arn:aws:iam::111122223333:policy/Read", "attached_to": "group devs",
       "document": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}],
    "boundary": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}},
    "session": [],
    "scope_down": [[{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}],
                   [{"Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}]],
    "scp": [[{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}], []]
  }
}]})";

TEST(CasesWrite, KeepEverythingThatWasAsked) {
    const auto read = read_text(file, "first", {});
    ASSERT_TRUE(read) << to_string(read.error());
    const std::string written = to_file(read->front());
    const auto again = read_text(written, "second", {});
    ASSERT_TRUE(again) << to_string(again.error());
    const Case& question = again->front();
    EXPECT_EQ(question.name, "a \"case\"");
    EXPECT_EQ(question.caller.principal.role_arn, "arn:aws:iam::111122223333:role/eng/ops");
    EXPECT_EQ(question.caller.principal.id, "AROAX");
    EXPECT_EQ(question.caller.session_tags, (Tags{{"job", "b"}}));
    EXPECT_EQ(question.resource_account, "444455556666");
    EXPECT_EQ(question.context.size(), 3U);
    EXPECT_TRUE(question.context[1].multivalued);
    EXPECT_TRUE(question.context[2].removed);
    EXPECT_EQ(question.time, parse_iso8601("2026-11-24T04:23:00Z"));
    const PolicyText& own = question.policies.identity.front();
    EXPECT_EQ(own.source.name, "own");
    EXPECT_EQ(own.document->text(), read->front().policies.identity.front().document->text());
    const PolicyText& managed = question.policies.identity.back();
    EXPECT_EQ(managed.source.arn, "arn:aws:iam::111122223333:policy/Read");
    EXPECT_EQ(managed.source.attached_to, "group devs");
    EXPECT_TRUE(question.policies.boundary);
    ASSERT_TRUE(question.policies.session);
    EXPECT_TRUE(question.policies.session->empty());
    ASSERT_TRUE(question.policies.scope_down);
    EXPECT_EQ(question.policies.scope_down->size(), 2U);
    EXPECT_FALSE(question.policies.trust);
    ASSERT_TRUE(question.policies.scp);
    EXPECT_EQ(question.policies.scp->size(), 2U);
    EXPECT_EQ(to_file(question), written);
    const Outcome before = run(read->front(), {});
    EXPECT_EQ(run(question, {}).explanation.message, before.explanation.message);
}

TEST(CasesWrite, KeepEveryKindOfPrincipal) {
    for (
        const char* principal : {
            R"("anonymous")",
            R"({"service":["logs.amazonaws.com","logs.eu-west-1.amazonaws.com"]})",
            R"({"federated":"accounts.google.com"})",
            R"({"federated":"arn:aws:iam::111122223333:saml-provider/corporate"})",
            R"({"arn":"arn:aws:iam::111122223333:root","assumed_root":true})",
            R"({"arn":"arn:aws:iam::111122223333:user/ada","id":"AIDAX","canonical_user_id":"79a5","mfa_age_s":7})",
            R"({"arn":"arn:aws:sts::111122223333:federated-user/bob","issuer_arn":)"
            R"("arn:aws:iam::111122223333:user/ada","issuer_id":"AIDAX","management_account":"111122223333"})",
            R"({"arn":"arn:aws:sts::111122223333:assumed-role/r/s","service_linked":true})",
        }) {
        const auto read = read_text(R"({"cases":[{"name":"n","principal":)" + std::string(principal) +
                                        R"(,"action":"s3:GetObject","resource":"*"}]})",
                                    "first", {});
        ASSERT_TRUE(read) << to_string(read.error());
        const auto again = read_text(to_file(read->front()), "second", {});
        ASSERT_TRUE(again) << to_string(again.error());
        const Caller& before = read->front().caller;
        const Caller& after = again->front().caller;
        EXPECT_EQ(after.principal.kind, before.principal.kind) << principal;
        EXPECT_EQ(after.principal.arn, before.principal.arn) << principal;
        EXPECT_EQ(after.principal.role_arn, before.principal.role_arn) << principal;
        EXPECT_EQ(after.principal.id, before.principal.id) << principal;
        EXPECT_EQ(after.principal.issuer_arn, before.principal.issuer_arn) << principal;
        EXPECT_EQ(after.principal.issuer_id, before.principal.issuer_id) << principal;
        EXPECT_EQ(after.principal.canonical_user_id, before.principal.canonical_user_id) << principal;
        EXPECT_EQ(after.principal.service_names, before.principal.service_names) << principal;
        EXPECT_EQ(after.principal.service_linked, before.principal.service_linked) << principal;
        EXPECT_EQ(after.principal.assumed_root, before.principal.assumed_root) << principal;
        EXPECT_EQ(after.principal.management_account, before.principal.management_account) << principal;
        EXPECT_EQ(after.mfa_age, before.mfa_age) << principal;
        EXPECT_EQ(after.management_account, before.management_account) << principal;
    }
}

TEST(CasesWrite, NamedDocumentsHaveNoOtherMembers) {
    const auto wrong = read_text(
        R"({"cases":[{"name":"n","principal":"anonymous","action":"s3:GetObject","resource":"*","policies":)"
        R"({"identity":[{"named":"x","document":{}}]}}]})",
        "f", {});
    ASSERT_FALSE(wrong);
    EXPECT_NE(wrong.error().message.find("unknown member \"named\""), std::string::npos);
}

}  // namespace
}  // namespace writ::cases
