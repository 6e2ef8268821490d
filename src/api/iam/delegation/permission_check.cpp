#include "api/iam/delegation/permission_check.h"

#include <algorithm>

#include "authz/authorize.h"
#include "base/arn.h"
#include "engine/request_keys.h"
#include "reference/authorization.h"

namespace writ::api::iam::delegation {
namespace {

constexpr std::size_t pairs_max = 1000;

/// The worst of both; a denial is certain whatever else is not.
Coverage worse(Coverage a, Coverage b) {
    const auto rank = [](Coverage coverage) {
        return coverage == Coverage::allowed ? 0 : coverage == Coverage::unsure ? 1 : 2;
    };
    return rank(a) < rank(b) ? b : a;
}

bool may_yet_apply(const engine::StatementTrace& statement, policy::Effect effect) {
    return statement.effect == effect && statement.action_matched && !statement.applied;
}

/// A Deny on a part of the resource, or under a condition, may take something away.
Coverage coverage_of(const engine::Explanation& explanation) {
    const auto& statements = explanation.statements;
    if (explanation.decision.allowed()) {
        const bool certain = std::ranges::none_of(statements, [](const engine::StatementTrace& statement) {
            return may_yet_apply(statement, policy::Effect::deny);
        });
        return certain ? Coverage::allowed : Coverage::unsure;
    }
    if (explanation.decision.verdict == engine::Verdict::explicit_deny) return Coverage::denied;
    const bool conditional = std::ranges::any_of(statements, [](const engine::StatementTrace& statement) {
        return may_yet_apply(statement, policy::Effect::allow) && statement.resource_matched;
    });
    return conditional ? Coverage::unsure : Coverage::denied;
}

class Check {
  public:
    Check(const Call& call, const policy::Document& asked) : call_(call), asked_(asked) {
        authz::set_caller_keys(context_, call.caller, call.now);
    }

    std::optional<Coverage> run() {
        Coverage all = Coverage::allowed;
        for (const policy::Statement& statement : asked_.statements()) {
            if (statement.effect != policy::Effect::allow) continue;
            const auto one = of_statement(statement);
            if (!one) return std::nullopt;
            all = worse(all, *one);
        }
        return all;
    }

  private:
    std::optional<Coverage> of_statement(const policy::Statement& statement) {
        if (!statement.action || statement.action->negated || !statement.resource ||
            statement.resource->negated) {
            return Coverage::unsure;
        }
        Coverage all = Coverage::allowed;
        for (const policy::Scalar& pattern : statement.action->patterns) {
            for (const std::string_view action : actions_of(pattern.text)) {
                for (const policy::Scalar& resource : statement.resource->patterns) {
                    if (++pairs_ > pairs_max) return worse(all, Coverage::unsure);
                    const auto one = of_pair(action, resource.text);
                    if (!one) return std::nullopt;
                    all = worse(all, *one);
                }
            }
        }
        return all;
    }

    /// One that the reference does not know is asked for as it stands.
    static std::vector<std::string_view> actions_of(std::string_view pattern) {
        std::vector<std::string_view> actions;
        for (const reference::Action* action : reference::expand_action(pattern)) {
            if (actions.size() > pairs_max) break;
            actions.push_back(action->name);
        }
        if (actions.empty()) actions.push_back(pattern);
        return actions;
    }

    std::optional<Coverage> of_pair(std::string_view action, std::string_view resource) {
        const auto arn = parse_arn(resource);
        const bool is_foreign = arn && !arn->account.empty() && arn->account != call_.account() &&
                                arn->account != "aws" && arn->account != "*";
        if (is_foreign) return Coverage::unsure;
        engine::Context context = context_;
        engine::set_resource_keys(context, arn ? arn->service : "", call_.account(), {});
        const authz::Demand demand{.action = action,
                                   .resource = resource,
                                   .resource_account = call_.account(),
                                   .owner = call_.caller.organization.get(),
                                   .trust = nullptr,
                                   .resource_policy = nullptr,
                                   .shown = std::nullopt};
        const auto explanation = call_.at.authorizer.explain(call_.caller, demand, context);
        if (!explanation) return std::nullopt;
        return coverage_of(*explanation);
    }

    const Call& call_;
    const policy::Document& asked_;
    engine::Context context_;
    std::size_t pairs_ = 0;
};

}  // namespace

std::optional<Coverage> check_permissions(const Call& call, const policy::Document& asked) {
    return Check(call, asked).run();
}

}  // namespace writ::api::iam::delegation
