#pragma once

#include "gateway/internal/mapping/mapping_rows.h"

/// What of Amazon EC2 no row can express.
namespace writ::gateway::internal {

/// Refuses a request that names a resource by its id and by another name: the service decides which counts.
[[nodiscard]] Result<void> ec2_one_name(const MappingCall& call, Demands& demands);
/// Tags given while something is made: keys of the demand on it, and ec2:CreateTags on the same.
[[nodiscard]] Result<void> ec2_tags_on_creation(const MappingCall& call, Demands& demands);
/// CreateTags and DeleteTags: the kind of a resource stands in the beginning of its id.
[[nodiscard]] Result<void> ec2_tags(const MappingCall& call, Demands& demands);
/// RunInstances and AssociateIamInstanceProfile: the role of the profile is passed.
[[nodiscard]] Result<void> ec2_run_instances(const MappingCall& call, Demands& demands);
[[nodiscard]] Result<void> ec2_passed_profile(const MappingCall& call, Demands& demands);

/// The ARN of what has an id of a known kind: a reader.
[[nodiscard]] Result<std::string> ec2_arn_of_id(std::string_view id, const MappingCall& call);

}  // namespace writ::gateway::internal
