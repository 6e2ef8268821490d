#include <gtest/gtest.h>
#include <string>

#include "policy/internal/normal/covers.h"
#include "policy/parse.h"
#include "policy/print.h"

namespace writ::policy {
namespace {

// The normal form, which is its own normal form.
std::string normal(std::string_view text) {
    const auto document = parse(text);
    EXPECT_TRUE(document) << text << "\n" << (document ? "" : document.error().hint);
    if (!document) return {};
    std::string first = print_normal(**document);
    const auto again = parse(first);
    EXPECT_TRUE(again) << first << "\n" << (again ? "" : again.error().hint);
    if (!again) return first;
    EXPECT_EQ(print_normal(**again), first);
    return first;
}

std::string statement(std::string_view members, std::string_view version = "2012-10-17") {
    return R"({"Version":")" + std::string(version) + R"(","Statement":{)" + std::string(members) + "}}";
}

TEST(PrintNormal, OrdersMembersAndUnwrapsArraysOfOne) {
    EXPECT_EQ(
        normal(
            R"({ "Statement": [ { "Condition": { "StringEquals": { "k:b": [ "2", "1", "2" ], "a:k": [ "v" ] }, "Bool": {},
                "ArnLike": {"z": "arn:aws:s3:::b"} },
              "Resource": [ "*" ], "Action": [ "a:b" ], "Principal": { "Service": [ "s.amazonaws.com" ], "AWS": [ "2", "1", "2" ] },
              "Effect": "Allow", "Sid": "S" } ], "Id": "i", "Version": "2012-10-17" })"),
        R"({"Version":"2012-10-17","Id":"i","Statement":{"Sid":"S","Effect":"Allow",)"
        R"("Principal":{"AWS":["1","2"],"Service":"s.amazonaws.com"},"Action":"a:b","Resource":"*",)"
        R"("Condition":{"ArnLike":{"z":"arn:aws:s3:::b"},"StringEquals":{"a:k":"v","k:b":["1","2"]}}}})");
}

TEST(PrintNormal, KeepsWhatHasAMeaningOfItsOwn) {
    for (
        const std::string_view text : {
            R"({"Statement":[{"Effect":"Allow"},{"Effect":"allow","Action":[]}]})",
            R"({"Statement":{"Effect":"Deny","NotPrincipal":"*","NotAction":"a:b","NotResource":[]}})",
            R"({"Statement":{"Effect":"Deny","Principal":{"AWS":"*"}}})",
            R"({"Statement":{"Effect":"Deny","Principal":"arn:aws:iam::111122223333:root"}})",
            R"({"Statement":{"Effect":"Deny","Principal":{}}})",
            // Everyone and a user grant through different classes (spec 5.3).
            R"({"Statement":{"Effect":"Deny","Principal":{"AWS":["*","arn:aws:iam::111122223333:user/u"]}}})",
            R"({"Statement":{"Effect":"Deny","Condition":{"Bool":{"k":[1.50,true]},"Nonsense":{"k":[]}}}})",
            R"({"Statement":{"Effect":"Deny","Condition":{"StringEquals":{"A:b":"*","a:b":["*","x"]}}}})",
        })
        EXPECT_EQ(normal(text), text);
    EXPECT_EQ(normal(R"({"Statement":{"Effect":"Deny","Condition":{}}})"),
              R"({"Statement":{"Effect":"Deny"}})");
    EXPECT_EQ(normal(R"({"Statement":{"Effect":"Deny","Condition":{"Bool":{},"X":{}}}})"),
              R"({"Statement":{"Effect":"Deny"}})");
}

std::string actions(std::string_view list) {
    const std::string text = normal(statement(R"("Effect":"Allow","Action":)" + std::string(list)));
    const std::size_t begin = text.find(R"("Action":)") + 9;
    return text.substr(begin, text.size() - begin - 2);
}

