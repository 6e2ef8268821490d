// Random sequences of operations against a model of IAM that is as simple as the specification: names, who
// has what, and what a user may do for it. Every answer is compared, and the lists after each sequence.
#include <algorithm>
#include <array>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "api/internal/world_for_tests.h"
#include "base/text.h"

namespace writ::api {
namespace {

using Names = std::set<std::string>;

/// What carries policies: inline ones by name with the kind of document, managed ones by name.
struct Carrier {
    std::map<std::string, std::string> inline_policies;
    Names attached;
};

struct ModelUser : Carrier {
    std::string name;
    Names groups;  // Folded.
    std::vector<Who> keys;
};
struct ModelGroup : Carrier {
    std::string name;
};
struct ModelPolicy {
    std::string document;  // Of the default version.
    int versions = 1;
};

/// Two documents are enough for effects to meet.
const std::map<std::string, std::string> documents{
    {"allow", allow("iam:ListUsers")},
    {"deny",
     R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:ListUsers","Resource":"*"}})"},
};

constexpr const char* done = "200";
constexpr const char* missing = "404 NoSuchEntity";
constexpr const char* exists = "409 EntityAlreadyExists";
constexpr const char* conflict = "409 DeleteConflict";
constexpr const char* too_many = "409 LimitExceeded";

class Model {
  public:
    ModelUser* user(const std::string& name) { return find(users, name); }
    ModelGroup* group(const std::string& name) { return find(groups, name); }
    ModelPolicy* policy(const std::string& name) { return find(policies, name); }

    [[nodiscard]] bool is_attached(const std::string& policy) const {
        const auto has = [&](const auto& entry) { return entry.second.attached.contains(policy); };
        return std::ranges::any_of(users, has) || std::ranges::any_of(groups, has);
    }
    [[nodiscard]] bool has_members(const std::string& group) const {
        return std::ranges::any_of(users,
                                   [&](const auto& entry) { return entry.second.groups.contains(group); });
    }
    /// Any Allow and no Deny, of the user's own policies and of its groups'.
    [[nodiscard]] bool may_list(const ModelUser& user) const {
        Names effects = effects_of(user);
        for (const std::string& group : user.groups) effects.merge(effects_of(groups.at(group)));
        return effects.contains("allow") && !effects.contains("deny");
    }

    std::map<std::string, ModelUser> users;
    std::map<std::string, ModelGroup> groups;
    std::map<std::string, ModelPolicy> policies;

  private:
    template <class T>
    static T* find(std::map<std::string, T>& all, const std::string& name) {
        const auto found = all.find(ascii_lower(name));
        return found == all.end() ? nullptr : &found->second;
    }
    [[nodiscard]] Names effects_of(const Carrier& carrier) const {
        Names effects;
        for (const auto& [name, kind] : carrier.inline_policies) effects.insert(kind);
        for (const std::string& name : carrier.attached) effects.insert(policies.at(name).document);
        return effects;
    }
};

class Sequence {
  public:
    explicit Sequence(std::uint64_t seed) : random_(seed) {}

    void run(int steps) {
        for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
            const Step& step = steps_.at(random_() % steps_.size());
            step(*this);
            if (i % 10 == 9) compare_permissions();
        }
        compare_lists();
    }

  private:
    using Step = std::function<void(Sequence&)>;
    static const std::vector<Step> steps_;

    template <std::size_t Size>
    std::string any(const std::array<const char*, Size>& of) {
        return of.at(random_() % Size);
    }
    std::string any_user() { return any(std::array{"ana", "Bob", "bOB", "cy"}); }
    std::string any_group() { return any(std::array{"devs", "Devs", "ops"}); }
    std::string any_policy() { return any(std::array{"one", "two", "Three"}); }
    std::string any_document() { return any(std::array{"allow", "allow", "deny"}); }
    static std::string arn_of(const std::string& policy) {
        return "arn:aws:iam::123456789012:policy/" + policy;
    }

    Reply call(const std::string& action, const Parameters& parameters, const std::string& expected) {
        Reply reply = world_.iam(world_.root(), action, parameters);
        std::string told = reply.summary();
        told = told.substr(0, told.find(':'));
        history_ += action;
        for (const auto& [name, value] : parameters) history_ += " " + name + "=" + value;
        history_ += " -> " + told + "\n";
        EXPECT_EQ(told, expected) << history_;
        return reply;
    }

