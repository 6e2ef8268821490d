#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "engine/policies.h"
#include "engine/request.h"

namespace writ::engine {

enum class Verdict : std::uint8_t { allowed, explicit_deny, implicit_deny };

/// The policy type that decided (spec 5.2, 6.2). `root` and `always` stand for permissions that no policy
/// gives.
enum class Layer : std::uint8_t {
    none,  ///< Something went wrong while deciding: a denial.
    identity,
    boundary,
    session,
    scp,
    rcp,
    resource,
    trust,
    endpoint,
    root,    ///< Spec 6c: the root user of the account.
    always,  ///< Spec E10: GetCallerIdentity, GetSessionToken. And E12: what no policy may change (a denial).
};

/// The statement that decided: the matching Deny, or the first Allow of the deciding layer.
struct StatementRef {
    static constexpr std::uint32_t npos = 0xFFFFFFFFU;
    std::uint32_t level = 0;      ///< SCP, RCP, session (scope-down policies from 1 on): index of the level.
    std::uint32_t member = npos;  ///< Index into PolicySet::members().
    std::uint32_t statement = npos;  ///< Index into Document::statements().
    [[nodiscard]] bool found() const noexcept { return statement != npos; }
    bool operator==(const StatementRef&) const = default;
};

/// A default Decision denies.
struct Decision {
    Verdict verdict = Verdict::implicit_deny;
    Layer decided_by = Layer::none;
    StatementRef statement;

    [[nodiscard]] bool allowed() const noexcept { return verdict == Verdict::allowed; }
    bool operator==(const Decision&) const = default;
};

/// Decides one (action, resource) pair by the steps of spec 5.2; the cause named is the one of spec 6.2.
/// Never throws or allocates, does no I/O, reads no clock. A defect inside yields a denial by Layer::none.
/// REQUIRES: `policies` and `request` are unchanged during the call; the result holds no pointers. Where RCPs
/// are in force, one was compiled or prepare_for_rcps() called; else the first decision allocates.
/// Cost: linear in the statements that can match action and resource, not in all statements. Thread-safe.
[[nodiscard]] Decision decide(const Policies& policies, const Request& request) noexcept;

/// Several pairs of one API call: each must be allowed (spec A5). The first denial decides; allowed when
/// there is at least one pair and all are. `failed` (if given) receives the index of the denied pair.
[[nodiscard]] Decision decide_all(const Policies& policies, std::span<const Request* const> requests,
                                  std::size_t* failed = nullptr) noexcept;

/// "allowed", "explicitDeny", "implicitDeny": the words of the simulator API and of policy cases.
[[nodiscard]] std::string_view name(Verdict verdict) noexcept;
/// "identity", "boundary", …: the words of policy cases; Layer::none and Layer::always are "implicit" for
/// denials.
[[nodiscard]] std::string_view name(Layer layer) noexcept;
/// The type of the policies that a layer consists of; nothing for permissions that no policy gives.
[[nodiscard]] std::optional<policy::PolicyType> policy_type_of(Layer layer) noexcept;

}  // namespace writ::engine
