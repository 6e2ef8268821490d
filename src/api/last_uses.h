#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "authz/caller.h"
#include "base/result.h"
#include "base/time.h"
#include "directory/directory.h"
#include "store/store.h"

namespace writ::api {

/// When access keys and roles were used last (spec 8.7), and which actions users and roles attempted last
/// (spec 8.15), kept off the way of requests: noting costs a look-up and, when the use is no news, no
/// allocation; the store is written by flush(). The first use of each 15 minutes counts. What is noted and
/// not flushed is lost when the process ends. Memory is bounded. Safe for concurrent use.
class LastUses {
  public:
    /// `region`: of calls that name no other. Store and environment must outlive it.
    LastUses(store::Store& store, const directory::Environment& environment, std::string region)
        : store_(store), environment_(environment), own_region_(std::move(region)) {}

    /// The caller was recognised; whether it was allowed anything does not matter. `region`: empty stands for
    /// the own one.
    void note(const authz::Caller& caller, std::string_view service, Instant now,
              std::string_view region = {});
    /// The caller asked to perform an action, "iam:GetUser". Denied attempts count too, and root counts for
    /// its account.
    /// REQUIRES: `action` lives as long as the program.
    void note_action(const authz::Caller& caller, std::string_view action, Instant now,
                     std::string_view region = {});
    /// A store that cannot be written leaves the rest for the next call.
    void flush();

  private:
    struct Use {
        std::string account;
        std::string used_id;  ///< Access key id, role id, or the id of who attempted an action.
        bool role = false;
        std::string service;
        std::string_view action{};  ///< Without the service; empty: not about an action.
        Instant at{};
        std::string region{};
    };
    struct ActionKey {
        std::string principal_id;
        std::string_view action;
    };
    struct ActionKeyView {
        std::string_view principal_id;
        std::string_view action;
    };
    struct ActionHash {
        using is_transparent = void;
        template <class Key>
        std::size_t operator()(const Key& key) const noexcept {
            return std::hash<std::string_view>{}(key.principal_id) * 31 +
                   std::hash<std::string_view>{}(key.action);
        }
    };
    struct ActionEqual {
        using is_transparent = void;
        template <class A, class B>
        bool operator()(const A& a, const B& b) const noexcept {
            return a.principal_id == b.principal_id && a.action == b.action;
        }
    };
    using NotedActions = std::unordered_map<ActionKey, Instant, ActionHash, ActionEqual>;

    static constexpr std::chrono::minutes window{15};
    static constexpr std::chrono::minutes forget_every{1};
    static constexpr std::size_t noted_max = 500'000;  ///< Of each map; then all is forgotten and noted anew.
    static constexpr std::size_t waiting_max =
        100'000;  ///< Then uses are lost, for the store is out of order.

    void wait(Use use);
    [[nodiscard]] std::vector<Use> take_due();
    [[nodiscard]] Result<void> record(store::Transaction& transaction, const Use& use) const;
    [[nodiscard]] bool write(const std::vector<Use>& uses);

    store::Store& store_;
    const directory::Environment& environment_;
    const std::string own_region_;
    std::mutex mutex_;
    std::unordered_map<std::string, Instant> noted_;  ///< By used id; forgotten when its window is over.
    NotedActions noted_actions_;
    Instant forgotten_at_{};
    std::vector<Use> waiting_;
};

}  // namespace writ::api
