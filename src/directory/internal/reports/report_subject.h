#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/principals/principals.h"

namespace writ::directory {

struct ReachedEntity {
    std::string id;
    std::string arn;
};

/// What an access report is about: what it could allow, and the users and roles whom that reaches.
struct ReportSubject {
    std::vector<std::string> documents;
    std::vector<ReachedEntity> entities;
    bool lists_entities = false;  ///< A group or a policy: who is reached must be told.
};

/// NoSuchEntity when there is none; InvalidInput for an ARN of something else.
[[nodiscard]] Result<ReportSubject> read_report_subject(const AccountView& account, std::string_view arn);

/// A user, group or role with its identity policies, by ARN. NoSuchEntity when there is none.
[[nodiscard]] Result<PrincipalRecord> read_identity(const AccountView& account, std::string_view arn);

}  // namespace writ::directory