TEST(PrintNormal, LeavesOutActionsThatOthersCover) {
    EXPECT_EQ(actions(R"(["s3:GetObject","s3:Get*","S3:getbucketacl","s3:PutObject"])"),
              R"(["s3:Get*","s3:PutObject"])");
    EXPECT_EQ(actions(R"(["s3:*","ec2:Describe*","*","*:*"])"), R"("*")");
    EXPECT_EQ(actions(R"(["s3:getobject","s3:GetObject"])"), R"("s3:GetObject")");
    EXPECT_EQ(actions(R"(["s3:Get?bject","s3:GetObject","s3:GetObjects"])"),
              R"(["s3:Get?bject","s3:GetObjects"])");
    EXPECT_EQ(actions(R"(["s*:Get*","s3:GetObject","sqs:Get*","ec2:Get*"])"), R"(["ec2:Get*","s*:Get*"])");
    EXPECT_EQ(actions(R"(["s3:*Object","s3:Get*","s3:Get*Object"])"), R"(["s3:*Object","s3:Get*"])");
    // What is no action matches nothing and stays for validate() to see.
    EXPECT_EQ(actions(R"(["*","s3","a:b:c"])"), R"(["*","a:b:c","s3"])");
    EXPECT_EQ(normal(statement(R"("Effect":"Deny","NotAction":["iam:GetUser","iam:*"])")),
              statement(R"("Effect":"Deny","NotAction":"iam:*")"));
}

std::string resources(std::string_view list, std::string_view version = "2012-10-17",
                      std::string_view element = "Resource") {
    const std::string name = "\"" + std::string(element) + "\":";
    const std::string text = normal(statement(R"("Effect":"Deny",)" + name + std::string(list), version));
    const std::size_t begin = text.find(name) + name.size();
    return text.substr(begin, text.size() - begin - 2);
}

