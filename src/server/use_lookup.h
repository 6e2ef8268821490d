#pragma once

#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "directory/reports/recorded_uses.h"
#include "server/configuration.h"

namespace writ::server {

/// A user or role and what the gateway recorded of it.
struct PrincipalUse {
    std::string arn;  ///< Of the user or role, with its path.
    std::string account_id;
    std::string id;  ///< AIDA…, AROA….
    bool is_role = false;
    directory::UseRecord record;
};

/// By ARN of a user, a role, or a session of a role, whose role it is. NoSuchEntity when there is none. Also
/// beside a running server, which writes use down within a second or two.
[[nodiscard]] Result<PrincipalUse> read_use(const Configuration& configuration,
                                            std::string_view principal_arn, Instant since, const Clock& clock,
                                            RandomSource& random);

}  // namespace writ::server
