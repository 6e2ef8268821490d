#include "advice/verify.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "advice/internal/neighbours.h"
#include "base/text.h"
#include "engine/decide.h"
#include "engine/policies.h"
#include "policy/parse.h"
#include "reference/authorization.h"

namespace writ::advice {
namespace {

using directory::RecordedUse;
using directory::UseKey;

constexpr std::size_t examples_max = 5;
constexpr std::size_t sampled_resources_max = 300;  // Of one service.

engine::PolicySet compiled(const std::vector<std::string>& documents) {
    std::vector<engine::PolicySet::Member> members;
    for (const std::string& text : documents) {
        auto document = policy::parse(text, {.characters_max = std::size_t{1} << 24U});
        if (!document) continue;  // It grants nothing, which the replay finds.
        members.push_back({engine::compile(std::move(*document), policy::PolicyType::identity),
                           {.name = "generated", .arn = {}, .attached_to = {}}});
    }
    return engine::PolicySet(std::move(members));
}

engine::Context context_of(const std::vector<UseKey>& keys) {
    engine::Context context;
    for (const UseKey& key : keys) {
        if (key.multivalued) {
            context.set_list(key.name, key.values);
        } else if (!key.values.empty()) {
            context.set(key.name, key.values.front());
        }
    }
    return context;
}

std::string_view service_of(std::string_view action) {
    return action.substr(0, action.find(':'));
}

/// At most so many, from all over the list.
std::vector<const RecordedUse*> sample(const std::vector<const RecordedUse*>& all) {
    if (all.size() <= sampled_resources_max) return all;
    std::vector<const RecordedUse*> some;
    some.reserve(sampled_resources_max);
    for (std::size_t i = 0; i < sampled_resources_max; ++i) {
        some.push_back(all[i * all.size() / sampled_resources_max]);
    }
    return some;
}

/// The questions about one policy.
class Replay {
  public:
    Replay(const GeneratedPolicy& policy, std::span<const RecordedUse> uses,
           const engine::Principal& principal)
        : uses_(uses), principal_(principal), set_(compiled(policy.documents)) {
        for (const RecordedUse& use : uses) recorded_.emplace(ascii_lower(use.action), use.resource);
        for (const Grant& grant : policy.grants) grants_of_[ascii_lower(grant.action)].push_back(&grant);
    }

    Verification ask() {
        for (const RecordedUse& use : uses_) {
            expect(done_.replayed, true, use.action, use.resource, use.context);
            ask_conditions(use);
        }
        ask_other_actions();
        ask_neighbours();
        return std::move(done_);
    }

  private:
    [[nodiscard]] engine::Decision decide(std::string_view action, std::string_view resource,
                                          const std::vector<UseKey>& keys) const {
        const engine::Context context = context_of(keys);
        const engine::Request request(principal_,
                                      {.action = action,
                                       .resource = resource,
                                       .resource_account = principal_.account,
                                       .resource_in_management_account = false,
                                       .via_vpc_endpoint = false},
                                      context);
        engine::Policies policies;
        policies.identity = &set_;
        return engine::decide(policies, request);
    }

    void expect(Asked& asked, bool allowed, std::string_view action, std::string_view resource,
                const std::vector<UseKey>& keys) {
        ++asked.questions;
        const engine::Decision decision = decide(action, resource, keys);
        // GetCallerIdentity and its like need no policy (spec E10).
        if (decision.allowed() == allowed || decision.decided_by == engine::Layer::always) return;
        ++asked.wrong;
        if (asked.examples.size() < examples_max) {
            asked.examples.push_back(std::string(action).append(" on ").append(resource));
        }
    }

    /// Something that nobody was seen to do: denied, unless a template says that it is meant. Actions that
    /// take no resource are not asked with one.
    void expect_denied(Asked& asked, std::string_view action, std::string_view resource,
                       const std::vector<UseKey>& keys) {
        for (const Grant* grant : grants_of_[ascii_lower(action)]) {
            if (grant->resource.text == "*") return;
            if (!grant->resource.is_template() || !grant->resource.fits(resource)) continue;
            ++done_.within_templates;
            return;
        }
        expect(asked, false, action, resource, keys);
    }

    [[nodiscard]] bool is_recorded(std::string_view action, const std::string& resource) const {
        return recorded_.contains({ascii_lower(action), resource});
    }

    /// Another value, and none, for each key that a grant holds constant; if no other grant of the action
    /// covers the resource.
    void ask_conditions(const RecordedUse& use) {
        const Grant* only = nullptr;
        for (const Grant* grant : grants_of_[ascii_lower(use.action)]) {
            if (!grant->resource.fits(use.resource)) continue;
            if (only != nullptr) return;
            only = grant;
        }
        if (only == nullptr) return;
        for (const ConstantKey& constant : only->conditions) {
            std::vector<UseKey> keys = use.context;
            const auto key = std::ranges::find(keys, constant.key, &UseKey::name);
            if (key == keys.end()) continue;
            key->values.front() += "-other";
            if (constant.op != "Null") {
                expect(done_.conditions, false, use.action, use.resource, keys);
            }
            keys.erase(key);
            expect(done_.conditions, false, use.action, use.resource, keys);
        }
    }

    /// Every action of the reference on the resources of its service, and on none.
    void ask_other_actions() {
        std::map<std::string_view, std::map<std::string_view, const RecordedUse*>> by_service;
        for (const RecordedUse& use : uses_) by_service[service_of(use.action)].emplace(use.resource, &use);
        for (const auto& [prefix, by_resource] : by_service) {
            const reference::Service* service = reference::find_service(prefix);
            if (service == nullptr) continue;
            std::vector<const RecordedUse*> one_each;
            for (const auto& [resource, use] : by_resource) one_each.push_back(use);
            const auto sampled = sample(one_each);
            for (const reference::Action& action : service->actions) {
                for (const RecordedUse* use : sampled)
                    ask_other_action(action.name, use->resource, use->context);
                ask_other_action(action.name, "*", one_each.front()->context);
            }
        }
    }

    void ask_other_action(std::string_view action, const std::string& resource,
                          const std::vector<UseKey>& keys) {
        if (!is_recorded(action, resource)) expect_denied(done_.actions, action, resource, keys);
    }

    void ask_neighbours() {
        for (const RecordedUse& use : uses_) {
            for (const std::string& neighbour : internal::neighbours_of(use.resource)) {
                if (is_recorded(use.action, neighbour)) continue;
                expect_denied(done_.neighbours, use.action, neighbour, use.context);
            }
        }
    }

    const std::span<const RecordedUse> uses_;
    const engine::Principal& principal_;
    const engine::PolicySet set_;
    std::set<std::pair<std::string, std::string>> recorded_;  ///< Action in lower case, resource.
    std::map<std::string, std::vector<const Grant*>> grants_of_;
    Verification done_;
};

}  // namespace

Verification verify_policy(const GeneratedPolicy& policy, std::span<const RecordedUse> uses,
                           const engine::Principal& principal) {
    return Replay(policy, uses, principal).ask();
}

}  // namespace writ::advice