    // Users.
    void create_user() {
        const std::string name = any_user();
        const bool is_new = model_.user(name) == nullptr;
        call("CreateUser", {{"UserName", name}}, is_new ? done : exists);
        if (is_new) model_.users[ascii_lower(name)].name = name;
    }
    void delete_user() {
        const std::string name = any_user();
        const ModelUser* user = model_.user(name);
        const bool is_bare = user != nullptr && user->keys.empty() && user->inline_policies.empty() &&
                             user->attached.empty() && user->groups.empty();
        call("DeleteUser", {{"UserName", name}}, user == nullptr ? missing : is_bare ? done : conflict);
        if (is_bare) model_.users.erase(ascii_lower(name));
    }
    void get_user() {
        const std::string name = any_user();
        const ModelUser* user = model_.user(name);
        const Reply reply = call("GetUser", {{"UserName", name}}, user == nullptr ? missing : done);
        if (user != nullptr) {
            EXPECT_EQ(reply.text("UserName"), user->name) << history_;
        }
    }
    void rename_user() {
        const std::string name = any_user();
        const std::string to = any_user();
        if (ascii_lower(name) == ascii_lower(to)) return;
        const bool is_there = model_.user(name) != nullptr;
        const bool is_taken = model_.user(to) != nullptr;
        call("UpdateUser", {{"UserName", name}, {"NewUserName", to}},
             !is_there  ? missing
             : is_taken ? exists
                        : done);
        if (!is_there || is_taken) return;
        auto node = model_.users.extract(ascii_lower(name));
        node.key() = ascii_lower(to);
        node.mapped().name = to;
        model_.users.insert(std::move(node));
    }

    // Access keys.
    void create_key() {
        const std::string name = any_user();
        ModelUser* user = model_.user(name);
        const bool is_full = user != nullptr && user->keys.size() == 2;
        const Reply reply = call("CreateAccessKey", {{"UserName", name}},
                                 user == nullptr ? missing
                                 : is_full       ? too_many
                                                 : done);
        if (user != nullptr && !is_full) {
            user->keys.push_back({reply.text("AccessKeyId"), reply.text("SecretAccessKey"), {}});
        }
    }
    void delete_key() {
        const std::string name = any_user();
        ModelUser* user = model_.user(name);
        if (user == nullptr || user->keys.empty()) return;
        const Who key = user->keys.back();
        user->keys.pop_back();
        call("DeleteAccessKey", {{"UserName", name}, {"AccessKeyId", key.access_key_id}}, done);
        EXPECT_EQ(world_.sts(key, "GetCallerIdentity").code(), "InvalidClientTokenId") << history_;
    }

    // Groups.
    void create_group() {
        const std::string name = any_group();
        const bool is_new = model_.group(name) == nullptr;
        call("CreateGroup", {{"GroupName", name}}, is_new ? done : exists);
        if (is_new) model_.groups[ascii_lower(name)].name = name;
    }
    void delete_group() {
        const std::string name = any_group();
        const ModelGroup* group = model_.group(name);
        const bool is_bare = group != nullptr && group->inline_policies.empty() && group->attached.empty() &&
                             !model_.has_members(ascii_lower(name));
        call("DeleteGroup", {{"GroupName", name}}, group == nullptr ? missing : is_bare ? done : conflict);
        if (is_bare) model_.groups.erase(ascii_lower(name));
    }
    void join() {
        const std::string user = any_user();
        const std::string group = any_group();
        const bool can = model_.user(user) != nullptr && model_.group(group) != nullptr;
        call("AddUserToGroup", {{"UserName", user}, {"GroupName", group}}, can ? done : missing);
        if (can) model_.user(user)->groups.insert(ascii_lower(group));
    }
    void leave() {
        const std::string name = any_user();
        const std::string group = any_group();
        ModelUser* user = model_.user(name);
        if (user == nullptr || !user->groups.contains(ascii_lower(group))) return;
        call("RemoveUserFromGroup", {{"UserName", name}, {"GroupName", group}}, done);
        user->groups.erase(ascii_lower(group));
    }

