#include "policy/validate.h"

#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "policy/parse.h"

namespace writ::policy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using enum DiagnosticCode;

DocumentPtr parsed(std::string_view text) {
    auto document = parse(text);
    EXPECT_TRUE(document) << text << "\n" << (document ? "" : document.error().hint);
    return *document;
}

std::vector<Diagnostic> found(std::string_view text, const ValidateOptions& options) {
    return validate(*parsed(text), options);
}

constexpr ValidateOptions managed{PolicyType::identity, true, false};
constexpr ValidateOptions inline_identity{PolicyType::identity, false, false};

struct Refused {
    std::string_view text;
    DiagnosticCode code;
    std::string_view message;
    std::string_view at;  ///< The text that the span covers; empty: not looked at.
};

void expect_refused(const Refused& vector, const ValidateOptions& options) {
    SCOPED_TRACE(vector.text);
    const auto document = parsed(vector.text);
    const auto diagnostics = validate(*document, options);
    ASSERT_FALSE(diagnostics.empty());
    const Diagnostic& first = diagnostics.front();
    EXPECT_EQ(name(first.code), name(vector.code));
    EXPECT_EQ(first.message, vector.message);
    EXPECT_FALSE(first.hint.empty());
    const Span& span = first.span;
    EXPECT_LT(span.begin.byte, span.end.byte);
    if (vector.at.empty()) return;
    EXPECT_EQ(document->text().substr(span.begin.byte, span.end.byte - span.begin.byte), vector.at);
}

constexpr std::string_view legacy = "The policy failed legacy parsing";

// Spec 1.5 steps 1 to 8: one defect each.
constexpr auto refused_managed = std::to_array<Refused>({
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"x":{"a":"1"}}}})",
     syntax, "Syntax errors in policy.", R"("x")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"ForAnyValue::StringEqualsIfExists":{"a":"1"}}}})",
     syntax, "Syntax errors in policy.", R"("ForAnyValue::StringEqualsIfExists")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"stringequals":{"a":"1"}}}})",
     syntax, "Syntax errors in policy.", R"("stringequals")"},  // ?9
    {R"({"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*"}})", version,
     "Policy document must be version 2012-10-17 or greater.",
     R"({"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*"}})"},
    {R"({"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"*"}})", version,
     "Policy document must be version 2012-10-17 or greater.", R"("2008-10-17")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"denY","Action":"a:b","Resource":"*"}})",
     legacy_parsing, legacy, R"("denY")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"DateGreaterThan":{"a":"sdfdsf"}}}})",
     legacy_parsing, legacy, R"("sdfdsf")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"arn:aws:s3::bucket"}})",
     legacy_parsing, legacy, R"("arn:aws:s3::bucket")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","NotResource":["*","arn:aws:s3::bucket"]}})",
     legacy_parsing, legacy, R"("arn:aws:s3::bucket")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"arn:aws::::x"}})",
     legacy_parsing, legacy, R"("arn:aws::::x")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"arn:aws::x"}})",
     legacy_parsing, legacy, R"("arn:aws::x")"},
    {R"({"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"a:b","Resource":"*"},{"Sid":"A","Effect":"Deny","Action":"a:b","Resource":"*"}]})",
     duplicate_sid, "Statement IDs (SID) in a single policy must be unique.", R"("A")"},
    {R"({"Version":"2012-10-17","Statement":{"Sid":"a b","Effect":"Allow","Action":"a:b","Resource":"*"}})",
     policy_type,
     "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression "
     "[0-9A-Za-z]*",
     R"("a b")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*"}})", missing_action,
     "Policy statement must contain actions.", R"({"Effect":"Allow","Resource":"*"})"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":[],"Resource":"*"}})", missing_action,
     "Policy statement must contain actions.", R"("Action":[])"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":[],"Resource":"*"}})",
     missing_action, "Policy statement must contain actions.", R"("NotAction":[])"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"invalid resource"}})",
     resource_form, R"(Resource invalid resource must be in ARN format or "*".)", R"("invalid resource")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":["*",""]}})",
     resource_form, R"(Resource  must be in ARN format or "*".)", R"("")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"a:b:cadfsdf"}})",
     resource_form, R"(Partition "b" is not valid for resource "arn:b:cadfsdf:*:*:*".)", R"("a:b:cadfsdf")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"a:b:c:d:e:f:g:h"}})",
     resource_form, R"(Partition "b" is not valid for resource "arn:b:c:d:e:f:g:h".)", ""},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"aws:s3:::bucket"}})",
     resource_form, R"(Partition "s3" is not valid for resource "arn:s3:::bucket:*".)", ""},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"arn:error:s3::bucket"}})",
     resource_form, R"(Partition "error" is not valid for resource "arn:error:s3::bucket:*".)", ""},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"arn:aws"}})",
     resource_form, "Resource vendor must be fully qualified and cannot contain regexes.", R"("arn:aws")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"arn:aws:s*:::b"}})",
     resource_form, "Resource vendor must be fully qualified and cannot contain regexes.", ""},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"arn:aws:iam:us-east-1::user/x"}})",
     resource_form, "IAM resource arn:aws:iam:us-east-1::user/x cannot contain region information.", ""},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"arn:aws:s3:us-east-1::b"}})",
     resource_form, "Resource arn:aws:s3:us-east-1::b can not contain region information.", ""},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"arn:aws:iam:::example_bucket"}})",
     resource_form,
     R"(IAM resource path must either be "*" or start with user/, federated-user/, role/, group/, )"
     "instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, "
     "report/, access-report/.",
     R"("arn:aws:iam:::example_bucket")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"invalid","Resource":"*"}})",
     action_form, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
     R"("invalid")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":["a:b",""],"Resource":"*"}})",
     action_form, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.", R"("")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:List:Bucket","Resource":"*"}})",
     action_form, "Actions/Condition can contain only one colon.", R"("s3:List:Bucket")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a a:ListBucket","Resource":"*"}})",
     action_form, "Vendor a a is not valid", R"("a a:ListBucket")"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b"}})", missing_resource,
     "Policy statement must contain resources.", R"({"Effect":"Allow","Action":"a:b"})"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":[]}})",
     missing_resource, "Policy statement must contain resources.", R"("Resource":[])"},
    {R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"a:b","Resource":"*"}})",
     principal, "Policy document should not specify a principal.", R"("Principal":"*")"},  // T1
});

