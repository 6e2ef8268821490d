#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/policies.h"
#include "engine/principal.h"

namespace writ::authz {

using Tags = std::vector<std::pair<std::string, std::string>>;

/// A user or role with everything that decisions about it need, compiled. Immutable: a change in the store
/// makes a new one.
struct Subject {
    enum class Kind : std::uint8_t { user, role };

    Kind kind = Kind::user;
    std::string account;
    std::string id;  ///< AIDA…, AROA….
    std::string name;
    std::string path;
    std::string arn;  ///< With the path.
    Tags tags;
    /// A user: itself. A role: what its sessions have in common; session_name_known is false.
    engine::Principal principal;

    std::optional<engine::PolicySet> identity;  ///< Inline, attached, and those of groups (spec E17).
    std::optional<engine::PolicySet> boundary;  ///< Nothing: none is set.
    std::string boundary_arn;

    // Roles only.
    std::optional<engine::PolicySet> trust;
    std::chrono::seconds max_session{3600};

    /// Why its policies could not be read, for the log. Not empty: everything that needs a policy is denied.
    std::string defect;
};

using SubjectPtr = std::shared_ptr<const Subject>;

}  // namespace writ::authz