    // Policies, of users and groups alike.
    struct Chosen {
        std::string kind;
        std::string name;
        Carrier* carrier;
    };
    Chosen any_carrier() {
        if (random_() % 3 == 0) {
            const std::string name = any_group();
            return {"Group", name, model_.group(name)};
        }
        const std::string name = any_user();
        return {"User", name, model_.user(name)};
    }
    void put_inline() {
        const Chosen chosen = any_carrier();
        const std::string kind = any_document();
        const std::string policy = any_policy();
        call("Put" + chosen.kind + "Policy",
             {{chosen.kind + "Name", chosen.name},
              {"PolicyName", policy},
              {"PolicyDocument", documents.at(kind)}},
             chosen.carrier == nullptr ? missing : done);
        if (chosen.carrier != nullptr) chosen.carrier->inline_policies[policy] = kind;
    }
    void delete_inline() {
        const Chosen chosen = any_carrier();
        const std::string policy = any_policy();
        const bool is_there = chosen.carrier != nullptr && chosen.carrier->inline_policies.contains(policy);
        call("Delete" + chosen.kind + "Policy", {{chosen.kind + "Name", chosen.name}, {"PolicyName", policy}},
             is_there ? done : missing);
        if (is_there) chosen.carrier->inline_policies.erase(policy);
    }
    void create_policy() {
        const std::string name = any_policy();
        const std::string kind = any_document();
        const bool is_new = model_.policy(name) == nullptr;
        call("CreatePolicy", {{"PolicyName", name}, {"PolicyDocument", documents.at(kind)}},
             is_new ? done : exists);
        if (is_new) model_.policies[ascii_lower(name)] = {kind};
    }
    void change_policy() {
        const std::string name = any_policy();
        const std::string kind = any_document();
        ModelPolicy* policy = model_.policy(name);
        const bool is_full = policy != nullptr && policy->versions == 5;
        call("CreatePolicyVersion",
             {{"PolicyArn", arn_of(name)}, {"PolicyDocument", documents.at(kind)}, {"SetAsDefault", "true"}},
             policy == nullptr ? missing
             : is_full         ? too_many
                               : done);
        if (policy == nullptr || is_full) return;
        policy->document = kind;
        ++policy->versions;
    }
    void delete_policy() {
        const std::string name = any_policy();
        const ModelPolicy* policy = model_.policy(name);
        const bool is_free =
            policy != nullptr && policy->versions == 1 && !model_.is_attached(ascii_lower(name));
        call("DeletePolicy", {{"PolicyArn", arn_of(name)}},
             policy == nullptr ? missing
             : is_free         ? done
                               : conflict);
        if (is_free) model_.policies.erase(ascii_lower(name));
    }
    void attach() {
        const Chosen chosen = any_carrier();
        const std::string policy = any_policy();
        const bool can = chosen.carrier != nullptr && model_.policy(policy) != nullptr;
        call("Attach" + chosen.kind + "Policy",
             {{chosen.kind + "Name", chosen.name}, {"PolicyArn", arn_of(policy)}}, can ? done : missing);
        if (can) chosen.carrier->attached.insert(ascii_lower(policy));
    }
    void detach() {
        const Chosen chosen = any_carrier();
        const std::string policy = any_policy();
        const bool can = chosen.carrier != nullptr && chosen.carrier->attached.contains(ascii_lower(policy));
        call("Detach" + chosen.kind + "Policy",
             {{chosen.kind + "Name", chosen.name}, {"PolicyArn", arn_of(policy)}}, can ? done : missing);
        if (can) chosen.carrier->attached.erase(ascii_lower(policy));
    }

    void compare_permissions() {
        for (const auto& [folded, user] : model_.users) {
            if (user.keys.empty()) continue;
            EXPECT_EQ(world_.iam(user.keys.front(), "ListUsers").ok(), model_.may_list(user))
                << user.name << "\n"
                << history_;
        }
    }
    [[nodiscard]] std::vector<std::string> listed(const std::string& action, const Parameters& parameters,
                                                  const std::string& element) {
        return call(action, parameters, done).texts(element);
    }
    void compare_lists() {
        std::vector<std::string> names;
        for (const auto& [folded, user] : model_.users) {
            names.push_back(user.name);
            const Parameters of_user{{"UserName", user.name}};
            std::vector<std::string> own;
            for (const auto& [name, kind] : user.inline_policies) own.push_back(name);
            auto told = listed("ListUserPolicies", of_user, "PolicyNames/member");
            std::ranges::sort(told);
            EXPECT_EQ(told, own) << history_;
            EXPECT_EQ(listed("ListAttachedUserPolicies", of_user, "PolicyArn").size(), user.attached.size());
            EXPECT_EQ(listed("ListGroupsForUser", of_user, "GroupName").size(), user.groups.size());
            EXPECT_EQ(listed("ListAccessKeys", of_user, "AccessKeyId").size(), user.keys.size());
        }
        EXPECT_EQ(listed("ListUsers", {}, "UserName"), names) << history_;
        EXPECT_EQ(listed("ListGroups", {}, "GroupName").size(), model_.groups.size()) << history_;
        EXPECT_EQ(listed("ListPolicies", {{"Scope", "Local"}}, "PolicyName").size(), model_.policies.size());
    }

    std::mt19937_64 random_;
    World world_;
    Model model_;
    std::string history_;
};

const std::vector<Sequence::Step> Sequence::steps_{
    &Sequence::create_user,   &Sequence::create_user,   &Sequence::delete_user,   &Sequence::get_user,
    &Sequence::rename_user,   &Sequence::create_key,    &Sequence::create_key,    &Sequence::delete_key,
    &Sequence::create_group,  &Sequence::delete_group,  &Sequence::join,          &Sequence::join,
    &Sequence::leave,         &Sequence::put_inline,    &Sequence::put_inline,    &Sequence::delete_inline,
    &Sequence::create_policy, &Sequence::change_policy, &Sequence::delete_policy, &Sequence::attach,
    &Sequence::attach,        &Sequence::detach,
};

TEST(Model, AgreesWithEveryAnswerOfRandomSequences) {
    for (std::uint64_t seed = 1; seed <= 40 && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Sequence(seed).run(200);
    }
}

}  // namespace
}  // namespace writ::api
