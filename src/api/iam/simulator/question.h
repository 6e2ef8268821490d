#pragma once

#include <string>
#include <vector>

#include "api/call.h"
#include "directory/principals/principals.h"
#include "engine/context.h"
#include "engine/principal.h"

namespace writ::api::iam::simulator {

/// What is asked, beside the policies.
struct Question {
    engine::Principal caller;
    engine::Context context;     ///< What follows from the caller, then what ContextEntries say.
    std::string resource_owner;  ///< Account; empty: the caller's.
    std::vector<std::string> actions;
    std::vector<std::string> resources;  ///< "*" unless given.

    /// The account that a resource belongs to: its ARN tells, or ResourceOwner, or it is the caller's.
    [[nodiscard]] std::string owner_of(const std::string& resource) const;
};

/// `source` is null for SimulateCustomPolicy. InvalidInput for what the model cannot tell to be wrong.
[[nodiscard]] Result<Question> question_of(const Call& call, const directory::PrincipalRecord* source);

}  // namespace writ::api::iam::simulator
