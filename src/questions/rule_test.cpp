#include "questions/rule.h"

#include <gtest/gtest.h>

/// From method, host and path to action and resource; and that nothing fits which can be read in two ways.
namespace writ::questions {
namespace {

const std::string rules_text = R"(
GET,HEAD docs.example.com /documents/{id} docs:Read arn:aws:docs:::document/{id}
PUT *.example.com /documents/{id} docs:Write arn:aws:docs:::document/{id}
* * /tenants/{tenant}/files/{path...} files:Use arn:aws:files::{tenant}:file/{path}
GET * /documents/ docs:List *
GET * / docs:Home *
)";

std::string needed(std::string_view method, std::string_view host, std::string_view target) {
    static const auto rules = read_rules(rules_text);
    EXPECT_TRUE(rules);
    const auto found = find_needed(*rules, method, host, target);
    return found ? found->action + " " + found->resource : "nothing";
}

TEST(Rule, SaysWhatARequestNeeds) {
    EXPECT_EQ(needed("GET", "docs.example.com", "/documents/1"), "docs:Read arn:aws:docs:::document/1");
    EXPECT_EQ(needed("HEAD", "Docs.Example.com:8443", "/documents/a%20b?x=/../y"),
              "docs:Read arn:aws:docs:::document/a b");
    EXPECT_EQ(needed("PUT", "any.example.com", "/documents/1"), "docs:Write arn:aws:docs:::document/1");
    EXPECT_EQ(needed("DELETE", "x", "/tenants/123456789012/files/a/b.txt"),
              "files:Use arn:aws:files::123456789012:file/a/b.txt");
    EXPECT_EQ(needed("GET", "[2001:db8::1]:80", "/documents/"), "docs:List *");
    EXPECT_EQ(needed("GET", "x", "/"), "docs:Home *");
}

TEST(Rule, FitsNothingElse) {
    for (const auto& [method, host, target] :
         std::vector<std::array<std::string_view, 3>>{{"DELETE", "docs.example.com", "/documents/1"},
                                                      {"get", "docs.example.com", "/documents/1"},
                                                      {"GET", "docs.example.org", "/documents/1"},
                                                      {"GET", "xdocs.example.com", "/documents/1"},
                                                      {"PUT", "example.com", "/documents/1"},
                                                      {"GET", "docs.example.com", "/documents"},
                                                      {"GET", "docs.example.com", "/documents/1/"},
                                                      {"GET", "docs.example.com", "/documents/1/2"},
                                                      {"GET", "docs.example.com", "/Documents/1"},
                                                      {"GET", "x", "/tenants/123456789012/files"},
                                                      {"GET", "x", "/tenants/123456789012/files/"},
                                                      {"GET", "x", ""},
                                                      {"GET", "x", "documents/1"}}) {
        EXPECT_EQ(needed(method, host, target), "nothing") << method << host << target;
    }
}

TEST(Rule, FitsNothingThatCanBeReadInTwoWays) {
    for (const std::string_view target :
         {"/documents//1", "//documents/1", "/documents/./1", "/x/../documents/1", "/documents/..",
          "/documents/%2e%2e", "/documents/a%2fb", "/documents/a%5Cb", "/documents/a\\b", "/documents/%",
          "/documents/%zz", "/documents/%00", "/documents/a%0ab", "http://docs.example.com/documents/1",
          "/tenants/1:x/files/y"}) {
        EXPECT_EQ(needed("GET", "docs.example.com", target), "nothing") << target;
    }
}

TEST(Rule, IsRefusedOutOfForm) {
    for (const std::string_view text :
         {"", "GET x /a a:B", "GET x /a a:B * more", "GET x a a:B *", "GET x /a/../b a:B *",
          "GET x /a//b a:B *", "GET x /{id...}/b a:B *", "GET x /{id}/{id} a:B *", "GET x /x{id} a:B *",
          "GET x /* a:B *", "GET x /a aB *", "GET x /a a:* *", "GET x /a :B *", "GET x /a a:B x",
          "GET x /a a:B arn:aws:a:::{id}", "GET x /{id} a:B arn:aws:a:::{id"}) {
        EXPECT_FALSE(read_rule(text)) << text;
    }
    const auto rules = read_rules("GET x /a a:B *\n\nGET x a a:B *");
    ASSERT_FALSE(rules);
    EXPECT_NE(rules.error().message.find("'GET x a a:B *'"), std::string::npos);
}

}  // namespace
}  // namespace writ::questions
