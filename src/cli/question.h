#pragma once

#include <expected>
#include <string>
#include <vector>

#include "cases/case.h"

namespace writ::cli {

/// A question as people type it on the command line; every text as it was given.
struct QuestionWords {
    std::string cases_file;  ///< Instead of all others.
    std::string principal;
    std::vector<std::string> actions;
    std::vector<std::string> resources;  ///< Empty: "*".
    std::string resource_account;
    std::vector<std::string> policies;  ///< Identity-based; a path or the ARN of an AWS managed policy.
    std::string boundary, resource_policy, trust, endpoint;
    std::vector<std::string> session;
    std::vector<std::string> scp, rcp;  ///< "FILE": the next level; "LEVEL:FILE": that level, root is 0.
    std::vector<std::string> context;   ///< "KEY=VALUE", "KEY=[A,B]".
    std::vector<std::string> tags, principal_tags;  ///< "KEY=VALUE".
    std::string time;                               ///< ISO 8601.

    bool operator==(const QuestionWords&) const = default;
};

/// One case for each action on each resource, or those of the cases file. The error is a complete message
/// for people, with file and place where it has one.
[[nodiscard]] std::expected<std::vector<cases::Case>, std::string> cases_of(const QuestionWords& words);

}  // namespace writ::cli
