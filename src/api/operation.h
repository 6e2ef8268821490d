#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/call.h"
#include "api/output.h"
#include "directory/tags.h"

/// What an operation is to the frame: one row of api/SERVICE/operations.cpp. Parameters, limits, answer and
/// errors come from the model; condition keys from what the service authorization reference declares for the
/// action (request_keys.h). A row only adds what neither knows.
namespace writ::api {

/// What a call is about, as far as deciding must know.
struct Target {
    std::string arn = "*";  ///< Resource of the request; "*" for actions without one (spec R9).
    std::string shown{};    ///< How a denial names it (spec 6.1); empty: by its ARN.
    std::vector<directory::Tag> tags{};
    std::optional<std::string> boundary_arn{};
    /// Account that owns it, where that is not the one in the ARN.
    std::string owner{};
    /// Resource-based policy, which the caller's organization keeps alive; null: it has none.
    const engine::PolicySet* policy = nullptr;
    /// Said to callers of other accounts whom no resource-based policy lets in; empty: the usual sentence.
    std::string_view closed_text{};
    authz::SubjectPtr role{};          ///< The role to be assumed; null: other operations, or no such role.
    std::string credential_service{};  ///< Of the service-specific credential that is meant (spec B33).
    std::string delegation_owner{};    ///< ARN of whoever owns the delegation request that is meant.
    /// Further resources that the same action must be allowed on.
    std::vector<Target> also{};
    std::optional<Instant> mfa_time{};  ///< The call has proven MFA by a code of its own (spec S14).
    std::string_view passed_to{};       ///< Service that is handed the target, a role (iam:PassedToService).
    /// What else the call addresses, for Operation::further.
    std::vector<Target> companions{};

    bool operator==(const Target&) const = default;
};

/// Finds the target before it is known whether the caller may know of it, so absence is no error (spec B7).
using TargetInStore = Result<Target> (*)(const directory::AccountView&, const Call&);
/// For targets that are not records of the caller's account. Must not hold a Reader when it calls `subjects`.
using TargetOfCall = Result<Target> (*)(const Call&);
/// Nothing: the operation has no resource.
using TargetRule = std::variant<std::monostate, TargetInStore, TargetOfCall>;

/// One more (action, resource) pair that must be allowed (spec A5).
struct FurtherDemand {
    std::string_view action;  ///< "sts:TagSession".
    Target target;
    /// When the operation's own action is denied for no other reason than a condition on this key, this
    /// action is named instead (spec S12). Empty: never.
    std::string_view blamed_for_key{};
};
using FurtherDemands = std::vector<FurtherDemand> (*)(const Call&, const Target&);

/// Rules about parameters that go beyond the model and come before authorization.
using ParameterCheck = Result<void> (*)(const Call&);

using ReadHandler = Result<Output> (*)(const directory::AccountView&, const Call&);
/// The frame commits when it succeeds, and leaves no trace when not.
using WriteHandler = Result<Output> (*)(directory::AccountEdit&, const Call&);
/// Needs no transaction of its own.
using PlainHandler = Result<Output> (*)(const Call&, const Target&);
/// For work that must not hold up other writers, such as hashing passwords: reads, works, and leaves the
/// writing to its completion, which runs in a transaction of its own. A completion that finds that what was
/// read has changed since fails with ConcurrentModification and `may_retry`; the frame begins anew then.
using Completion = std::function<Result<Output>(directory::AccountEdit&)>;
using SlowHandler = Result<Completion> (*)(const directory::AccountView&, const Call&);
using Handler = std::variant<ReadHandler, WriteHandler, PlainHandler, SlowHandler>;

struct Operation {
    std::string_view name;    ///< As in the model.
    std::string_view action;  ///< "iam:CreateUser": the action of that name, where the reference has one.
    TargetRule target{};
    Handler handler;
    ParameterCheck check = nullptr;
    FurtherDemands further = nullptr;
    /// Parameters of the model that are refused by name instead of being ignored (spec 7.1).
    std::array<std::string_view, 2> refused_parameters{};
    /// Spec E10: no policy has a say, so no context is gathered. The decision itself is made all the same.
    bool decided_without_policies = false;
    /// Spec N3, N4: denials give no reason.
    bool denied_without_reason = false;
    /// What the handler wrote is kept when it refuses: the tries of one-time codes (spec B14).
    bool refusals_leave_a_trace = false;
};

/// The operations that exist here.
struct OperationTable {
    std::string_view service;               ///< Signing name.
    std::span<const Operation> operations;  ///< By name.
};

/// The services in the order of the documentation.
[[nodiscard]] std::span<const OperationTable> operation_tables() noexcept;
/// Null when there is no such operation here (yet).
[[nodiscard]] const Operation* find_operation(std::string_view service, std::string_view name) noexcept;

}  // namespace writ::api
