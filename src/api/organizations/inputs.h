#pragma once

#include "api/call.h"
#include "directory/pages.h"
#include "directory/tags.h"
#include "store/records/organization.h"

/// Parameters that many operations of Organizations share, as the directory wants them.
namespace writ::api::organizations {

[[nodiscard]] std::vector<directory::Tag> tags_of(const Input& input);
/// NextToken and MaxResults; 20 items where nothing is said, the most that may be asked for.
[[nodiscard]] directory::PageRequest page_of(const Input& input);
/// The owned text of an optional parameter.
[[nodiscard]] std::optional<std::string> optional_text(const Input& input, std::string_view member);
/// PolicyTypeNotAvailableForOrganizationException for the types of AWS that Writ has no use for: backup, tag,
/// chat and other management policies.
[[nodiscard]] Result<store::OrganizationPolicyType> policy_type(const Input& input, std::string_view member);

}  // namespace writ::api::organizations
