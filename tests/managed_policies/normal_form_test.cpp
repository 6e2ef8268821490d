#include <algorithm>
#include <gtest/gtest.h>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/decide.h"
#include "policy/parse.h"
#include "policy/print.h"
#include "reference/managed_policies.h"

// The normal form of a document decides as the document does, asked what its own patterns are about.
namespace writ {
namespace {

constexpr policy::ParseOptions any_length{.characters_max = 1U << 30U};

// Texts that the pattern matches, or nearly does: its wildcards and variables filled in two ways.
void add_texts(std::set<std::string>& texts, std::string_view pattern) {
    for (const std::string_view filling : {"", "x/y"}) {
        std::string text;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            const bool variable = pattern.substr(i).starts_with("${");
            if (variable || pattern[i] == '*' || pattern[i] == '?')
                text += filling;
            else
                text += pattern[i];
            if (variable) i = std::min(pattern.find('}', i), pattern.size() - 1);
        }
        texts.insert(text);
    }
}

struct Questions {
    std::set<std::string> actions;
    std::set<std::string> resources{"*"};
};

// Of long lists every n-th entry will do.
Questions questions_about(const policy::Document& document) {
    constexpr std::size_t taken_max = 40;
    Questions questions;
    for (const policy::Statement& statement : document.statements()) {
        const auto take = [](std::set<std::string>& texts,
                             const std::optional<policy::PatternElement>& element) {
            if (!element) return;
            const std::size_t step = element->patterns.size() / taken_max + 1;
            for (std::size_t i = 0; i < element->patterns.size(); i += step)
                add_texts(texts, element->patterns[i].text);
        };
        take(questions.actions, statement.action);
        take(questions.resources, statement.resource);
    }
    return questions;
}

engine::PolicySet compiled(const policy::DocumentPtr& document) {
    std::vector<engine::PolicySet::Member> members;
    members.push_back({engine::compile(document, policy::PolicyType::identity), {}});
    return engine::PolicySet(std::move(members));
}

engine::Decision decide(const engine::PolicySet& identity, const engine::Request& request) {
    engine::Policies policies;
    policies.identity = &identity;
    return engine::decide(policies, request);
}

TEST(NormalForm, DecidesAsItsDocument) {
    engine::Principal user;
    user.kind = engine::PrincipalKind::user;
    user.account = "111122223333";
    user.arn = "arn:aws:iam::111122223333:user/u";
    user.id = "AIDAXVJ2QWERTZUIOPAS";
    engine::Context context;
    context.set("aws:username", "u");
    std::size_t shortened = 0;
    std::size_t allowed = 0;
    for (std::size_t i = 0; i < reference::managed_policy_count(); ++i) {
        SCOPED_TRACE(reference::managed_policy(i).arn);
        const auto document =
            policy::parse(reference::managed_policy_document(reference::managed_policy(i)), any_length);
        ASSERT_TRUE(document);
        const auto normal = policy::parse(policy::print_normal(**document), any_length);
        ASSERT_TRUE(normal);
        if ((*normal)->text().size() < policy::print_compact(**document).size()) ++shortened;
        const engine::PolicySet written = compiled(*document);
        const engine::PolicySet reduced = compiled(*normal);
        const Questions questions = questions_about(**document);
        for (const std::string& action : questions.actions) {
            for (const std::string& resource : questions.resources) {
                const engine::Request request(
                    user, {.action = action, .resource = resource, .resource_account = "111122223333"},
                    context);
                const engine::Decision expected = decide(written, request);
                ASSERT_EQ(decide(reduced, request), expected) << action << " on " << resource;
                if (expected.allowed()) ++allowed;
            }
        }
    }
    EXPECT_GT(shortened, 0U);
    EXPECT_GT(allowed, 1000U);
}

}  // namespace
}  // namespace writ
