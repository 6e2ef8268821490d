#pragma once

#include <optional>
#include <utility>

#include "gateway/internal/mapping/mapping_rows.h"

/// What of Amazon S3 no row can express.
namespace writ::gateway::internal {

/// A bucket by its name or the ARN of an access point: its ARN, and what stands before the slash and the key
/// of its objects.
[[nodiscard]] Result<std::string> s3_bucket_arn(std::string_view bucket, const MappingCall& call);
[[nodiscard]] Result<std::string> s3_objects_arn(std::string_view bucket, const MappingCall& call);

/// Reading the source of CopyObject and UploadPartCopy.
[[nodiscard]] Result<void> s3_copy_source(const MappingCall& call, Demands& demands);
[[nodiscard]] Result<void> s3_delete_objects(const MappingCall& call, Demands& demands);

/// The tags of x-amz-tagging; nothing when it is no query string.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> s3_tags_of_header(
    std::string_view header);
/// The tags that a request gives an object or a bucket: of x-amz-tagging, or the tag set. Nothing: the header
/// is no query string.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> s3_given_tags(
    const Parameters& parameters);

[[nodiscard]] Result<void> s3_copy_source_key(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> s3_object_creation(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> s3_remaining_retention(const MappingCall& call, MappedDemand& demand);
/// s3:RequestObjectTag/… and s3:RequestObjectTagKeys, which the same actions have.
[[nodiscard]] Result<void> s3_request_object_tags(const MappingCall& call, MappedDemand& demand);

}  // namespace writ::gateway::internal
