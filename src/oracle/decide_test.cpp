#include <array>
#include <gtest/gtest.h>

#include "oracle/oracle.h"
#include "policy/parse.h"

namespace writ::oracle {
namespace {

constexpr std::string_view A = "111111111111", B = "222222222222";

Documents documents(std::string_view statements) {
    const auto document =
        policy::parse(R"({"Version":"2012-10-17","Statement":[)" + std::string(statements) + "]}");
    EXPECT_TRUE(document) << statements;
    return {*document};
}

std::string allow(std::string_view action, std::string_view principal = "") {
    return R"({"Effect":"Allow","Action":")" + std::string(action) + R"(","Resource":"*")" +
           (principal.empty() ? "" : R"(,"Principal":)" + std::string(principal)) + "}";
}

std::string arn(std::string_view account, std::string_view rest) {
    return R"({"AWS":"arn:aws:)" +
           std::string(rest.starts_with("user/") || rest.starts_with("role/") || rest == "root" ? "iam::"
                                                                                                : "sts::") +
           std::string(account) + ":" + std::string(rest) + R"("})";
}

Caller user(std::string_view account) {
    return {.kind = Kind::user,
            .account = std::string(account),
            .arn = "arn:aws:iam::" + std::string(account) + ":user/bob",
            .id = "AIDABOB"};
}

Caller session(std::string_view account) {
    return {.kind = Kind::role_session,
            .account = std::string(account),
            .arn = "arn:aws:sts::" + std::string(account) + ":assumed-role/R/s",
            .role_arn = "arn:aws:iam::" + std::string(account) + ":role/p/R"};
}

Caller federated(std::string_view account) {
    return {.kind = Kind::federated_user,
            .account = std::string(account),
            .arn = "arn:aws:sts::" + std::string(account) + ":federated-user/f",
            .issuer_arn = "arn:aws:iam::" + std::string(account) + ":user/bob"};
}

struct Case {
    std::string_view id;
    Caller caller;
    PolicySets policies;
    Verdict verdict;
    std::string_view decided_by;
};

// Worked cases of spec 5.5 under their own ids: GetObject on a bucket of account A.
TEST(OracleDecide, AgreesWithWorkedCases) {
    const Documents s3 = documents(allow("s3:*")), ec2 = documents(allow("ec2:*"));
    const std::string deny_all = R"({"Effect":"Deny","Action":"*","Resource":"*"})";
    const auto named = [](std::string_view account, std::string_view rest) {
        return documents(allow("s3:*", arn(account, rest)));
    };
    using enum Verdict;
    const std::vector<Case> cases{
        {"W01", user(A), {}, implicit_deny, "identity"},
        {"W02", user(A), {.identity = s3}, allowed, "identity"},
        {"W03", user(A), {.identity = documents(allow("s3:*") + "," + deny_all)}, explicit_deny, "identity"},
        {"W05", user(A), {.identity = s3, .boundary = ec2}, implicit_deny, "boundary"},
        {"W06", user(A), {.boundary = s3}, implicit_deny, "identity"},
        {"W08", user(A), {.resource = named(A, "user/bob")}, allowed, "resource"},
        {"W09", user(A), {.boundary = ec2, .resource = named(A, "user/bob")}, allowed, "resource"},
        {"W10",
         user(A),
         {.boundary = documents(deny_all), .resource = named(A, "user/bob")},
         explicit_deny,
         "boundary"},
        {"W11", user(A), {.resource = named(A, "root")}, implicit_deny, "identity"},
        {"W14", user(A), {.resource = documents(allow("s3:*", R"("*")"))}, allowed, "resource"},
        {"W17", session(A), {.identity = s3, .session = ec2}, implicit_deny, "session"},
        {"W18", session(A), {.resource = named(A, "role/p/R")}, allowed, "resource"},
        {"W19", session(A), {.boundary = ec2, .resource = named(A, "role/p/R")}, implicit_deny, "boundary"},
        {"W20", session(A), {.session = ec2, .resource = named(A, "role/p/R")}, implicit_deny, "session"},
        {"W21", session(A), {.session = ec2, .resource = named(A, "assumed-role/R/s")}, allowed, "resource"},
        {"W23", session(A), {.resource = named(A, "assumed-role/R/t")}, implicit_deny, "identity"},
        {"W25", federated(A), {.identity = s3}, implicit_deny, "session"},
        {"W26", federated(A), {.identity = s3, .session = s3}, allowed, "identity"},
        {"W27", federated(A), {.session = s3}, implicit_deny, "identity"},
        {"W28", federated(A), {.resource = named(A, "federated-user/f")}, allowed, "resource"},
        {"W29", federated(A), {.resource = named(A, "user/bob")}, implicit_deny, "session"},
        {"W30", federated(A), {.session = s3, .resource = named(A, "user/bob")}, allowed, "resource"},
        {"W31", {.kind = Kind::root, .account = std::string(A)}, {}, allowed, "root"},
        {"W32",
         {.kind = Kind::root, .account = std::string(A)},
         {.scp = {{documents(deny_all)}}},
         explicit_deny,
         "scp"},
        {"W34", user(A), {.identity = s3, .scp = {{s3, ec2}}}, implicit_deny, "scp"},
        {"W40", {}, {.resource = documents(allow("s3:*", R"("*")"))}, allowed, "resource"},
        {"W45", user(B), {.identity = s3}, implicit_deny, "resource"},
        {"W46",
         user(B),
         {.identity = s3, .boundary = ec2, .resource = named(B, "user/bob")},
         implicit_deny,
         "boundary"},
        {"W54", user(A), {.trust = named(A, "root")}, implicit_deny, "identity"},
        {"W55", user(A), {.trust = named(A, "user/bob")}, allowed, "trust"},
        {"W57", user(A), {.identity = s3, .trust = named(A, "user/eve")}, implicit_deny, "trust"},
        {"?16", user(A), {.boundary = ec2, .trust = named(A, "user/bob")}, implicit_deny, "boundary"},
        {"W84", user(B), {.resource = documents(allow("s3:*", R"("*")"))}, implicit_deny, "identity"},
        {"6.2 (4)", user(B), {.resource = named(B, "root")}, implicit_deny, "resource"},
    };
    for (const Case& row : cases) {
        SCOPED_TRACE(row.id);
        const Question question{.caller = row.caller,
                                .action = "s3:GetObject",
                                .resource = "arn:aws:s3:::bk/x",
                                .resource_account = std::string(A)};
        const Answer given = answer(row.policies, question);
        EXPECT_EQ(given.verdict, row.verdict);
        EXPECT_EQ(given.decided_by, row.decided_by);
    }
}

}  // namespace
}  // namespace writ::oracle
