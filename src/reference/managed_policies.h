#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What AWS publishes as managed policies, as tables inside the binary. Loaded on first use, then immutable;
/// every function is thread-safe. Views live as long as the program.
namespace writ::reference {

/// An AWS managed policy in its default version.
struct ManagedPolicy {
    std::string_view arn;         ///< "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess".
    std::string_view name;        ///< "ViewOnlyAccess".
    std::string_view path;        ///< "/job-function/".
    std::string_view version_id;  ///< "v27".
    std::string_view created;     ///< "2016-11-10T17:20:15Z".
    std::string_view updated;     ///< Date of the default version.
};

/// The policies of IAM, by ARN. Loading the list does not unpack the documents.
[[nodiscard]] std::size_t managed_policy_count() noexcept;
/// REQUIRES: index < managed_policy_count().
[[nodiscard]] const ManagedPolicy& managed_policy(std::size_t index) noexcept;
/// Exact ARN; null when there is none. The Organizations policies `…/p-FullAWSAccess` and
/// `…/p-RCPFullAWSAccess` are found too; they have no version and no dates, and their path is "/".
[[nodiscard]] const ManagedPolicy* find_managed_policy(std::string_view arn) noexcept;
/// The policy document, compact JSON, equal in value to the published one. Written anew at each call: keep
/// it. REQUIRES: `policy` is one of this table.
[[nodiscard]] std::string managed_policy_document(const ManagedPolicy& policy);

}  // namespace writ::reference
