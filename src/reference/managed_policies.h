#pragma once

#include <cstddef>
#include <string>
#include <string_view>

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

/// By ARN. Loading the list does not unpack the documents.
[[nodiscard]] std::size_t managed_policy_count();
[[nodiscard]] const ManagedPolicy& managed_policy(std::size_t index);
/// Exact ARN; null when there is none. The Organizations policies `…/p-FullAWSAccess` and
/// `…/p-RCPFullAWSAccess` are found too.
[[nodiscard]] const ManagedPolicy* find_managed_policy(std::string_view arn) noexcept;
/// The policy document, compact JSON, equal in value to the published one. Unpacked at each call: keep it.
[[nodiscard]] std::string managed_policy_document(const ManagedPolicy& policy);

}  // namespace writ::reference