TEST(PrintNormal, LeavesOutResourcesThatOthersCover) {
    EXPECT_EQ(resources(R"(["arn:aws:s3:::b/*","arn:aws:s3:::b","arn:aws:s3:::b/x/y"])"),
              R"(["arn:aws:s3:::b","arn:aws:s3:::b/*"])");
    EXPECT_EQ(resources(R"(["*","arn:aws:s3:::b","arn:aws:s3"])"), R"("*")");
    EXPECT_EQ(resources(R"(["arn:*:sns:*:*:t","arn:aws:sns:us-east-1:111122223333:t"])"),
              R"("arn:*:sns:*:*:t")");
    // Case counts, stars of one part do not reach into the next, short forms are for the policy type to read.
    for (const std::string_view list :
         {R"(["arn:aws:s3:::B/*","arn:aws:s3:::b/x"])",
          R"(["arn:aws:sns:*:t","arn:aws:sns:us-east-1:111122223333:t"])",
          R"(["arn:aws:s3:*","arn:aws:s3:::b"])", R"(["arn:aws:sns:us-*:1:t","arn:aws:sns:us-east-1:2:t"])"})
        EXPECT_EQ(resources(list), list);
}

// X5, R11: a variable may stand for any text, and for none at all.
TEST(PrintNormal, KnowsThatVariablesMayStandForAnything) {
    EXPECT_EQ(resources(R"(["arn:aws:s3:::b/${aws:username}/*","arn:aws:s3:::b/*"])"),
              R"("arn:aws:s3:::b/*")");
    EXPECT_EQ(resources(R"(["arn:aws:s3:::b/${aws:username}*","arn:aws:s3:::b/x"])"),
              R"(["arn:aws:s3:::b/${aws:username}*","arn:aws:s3:::b/x"])");
    EXPECT_EQ(resources(R"(["arn:aws:s3:::${*}*","arn:aws:s3:::b"])"),
              R"(["arn:aws:s3:::${*}*","arn:aws:s3:::b"])");
    EXPECT_EQ(resources(R"(["arn:aws:s3:::b?","arn:aws:s3:::b${x}"])"),
              R"(["arn:aws:s3:::b${x}","arn:aws:s3:::b?"])");
    EXPECT_EQ(resources(R"(["arn:*:kms:*:${aws:PrincipalAccount}:key/*","arn:*:kms:*:*:*"])"),
              R"(["arn:*:kms:*:${aws:PrincipalAccount}:key/*","arn:*:kms:*:*:*"])");
    // Whether a Deny with NotResource applies hangs on the variable itself (?7).
    EXPECT_EQ(resources(R"(["arn:aws:s3:::b/${x}","arn:aws:s3:::b/*"])", "2012-10-17", "NotResource"),
              R"(["arn:aws:s3:::b/${x}","arn:aws:s3:::b/*"])");
    EXPECT_EQ(resources(R"(["arn:aws:s3:::b/x","arn:aws:s3:::b/*"])", "2012-10-17", "NotResource"),
              R"("arn:aws:s3:::b/*")");
    // V1: in 2008 documents they are plain text.
    EXPECT_EQ(resources(R"(["arn:aws:s3:::b/${x}","arn:aws:s3:::b/*"])", "2008-10-17", "NotResource"),
              R"("arn:aws:s3:::b/*")");
    EXPECT_EQ(resources(R"(["arn:aws:s3:::${*}","arn:aws:s3:::${b}"])", "2008-10-17"),
              R"("arn:aws:s3:::${*}")");
}

std::string values(std::string_view op, std::string_view list, std::string_view version = "2012-10-17") {
    const std::string start = R"("Effect":"Deny","Condition":{")" + std::string(op) + R"(":{"k":)";
    const std::string text = normal(statement(start + std::string(list) + "}}", version));
    const std::size_t begin = text.find(R"("k":)") + 4;
    return text.substr(begin, text.size() - begin - 4);
}

TEST(PrintNormal, LeavesOutValuesThatOthersCoverWhereValuesArePatterns) {
    for (const std::string_view op :
         {"StringLike", "StringNotLike", "ForAllValues:StringLike", "ForAnyValue:StringNotLikeIfExists"})
        EXPECT_EQ(values(op, R"(["a*","ab","b","b"])"), R"(["a*","b"])");
    EXPECT_EQ(values("StringLike", R"(["a*","a${aws:username}"])"), R"("a*")");
    EXPECT_EQ(values("StringLike", R"(["a*","A"])"), R"(["A","a*"])");
    EXPECT_EQ(values("StringEquals", R"(["a*","ab","ab"])"), R"(["a*","ab"])");
    EXPECT_EQ(values("ArnLike", R"(["arn:aws:iam::*:role/*","arn:aws:iam::1:role/r"])"),
              R"("arn:aws:iam::*:role/*")");
    // ?15: what is no ARN of six parts counts in its own way.
    EXPECT_EQ(values("ArnNotEquals", R"(["*","arn:*:*:*:*:*","arn:aws:iam"])"),
              R"(["*","arn:*:*:*:*:*","arn:aws:iam"])");
    EXPECT_EQ(values("NumericEquals", R"(["10",10,10.0])"), R"([10,10.0])");
    EXPECT_EQ(values("IpAddress", R"(["10.0.0.0/8","10.1.0.0/16"])"), R"(["10.0.0.0/8","10.1.0.0/16"])");
}

TEST(PrintNormal, EscapesOnlyWhatMustBe) {
    EXPECT_EQ(
        normal("{\"Id\":\"\\u0041\\/"
               "\\u00e9\\u4e2d\\ud83d\\ude00\\u0000\\n\\\"\\\\\",\"Statement\":{\"Effect\":\"Deny\"}}"),
        "{\"Id\":\"A/\xC3\xA9\\u4e2d\\ud83d\\ude00\\u0000\\n\\\"\\\\\",\"Statement\":{\"Effect\":\"Deny\"}}");
}

TEST(GlobCovers, AnswersYesOnlyWhenCertain) {
    using internal::glob_covers;
    struct Row {
        std::string_view pattern, covered;
        bool expected;
    };
    for (const Row& row : {
             Row{"", "", true},
             Row{"*", "", true},
             Row{"*", "*", true},
             Row{"*", "?*?", true},
             Row{"?", "*", false},
             Row{"?", "?", true},
             Row{"?*", "*", false},
             Row{"a*c", "abcc", true},
             Row{"a*c", "a*bc", true},
             Row{"a*c", "ab*", false},
             Row{"a*", "a?b*", true},
             Row{"ab", "a?", false},
             Row{"a?", "ab", true},
             Row{"a?", "abc", false},
             Row{"*a*b", "xaxab", true},
             Row{"*a*b", "xb", false},
             Row{"a", "", false},
             // A character beyond ASCII may be two units of UTF-16.
             Row{"??", "\xC3\xA9", false},
             Row{"*", "\xC3\xA9", true},
         })
        EXPECT_EQ(glob_covers(row.pattern, row.covered), row.expected)
            << row.pattern << " and " << row.covered;
}

}  // namespace
}  // namespace writ::policy
