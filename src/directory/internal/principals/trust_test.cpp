#include "directory/internal/principals/trust.h"

#include "directory/internal/testing_policies.h"
#include "policy/parse.h"

namespace writ::directory {
namespace {

class Trust : public PolicyTest {
  protected:
    Result<std::string> stored(const std::string& text) {
        const auto document = policy::parse(text, {.type = policy::PolicyType::trust});
        return view([&](const AccountView& account) {
            return with_unique_ids(account.records, environment_, **document);
        });
    }
    std::string shown(const std::string& text) {
        return view([&](const AccountView& account) {
                   return with_arns(account.records, environment_, text, account.account_id);
               })
            .value();
    }
    void remove_user(const char* name) {
        ASSERT_TRUE(edit([&](AccountEdit& account) { return delete_user(account, name); }));
    }
};

/// A trust policy with these AWS principals, written with blanks and escapes to be kept.
std::string trusting(const std::string& principals) {
    return R"(  { "Statement" : [ {"Effect":"Allow", "Action":"sts:Assume\u0052ole",)"
           "\n\t\"Principal\": {\"Service\":\"ec2.amazonaws.com\", \"AWS\": " +
           principals + R"( } , "Condition" : {} } ] , "Version":"2012-10-17" } )";
}

Error invalid(const std::string& principal) {
    return {"MalformedPolicyDocument", 400, "Invalid principal in policy: \"AWS\":\"" + principal + "\""};
}

TEST_F(Trust, KeepsIdsInPlaceOfArnsAndEveryOtherByte) {  // P3
    const User user = make_user("ada", "/eng/");
    const Role role = make_role("ops");
    const std::string arns = "[ \"" + user.arn + "\" , \"" + role.arn + "\" ]";
    const std::string ids = "[ \"" + user.user_id + "\" , \"" + role.role_id + "\" ]";
    EXPECT_EQ(stored(trusting(arns)).value(), trusting(ids));
    EXPECT_EQ(shown(trusting(ids)), trusting(arns));
}

TEST_F(Trust, RewritesEveryStatement) {
    const User user = make_user("ada");
    const auto two = [](const std::string& principal) {
        const std::string statement =
            R"({"Effect":"Deny","Action":"sts:*","Principal":{"AWS":")" + principal + "\"}}";
        return R"({"Statement":[)" + statement + "," + statement + "]}";
    };
    EXPECT_EQ(stored(two(user.arn)).value(), two(user.user_id));
}

TEST_F(Trust, ShowsTheNewArnOfWhoWasRenamed) {  // B4, P3
    const User user = make_user("ada");
    const std::string text = stored(trusting('"' + user.arn + '"')).value();
    ASSERT_TRUE(edit([](AccountEdit& account) {
        return update_user(account, "ada", {.name = "grace", .path = "/navy/"});
    }));
    EXPECT_EQ(shown(text), trusting("\"arn:aws:iam::111122223333:user/navy/grace\""));
}

TEST_F(Trust, ShowsTheBareIdOfWhoIsGone) {  // P3
    const User user = make_user("ada");
    const std::string text = stored(trusting('"' + user.arn + '"')).value();
    remove_user("ada");
    EXPECT_EQ(shown(text), trusting('"' + user.user_id + '"'));
    make_user("ada");  // Somebody else of the same name.
    EXPECT_EQ(shown(text), trusting('"' + user.user_id + '"'));
}

TEST_F(Trust, RefusesWhoDoesNotExist) {  // 1.5 step 9
    for (const std::string principal :
         {"arn:aws:iam::111122223333:user/nobody", "arn:aws:iam::111122223333:role/nobody",
          "arn:aws:iam::444455556666:user/nobody"}) {
        expect_error(stored(trusting('"' + principal + '"')), invalid(principal));
    }
}

TEST_F(Trust, ComparesTheWholeArnWithCase) {  // 2.4
    make_user("ada", "/eng/");
    for (const std::string principal :
         {"arn:aws:iam::111122223333:user/ada", "arn:aws:iam::111122223333:user/eng/Ada",
          "arn:aws:iam::111122223333:role/eng/ada", "arn:aws-cn:iam::111122223333:user/eng/ada"}) {
        expect_error(stored(trusting('"' + principal + '"')), invalid(principal));
    }
}

TEST_F(Trust, RefusesTheIdOfWhoIsGone) {  // P3: the policy must be saved again with an ARN.
    const User user = make_user("ada");
    EXPECT_TRUE(stored(trusting('"' + user.user_id + '"')));
    remove_user("ada");
    expect_error(stored(trusting('"' + user.user_id + '"')), invalid(user.user_id));
}

TEST_F(Trust, FindsEntitiesOfOtherAccountsOfTheStore) {
    const auto other =
        edit([](AccountEdit& account) { return create_user(account, {.name = "bob"}); }, other_account_id);
    const std::string arn = "\"arn:aws:iam::444455556666:user/bob\"";
    const std::string text = stored(trusting(arn)).value();
    EXPECT_EQ(text, trusting('"' + other->user_id + '"'));
    EXPECT_EQ(shown(text), trusting(arn));
}

TEST_F(Trust, LeavesWhatHasNoIdOrIsNotOurs) {  // P4
    for (const char* principal :
         {R"("*")", R"("111122223333")", R"("arn:aws:iam::111122223333:root")",
          R"("arn:aws:sts::111122223333:assumed-role/nobody/session")",
          R"("arn:aws:sts::111122223333:federated-user/nobody")", R"("arn:aws:iam::999988887777:user/far")",
          R"("arn:aws:iam::999988887777:role/far")", R"("AIDAIOLDFORMOFANIDABC")"}) {
        EXPECT_EQ(stored(trusting(principal)).value(), trusting(principal));
        EXPECT_EQ(shown(trusting(principal)), trusting(principal));
    }
}

TEST_F(Trust, EscapesPathsWithQuotes) {  // B1
    const User user = make_user("ada", "/a\"b\\/");
    const std::string text = stored(trusting(R"("arn:aws:iam::111122223333:user/a\"b\\/ada")")).value();
    EXPECT_EQ(text, trusting('"' + user.user_id + '"'));
    EXPECT_EQ(shown(text), trusting(R"("arn:aws:iam::111122223333:user/a\"b\\/ada")"));
}

}  // namespace
}  // namespace writ::directory
