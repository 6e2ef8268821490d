#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/call.h"
#include "directory/principals/principals.h"
#include "engine/policies.h"

/// The policies of one simulation. The name of a source is the SourcePolicyId of its statements (spec B35).
namespace writ::api::iam::simulator {

using Set = std::unique_ptr<const engine::PolicySet>;

struct Policies {
    Set identity;
    Set boundary;          ///< Null: none.
    Set resource;          ///< Null: none.
    std::vector<Set> scp;  ///< A level each, root first; empty: no organization.
    /// The SCPs in force for the source are those of its account; null: of `scp`.
    authz::OrganizationPtr organization;

    /// A set a level, root first; empty: no SCPs take part.
    [[nodiscard]] std::vector<const engine::PolicySet*> scp_levels() const;
};

/// Of SimulateCustomPolicy. InvalidInput for what is no policy document of its type.
[[nodiscard]] Result<Policies> policies_of_input(const Input& input);

/// Of SimulatePrincipalPolicy: those of `source`, which is of the caller's account, and the SCPs of that
/// account, but the excluded ones; and those of the input.
[[nodiscard]] Result<Policies> policies_of_source(const directory::AccountView& account,
                                                  directory::PrincipalRecord source, const Call& call);

/// The user, group or role that PolicySourceArn names, NoSuchEntity when there is none.
[[nodiscard]] Result<directory::PrincipalRecord> read_source(const directory::AccountView& account,
                                                             std::string_view arn);

/// The text of a managed policy that is in force, whosever it is. PolicyEvaluation 500 when it is missing.
[[nodiscard]] Result<std::string> document_of(const directory::AccountView& account,
                                              const directory::ManagedPolicyInForce& policy);

/// InvalidInput for what is no policy document of that type.
[[nodiscard]] Result<policy::DocumentPtr> read_document(std::string_view text, policy::PolicyType type);

}  // namespace writ::api::iam::simulator