TEST(Validate, ReportsWhatIamReportsForOneDefect) {
    for (const Refused& vector : refused_managed) expect_refused(vector, managed);
}

// Spec 1.5: the list order is the precedence (?3).
TEST(Validate, ReportsDefectsInTheOrderOfTheSteps) {
    const auto codes = [](std::string_view text) {
        std::vector<DiagnosticCode> out;
        for (const Diagnostic& diagnostic : found(text, managed)) out.push_back(diagnostic.code);
        return out;
    };
    EXPECT_THAT(
        codes(R"({"Statement":[{"Sid":"A","Effect":"allow","Action":"x","Resource":"y","Principal":"*",
                          "Condition":{"x":{"k":"v"}}},{"Sid":"A","Effect":"Deny"}]})"),
        ElementsAre(syntax, version, legacy_parsing, duplicate_sid, missing_action, resource_form,
                    action_form, missing_resource, principal));
    // Several in the same step follow the text.
    const auto diagnostics = found(
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["x","y:y:y"],"Resource":"*"}})",
        managed);
    ASSERT_EQ(diagnostics.size(), 2U);
    EXPECT_LT(diagnostics[0].span.begin.byte, diagnostics[1].span.begin.byte);
}

TEST(Validate, SuggestsWhatWasMeant) {
    const auto hint = [](std::string_view text) { return found(text, managed).at(0).hint; };
    EXPECT_THAT(
        hint(
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"ForAnyValue:stringLikes":{"k":"v"}}}})"),
        HasSubstr("Did you mean StringLike?"));
    EXPECT_THAT(
        hint(
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"arn:aws:iam::1:users/x"}})"),
        HasSubstr("Did you mean user/?"));
    EXPECT_THAT(
        hint(
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"arn:awss:s3:::b"}})"),
        HasSubstr("Did you mean aws?"));
    EXPECT_THAT(
        hint(
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"NullIfExists":{"k":"true"}}}})"),
        HasSubstr("Null takes neither"));
}

