#include "cases/principal.h"

#include <gtest/gtest.h>

namespace writ::cases {
namespace {

using engine::PrincipalKind;

struct Row {
    const char* text;
    PrincipalKind kind;
    const char* account;
    const char* role_arn;
};

// Spec 2.4.
TEST(PrincipalOfText, KnowsEveryKindByItsForm) {
    constexpr Row rows[] = {
        {"arn:aws:iam::111122223333:user/path/bob", PrincipalKind::user, "111122223333", ""},
        {"arn:aws:iam::111122223333:root", PrincipalKind::root, "111122223333", ""},
        {"arn:aws:iam::111122223333:role/svc/app", PrincipalKind::role_session, "111122223333",
         "arn:aws:iam::111122223333:role/svc/app"},
        {"arn:aws:sts::111122223333:assumed-role/app/s", PrincipalKind::role_session, "111122223333",
         "arn:aws:iam::111122223333:role/app"},
        {"arn:aws:sts::111122223333:federated-user/eve", PrincipalKind::federated_user, "111122223333", ""},
        {"arn:aws:iam::111122223333:saml-provider/idp", PrincipalKind::federated, "111122223333", ""},
        {"logs.amazonaws.com", PrincipalKind::service, "", ""},
        {"anonymous", PrincipalKind::anonymous, "", ""},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text);
        const auto principal = principal_of_text(row.text);
        ASSERT_TRUE(principal) << principal.error();
        EXPECT_EQ(principal->kind, row.kind);
        EXPECT_EQ(principal->account, row.account);
        EXPECT_EQ(principal->role_arn, row.role_arn);
    }
}

TEST(PrincipalOfText, ARoleIsASessionWithUnknownName) {
    EXPECT_FALSE(principal_of_text("arn:aws:iam::111122223333:role/app")->session_name_known);
    EXPECT_TRUE(principal_of_text("arn:aws:sts::111122223333:assumed-role/app/s")->session_name_known);
}

TEST(PrincipalOfText, RefusesWhatIsNoPrincipal) {
    for (const char* text : {"", "bob", "arn:aws:iam::111122223333:group/g", "arn:aws:iam::aws:policy/X",
                             "arn:aws:iam::1111:user/bob", "arn:aws:sts::111122223333:assumed-role/app",
                             "arn:aws:sts::111122223333:assumed-role/app/a/b", "arn:aws:s3:::bucket",
                             "arn:aws:iam::111122223333:user/"})
        EXPECT_FALSE(principal_of_text(text)) << text;
}

}  // namespace
}  // namespace writ::cases
