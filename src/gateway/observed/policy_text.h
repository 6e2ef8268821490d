#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

/// Policies of resources as text: whether they can be read, and the statements that services make of the
/// parameters of AddPermission and the like.
namespace writ::gateway {

/// MalformedPolicyDocument 400 with the first defect, when it is no resource-based policy or too long
/// to be kept.
[[nodiscard]] Result<void> check_policy(std::string_view document);

/// A statement that allows something.
struct GrantedStatement {
    enum class Principal : std::uint8_t { everyone, aws, service };
    struct Condition {
        std::string_view test, key;  ///< "ArnLike", "AWS:SourceArn".
        std::string value;
    };

    std::string sid;
    Principal principal_kind = Principal::aws;
    std::vector<std::string> principals;  ///< ARNs, or names of services.
    std::vector<std::string> actions;
    std::string resource;
    std::vector<Condition> conditions{};
};
[[nodiscard]] std::string print_statement(const GrantedStatement& statement);

/// The policy with one more statement, in place of the one with the same Sid. An empty `document` is none
/// yet. Errors: MalformedPolicyDocument when it is no policy.
[[nodiscard]] Result<std::string> with_statement(std::string_view document, std::string_view sid,
                                                 std::string_view statement);
/// Empty: no statement is left.
[[nodiscard]] Result<std::string> without_statement(std::string_view document, std::string_view sid);

}  // namespace writ::gateway