std::string with_action(std::string_view action) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":)" + std::string(action) +
           R"(,"Resource":"*"}})";
}
std::string with_resource(std::string_view resource) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":)" +
           std::string(resource) + "}}";
}
std::string with_condition(std::string_view condition) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":)" +
           std::string(condition) + "}}";
}

TEST(Validate, AcceptsTheOddThingsThatIamAccepts) {
    for (const std::string_view action :
         {R"("*")", R"("*:*")", R"("s*:Get*")", R"("iam: asdf safdsf af ")", R"("s3-s:x")", R"("s3.s:x")",
          R"("nosuchservice:NoSuchAction")", R"("s3:")"})
        EXPECT_THAT(found(with_action(action), managed), IsEmpty()) << action;
    for (const std::string_view resource :
         {R"("*")", R"("arn:aws:fdsasf")", R"("arn:aws:s3")", R"("arn:aws:s3:*")", R"("arn:*:s3:::b")",
          R"("arn:aws-cn:s3:::b")", R"("arn:aws-us-gov:s3:::b")", R"("arn:aws:iam:::user/x")",
          R"("arn:aws:iam::*:*")", R"("arn:aws:iam::*:root")", R"("arn:aws:iam::*:delegation-request/*")",
          R"("arn:aws:iam::aws:role-template/a/b:1")", R"("arn:aws:s3:*:*:accesspoint/x")",
          R"("arn:aws:cloudwatch:us-east-1::x")", R"("arn:aws:invalid-service:us-east-1::x")",
          R"(["arn:aws:s3:::b","*"])"})
        EXPECT_THAT(found(with_resource(resource), managed), IsEmpty()) << resource;
    for (const std::string_view condition :
         {"{}", R"({"x":{},"y":{}})", R"({"DateGreaterThan":{}})", R"({"DateGreaterThan":{"a":[]}})",
          R"({"StringEqualsIfExists":{"a":"b"}})", R"({"ForAnyValue:StringEqualsIfExists":{"a":"b"}})",
          R"({"StringEquals":{"a:b":"x","A:B":"x"}})"})
        EXPECT_THAT(found(with_condition(condition), managed), IsEmpty()) << condition;
    EXPECT_THAT(found(R"({"Version":"2012-10-17","Id":"i","Statement":[
        {"Sid":"","Effect":"Allow","NotAction":"a:b","NotResource":"*"},
        {"Sid":"","Effect":"Deny","NotAction":"a:b","Resource":"*"}]})",
                      managed),
                IsEmpty());
}

// Spec 1.5: dates of live tests.
TEST(Validate, TakesDatesAsLooselyAsIam) {
    const auto accepts = [](std::string_view date) {
        return found(with_condition(R"({"DateLessThan":{"a":)" + std::string(date) + "}}"), managed).empty();
    };
    for (const std::string_view date :
         {R"("01T")", R"("2016-12-13t2:00:00.593194+23")", R"("2019-07-01T13:20:15Z")",
          R"("2019-07-01t13:20:15z")", R"("2016-12-13T21:20:37.593194+00:00")", R"("-292275054")",
          R"("292278993-01-01")", R"("2030")", R"("2030-01")", R"("2030-01-01")", R"("2030-01-01T10:00Z")",
          R"("2030-01-01T10:00:00-05:00")", R"("0")", "1700000000", R"("9223372036854775807")", R"("-5")"})
        EXPECT_TRUE(accepts(date)) << date;
    for (const std::string_view date :
         {R"("sdfdsf")", R"("")", R"("234-13")", R"("2016-12-13t2:00:00.593194+1")",
          R"("2016-12-13t2:00:00.1999999999+10:59")", R"("9223372036854775808")", R"("2030-00-01")",
          R"("2030-01-32")", R"("2030-01-01-01")", R"("2030-01-01T24:00:00Z")", R"("2030-01-01T10:60")",
          R"("2030-01-01T10:00:60")", R"("2030-01-01T10:00:00Zx")", R"("292278994-01-01")", R"("-292275055")",
          R"("${aws:CurrentTime}")", "true"})
        EXPECT_FALSE(accepts(date)) << date;
}

// Spec ?15, ?31, S13a: IAM storage refuses malformed literals, session policies do not.
TEST(Validate, RefusesMalformedLiteralsButInSessionPolicies) {
    for (const std::string_view condition :
         {R"({"NumericEquals":{"k":"abc"}})", R"({"NumericLessThanIfExists":{"k":["1",""]}})",
          R"({"IpAddress":{"k":"10.0.0"}})", R"({"IpAddress":{"k":"10.0.0.0/33"}})",
          R"({"NotIpAddress":{"k":"2001:db8::1/32"}})", R"({"ArnLike":{"k":"arn:aws:iam::*"}})",
          R"({"ForAnyValue:ArnEquals":{"k":"role"}})", R"({"DateEquals":{"k":"never"}})"}) {
        expect_refused({with_condition(condition), legacy_parsing, legacy, ""}, inline_identity);
        EXPECT_THAT(found(with_condition(condition), {PolicyType::session, false, false}), IsEmpty())
            << condition;
    }
    for (const std::string_view condition :
         {R"({"NumericEquals":{"k":["10","9.5","-3",10,1.2]}})",
          R"({"IpAddress":{"k":["203.0.113.7","10.1.2.3/8","2001:db8::/32","::1","::ffff:10.0.0.0/104"]}})",
          R"({"ArnLike":{"k":["arn:aws:iam::*:role/*","${aws:PrincipalArn}","arn:*:*:*:*:*"]}})",
          R"({"Bool":{"k":"perhaps"}})", R"({"BinaryEquals":{"k":"?"}})", R"({"Null":{"k":"x"}})"})
        EXPECT_THAT(found(with_condition(condition), managed), IsEmpty()) << condition;
}

TEST(Validate, KnowsNoVariablesInOldDocuments) {
    const std::string_view arn_variable =
        R"({"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"ArnLike":{"k":"${aws:PrincipalArn}"}}}})";
    expect_refused({arn_variable, legacy_parsing, legacy, R"("${aws:PrincipalArn}")"}, inline_identity);
}

// Spec V2, ?2, V3, ?32: who must carry which version.
TEST(Validate, AsksForAVersionWhereAwsDoes) {
    const auto refuses = [](std::string_view version_member, const ValidateOptions& options) {
        const bool has_principal = options.type == PolicyType::trust ||
                                   options.type == PolicyType::resource || options.type == PolicyType::rcp ||
                                   options.type == PolicyType::endpoint;
        const std::string text = "{" + std::string(version_member) +
                                 R"("Statement":{"Effect":"Deny","Action":")" +
                                 (options.type == PolicyType::trust ? "sts:AssumeRole" : "s3:GetObject") +
                                 "\"" + (options.type == PolicyType::trust ? "" : R"(,"Resource":"*")") +
                                 (has_principal ? R"(,"Principal":{"AWS":"*"})" : "") + "}}";
        const auto diagnostics = found(text, options);
        for (const Diagnostic& diagnostic : diagnostics) EXPECT_EQ(name(diagnostic.code), "version") << text;
        return !diagnostics.empty();
    };
    const std::string_view absent, v2008 = R"("Version":"2008-10-17",)", v2012 = R"("Version":"2012-10-17",)";
    struct Row {
        ValidateOptions options;
        bool refuses_absent, refuses_2008;
    };
    for (const Row& row : {Row{{PolicyType::identity, true, false}, true, true},
                           Row{{PolicyType::identity, false, false}, false, false},
                           Row{{PolicyType::boundary, false, false}, true, true},
                           Row{{PolicyType::session, false, false}, false, false},
                           Row{{PolicyType::trust, false, false}, false, false},
                           Row{{PolicyType::resource, false, false}, false, false},
                           Row{{PolicyType::scp, false, false}, true, false},
                           Row{{PolicyType::rcp, false, false}, false, false},
                           Row{{PolicyType::endpoint, false, false}, false, false}}) {
        SCOPED_TRACE(static_cast<int>(row.options.type));
        EXPECT_EQ(refuses(absent, row.options), row.refuses_absent);
        EXPECT_EQ(refuses(v2008, row.options), row.refuses_2008);
        EXPECT_FALSE(refuses(v2012, row.options));
    }
}

}  // namespace
}  // namespace writ::policy
