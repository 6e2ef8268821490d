#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "policy/document.h"

namespace writ::engine {

/// Where a document comes from, for explanations and denial messages.
struct PolicySource {
    std::string name;         ///< "ReadOrders", or its index in a list.
    std::string arn;          ///< Empty for inline documents, resource and trust policies (spec N1).
    std::string attached_to;  ///< For example "group developers"; empty: the principal itself.
};

/// One document made ready to be matched: patterns, conditions, principals. Immutable and shared by every
/// set that contains it, so that a managed policy attached to 100,000 principals is compiled once.
class CompiledDocument;
using CompiledDocumentPtr = std::shared_ptr<const CompiledDocument>;

/// Compiles `document` as a policy of `type` (incomplete ARNs differ by type, spec R6). Never fails: a
/// statement that cannot be understood never applies. Cost: linear in the document. Thread-safe.
[[nodiscard]] CompiledDocumentPtr compile(policy::DocumentPtr document, policy::PolicyType type);

/// Makes ready what decisions under RCPs need to know of AWS's actions (spec 5.2, ?33), so that decide() need
/// not: about 5 ms at the first call in a process, nothing later. compile() of an RCP does it. Only who puts
/// RCP levels in force of which none holds a document has to call it himself. Thread-safe.
void prepare_for_rcps() noexcept;

/// The documents of one policy type that are in force together (all identity policies of a principal; all
/// SCPs of one node …), indexed so that a decision visits only statements that can match the action and
/// resource. Immutable; reading is thread-safe.
class PolicySet {
  public:
    struct Member {
        CompiledDocumentPtr document;
        PolicySource source;
    };
    explicit PolicySet(std::vector<Member> members);
    PolicySet(PolicySet&&) noexcept;
    PolicySet& operator=(PolicySet&&) noexcept;
    PolicySet(const PolicySet&) = delete;
    PolicySet& operator=(const PolicySet&) = delete;
    ~PolicySet();

    [[nodiscard]] std::span<const Member> members() const noexcept;
    /// Bytes of the index itself, without the shared documents.
    [[nodiscard]] std::size_t index_bytes() const noexcept;

    struct Index;
    [[nodiscard]] const Index& index() const noexcept { return *index_; }

  private:
    std::unique_ptr<const Index> index_;
};

/// Everything that is in force for one request. Views only: the sets must outlive the decision. A null
/// pointer or an absent list means "no such policy"; a set without members allows nothing.
struct Policies {
    const PolicySet* identity = nullptr;  ///< Inline, attached and group policies together (spec E17).
    const PolicySet* boundary = nullptr;  ///< Null: no boundary is set.
    const PolicySet* session = nullptr;   ///< Null: none were passed.
    /// Scope-down policies of GetScopedCredentials, one set for each call, the first call first: each must
    /// allow, whatever grants. Reported as the levels 1, 2 … of the session layer, whose level 0 is
    /// `session`.
    std::span<const PolicySet* const> scope_down = {};
    const PolicySet* resource = nullptr;  ///< Policy of the resource; null: it has none.
    const PolicySet* trust = nullptr;  ///< sts:AssumeRole…: the role's trust policy; its Allow is required.
    const PolicySet* endpoint = nullptr;  ///< VPC endpoint policy.
    /// One set per level, root first, then OUs, then the account. Absent: no organization is in force.
    std::optional<std::span<const PolicySet* const>> scp;
    std::optional<std::span<const PolicySet* const>> rcp;
};

}  // namespace writ::engine
