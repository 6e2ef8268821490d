#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "engine/context.h"
#include "engine/decide.h"
#include "engine/policies.h"
#include "engine/principal.h"
#include "policy/document.h"

/// Policy cases: one question to the decision, told as data, with the answer that is expected. The file
/// format is described in docs/policy-cases.md.
namespace writ::cases {

using Tags = std::vector<std::pair<std::string, std::string>>;

/// Who asks, with what its credentials say beside its identity.
struct Caller {
    engine::Principal principal;
    Tags tags, session_tags;
    std::optional<std::chrono::seconds> mfa_age;  ///< Nothing: no MFA keys in the context.
    /// Account id of the organization's management account; empty when not told.
    std::string management_account;
};

/// A policy of a case, and where its text stands: positions in `document` count from `origin` of `file`.
struct PolicyText {
    policy::DocumentPtr document;
    engine::PolicySource source;  ///< `name`: index in its list, the path as written, or the ARN.
    std::string file;             ///< To print; the ARN of a built-in policy.
    policy::Position origin;
};

/// A position inside the document as a position in the file that holds it.
[[nodiscard]] policy::Position in_file(const PolicyText& policy, const policy::Position& at) noexcept;

using PolicyLevel = std::vector<PolicyText>;

/// What is in force. An absent list means that no such policy is there; an empty one allows nothing.
struct PolicyTexts {
    PolicyLevel identity;
    std::optional<PolicyText> boundary;
    std::optional<PolicyLevel> session;
    std::optional<std::vector<PolicyLevel>> scope_down;  ///< A list for each call of GetScopedCredentials.
    std::optional<PolicyText> resource;
    std::optional<PolicyText> trust;
    std::optional<PolicyText> endpoint;
    std::optional<std::vector<PolicyLevel>> scp;  ///< Root first, then OUs, then the account.
    std::optional<std::vector<PolicyLevel>> rcp;
};

/// What the author says about a context key. It wins over the key that the engine would derive.
struct ContextValue {
    std::string key;
    std::vector<std::string> values;
    bool multivalued = false;
    bool removed = false;  ///< The key is missing, whatever would be derived.
};

/// What must come out. Members without a value are not compared.
struct Expectation {
    std::optional<engine::Verdict> decision;
    std::optional<std::string> decided_by;
    std::optional<std::string> policy;     ///< Index or name within its list.
    std::optional<std::string> statement;  ///< Sid, or index within the document.
};

/// One question. A value: reading it is thread-safe.
struct Case {
    std::string name;
    policy::Position at;  ///< Of the case in its file.
    Caller caller;
    std::string action;
    std::string resource;
    std::string resource_account;  ///< Empty: from the ARN, else the principal's.
    Tags resource_tags;
    std::vector<ContextValue> context;
    std::optional<Instant> time;  ///< Nothing: the time when the case is run.
    PolicyTexts policies;
    std::optional<Expectation> expect;
};

}  // namespace writ::cases
