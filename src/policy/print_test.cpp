#include "policy/print.h"

#include <gtest/gtest.h>

#include "policy/parse.h"

namespace writ::policy {
namespace {

DocumentPtr parsed(std::string_view text) {
    auto document = parse(text);
    EXPECT_TRUE(document) << text;
    return *document;
}

constexpr std::string_view spacious = R"( { "Statement" : [ { "Effect" : "Allow" ,
   "Action":[ "a: b", "c:\u0064" ], "Resource": [], "Condition": { "Bool": { "k": [ true, 1.50 ] } , "X": {} } } ],
   "Version":"2012-10-17" }
)";

TEST(Print, CompactMovesNothingButWhiteSpace) {
    EXPECT_EQ(print_compact(*parsed(spacious)),
              R"({"Statement":[{"Effect":"Allow","Action":["a: b","c:\u0064"],"Resource":[],)"
              R"("Condition":{"Bool":{"k":[true,1.50]},"X":{}}}],"Version":"2012-10-17"})");
}

TEST(Print, PrettyIndentsEveryMemberAndItem) {
    EXPECT_EQ(print_pretty(*parsed(spacious)), R"({
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "a: b",
        "c:\u0064"
      ],
      "Resource": [],
      "Condition": {
        "Bool": {
          "k": [
            true,
            1.50
          ]
        },
        "X": {}
      }
    }
  ],
  "Version": "2012-10-17"
})");
    EXPECT_EQ(print_pretty(*parsed(R"({"Statement":{"Effect":"Deny"}})"), 1),
              "{\n \"Statement\": {\n  \"Effect\": \"Deny\"\n }\n}");
}

TEST(SameValue, IgnoresWhatSaysTheSame) {
    const auto a =
        parsed(R"({"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":["a:b"],
        "Resource":"*","Principal":{"AWS":"1","Service":["s"]},
        "Condition":{"Bool":{"k":true},"StringEquals":{"x":"1","y":"2"}}}]})");
    const auto b =
        parsed(R"({"Statement":{"Condition":{"StringEquals":{"y":"2","x":["1"]},"Bool":{"k":[true]}},
        "Principal":{"Service":"s","AWS":["1"]},"Resource":["*"],"Action":"\u0061:b","Effect":"Allow","Sid":"A"},
        "Version":"2012-10-17"})");
    EXPECT_TRUE(same_value(*a, *b));
    EXPECT_TRUE(same_value(*b, *a));
}

// Each differs from the first document in one thing.
TEST(SameValue, SeesEveryDifference) {
    const std::string_view first =
        R"({"Statement":{"Effect":"Allow","Action":["a:b","a:c"],"Resource":"*"}})";
    for (
        const std::string_view other : {
            R"({"Statement":{"Effect":"Deny","Action":["a:b","a:c"],"Resource":"*"}})",
            R"({"Statement":{"Effect":"allow","Action":["a:b","a:c"],"Resource":"*"}})",
            R"({"Statement":{"Effect":"Allow","Action":["a:c","a:b"],"Resource":"*"}})",
            R"({"Statement":{"Effect":"Allow","Action":["a:b"],"Resource":"*"}})",
            R"({"Statement":{"Effect":"Allow","NotAction":["a:b","a:c"],"Resource":"*"}})",
            R"({"Statement":{"Effect":"Allow","Action":["a:b","a:c"],"NotResource":"*"}})",
            R"({"Statement":{"Effect":"Allow","Action":["a:b","a:c"]}})",
            R"({"Statement":{"Sid":"","Effect":"Allow","Action":["a:b","a:c"],"Resource":"*"}})",
            R"({"Id":"","Statement":{"Effect":"Allow","Action":["a:b","a:c"],"Resource":"*"}})",
            R"({"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":["a:b","a:c"],"Resource":"*"}})",
            R"({"Statement":{"Effect":"Allow","Action":["a:b","a:c"],"Resource":"*","Principal":"*"}})",
            R"({"Statement":{"Effect":"Allow","Action":["a:b","a:c"],"Resource":"*","Condition":{"Bool":{"k":true}}}})",
            R"({"Statement":[{"Effect":"Allow","Action":["a:b","a:c"],"Resource":"*"},{"Effect":"Deny"}]})",
        })
        EXPECT_FALSE(same_value(*parsed(first), *parsed(other))) << other;
}

TEST(SameValue, TellsNumbersFromStringsAndPrincipalsApart) {
    const auto differ = [](std::string_view a, std::string_view b) {
        return !same_value(*parsed(a), *parsed(b));
    };
    EXPECT_TRUE(differ(R"({"Statement":{"Effect":"Deny","Condition":{"Bool":{"k":10}}}})",
                       R"({"Statement":{"Effect":"Deny","Condition":{"Bool":{"k":10.0}}}})"));
    EXPECT_TRUE(differ(R"({"Statement":{"Effect":"Deny","Condition":{"Bool":{"k":10}}}})",
                       R"({"Statement":{"Effect":"Deny","Condition":{"Bool":{"k":"10"}}}})"));
    EXPECT_TRUE(differ(R"({"Statement":{"Effect":"Deny","Principal":"*"}})",
                       R"({"Statement":{"Effect":"Deny","Principal":{"AWS":"*"}}})"));
    EXPECT_TRUE(differ(R"({"Statement":{"Effect":"Deny","Principal":"1"}})",
                       R"({"Statement":{"Effect":"Deny","Principal":{"AWS":"1"}}})"));
    EXPECT_TRUE(differ(R"({"Statement":{"Effect":"Deny","Principal":"*"}})",
                       R"({"Statement":{"Effect":"Deny","NotPrincipal":"*"}})"));
}

}  // namespace
}  // namespace writ::policy
