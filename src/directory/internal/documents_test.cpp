#include "directory/internal/documents.h"

#include "directory/internal/testing_policies.h"

namespace writ::directory {
namespace {

class Documents : public PolicyTest {
  protected:
    Result<CheckedDocument> managed(std::string_view text) {
        return check_managed_document(environment_, text);
    }
    Result<CheckedDocument> inlined(std::string_view text) {
        return check_inline_document(environment_, text);
    }
    Result<CheckedDocument> trust(std::string_view text) { return check_trust_document(environment_, text); }
};

Error malformed(std::string message) {
    return {"MalformedPolicyDocument", 400, std::move(message)};
}

TEST_F(Documents, ReportTheFirstDefectInTheWordsOfAws) {
    expect_error(inlined("{"), malformed("Syntax errors in policy."));
    expect_error(inlined(R"({"Statement":[]})"), malformed("Syntax errors in policy."));
    expect_error(
        inlined(R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}})"),
        malformed("Policy document should not specify a principal."));
    expect_error(inlined(R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"bucket"}})"),
                 malformed("Resource bucket must be in ARN format or \"*\"."));
}

TEST_F(Documents, NeedTheNewVersionInManagedPoliciesOnly) {  // V2, ?2
    const std::string old = R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})";
    expect_error(managed(old), malformed("Policy document must be version 2012-10-17 or greater."));
    EXPECT_TRUE(inlined(old));
    EXPECT_TRUE(trust(R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}})"));
}

TEST_F(Documents, NameTheRulesOfTrustPolicies) {  // T2, T3, ?27
    expect_error(trust("no json"), malformed("This policy contains invalid Json"));
    expect_error(trust(R"({"Statement":{"Effect":"Allow","Action":"s3:GetObject","Principal":"*"}})"),
                 malformed("AssumeRole policy may only specify STS AssumeRole actions."));
    expect_error(
        trust(R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*","Resource":"*"}})"),
        malformed("Has prohibited field Resource"));
    expect_error(
        trust(R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"x"}}})"),
        malformed("Invalid principal in policy: \"AWS\":\"x\""));
}

TEST_F(Documents, RefuseTheScalarPrincipalInStrictModeOnly) {  // ?28
    const std::string everyone =
        R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}})";
    EXPECT_TRUE(trust(everyone));
    environment_.strict = true;
    expect_error(trust(everyone),
                 malformed(R"(AssumeRolepolicy contained an invalid principal: "STAR":"*".)"));
}

TEST_F(Documents, CountWhatIsNotWhiteSpaceOutsideOfStrings) {  // 1.4
    const auto checked = inlined(" \n" + document_of_size(100) + "\t\n ");
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->counted_size, 100);
}

TEST_F(Documents, KeepTheSizeOfManagedPolicies) {  // 1.4
    EXPECT_TRUE(managed(document_of_size(6144) + "  "));
    expect_error(managed(document_of_size(6145)),
                 {"LimitExceeded", 409, "Cannot exceed quota for PolicySize: 6144"});
}

TEST_F(Documents, KeepTheSizeOfTrustPolicies) {  // 1.4
    std::string long_trust(trust_account);
    long_trust.insert(long_trust.find("\"Effect\""), R"("Sid":"",)");
    long_trust.insert(long_trust.find("\"\"") + 1, 2049 - long_trust.size(), 'x');
    expect_error(trust(long_trust), {"LimitExceeded", 409, "Cannot exceed quota for ACLSizePerRole: 2048"});
    long_trust.erase(long_trust.find('x'), 1);
    EXPECT_TRUE(trust(long_trust));
    environment_.quotas.set(Quota::trust_policy_size, 2047);
    expect_error(trust(long_trust), {"LimitExceeded", 409, "Cannot exceed quota for ACLSizePerRole: 2047"});
}

TEST_F(Documents, DoNotTakeWhatNoOperationTakes) {  // G2
    EXPECT_EQ(error_of(inlined(std::string(131073, ' '))).code, "ValidationError");
}

}  // namespace
}  // namespace writ::directory
