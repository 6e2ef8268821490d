#pragma once

// For tests: policies with remedies put in their places.

#include <deque>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/explain.h"
#include "policy/parse.h"

namespace writ::engine::testing {

/// `policies` must outlive it. Remedies without a statement change nothing.
class Mended {
  public:
    Mended(const Policies& policies, std::span<const Remedy> remedies, const Remedy* left_out = nullptr)
        : policies_(policies) {
        if (policies_.scp) scp_.assign(policies_.scp->begin(), policies_.scp->end());
        if (policies_.rcp) rcp_.assign(policies_.rcp->begin(), policies_.rcp->end());
        scope_down_.assign(policies_.scope_down.begin(), policies_.scope_down.end());
        for (const Remedy& remedy : remedies) {
            if (&remedy != left_out && !remedy.statement.empty()) put(remedy);
        }
        if (policies_.scp) policies_.scp = scp_;
        if (policies_.rcp) policies_.rcp = rcp_;
        policies_.scope_down = scope_down_;
    }
    Mended(const Mended&) = delete;
    Mended& operator=(const Mended&) = delete;

    [[nodiscard]] const Policies& policies() const noexcept { return policies_; }

  private:
    void put(const Remedy& remedy) {
        using policy::PolicyType;
        switch (remedy.layer) {
            case Layer::identity:
                return add(policies_.identity, PolicyType::identity, remedy.statement);
            case Layer::boundary:
                return add(policies_.boundary, PolicyType::boundary, remedy.statement);
            case Layer::session:
                return add(remedy.level == 0 ? policies_.session : scope_down_.at(remedy.level - 1),
                           PolicyType::session, remedy.statement);
            case Layer::resource:
                return add(policies_.resource, PolicyType::resource, remedy.statement);
            case Layer::trust:
                return add(policies_.trust, PolicyType::trust, remedy.statement);
            case Layer::endpoint:
                return add(policies_.endpoint, PolicyType::endpoint, remedy.statement);
            case Layer::scp:
                return add(scp_.at(remedy.level), PolicyType::scp, remedy.statement);
            case Layer::rcp:
                return add(rcp_.at(remedy.level), PolicyType::rcp, remedy.statement);
            case Layer::none:
            case Layer::root:
            case Layer::always:
                return;
        }
    }

    void add(const PolicySet*& slot, policy::PolicyType type, const std::string& statement) {
        std::vector<PolicySet::Member> members;
        if (slot != nullptr) members.assign(slot->members().begin(), slot->members().end());
        const std::string text = R"({"Version":"2012-10-17","Statement":)" + statement + "}";
        const auto parsed = policy::parse(text);
        if (!parsed) throw std::runtime_error(text + ": " + parsed.error().hint);
        members.push_back({compile(*parsed, type), {}});
        slot = &sets_.emplace_back(std::move(members));
    }

    Policies policies_;
    std::deque<PolicySet> sets_;
    std::vector<const PolicySet*> scp_, rcp_, scope_down_;
};

}  // namespace writ::engine::testing
