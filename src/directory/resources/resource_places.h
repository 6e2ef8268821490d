#pragma once

#include <string>
#include <string_view>

/// Where services keep what belongs to a resource: policies and tags of some lie with the resource that it is
/// part of. Facts about ARNs; nothing is looked up. What is no ARN is its own place. Thread-safe.
namespace writ::directory {

/// The resource whose policy decides about `arn`: of an object of S3 its bucket, of an index of DynamoDB its
/// table, of a log stream its group; of most the resource itself. The result is part of `arn`, or `made`.
[[nodiscard]] std::string_view policy_place(std::string_view arn, std::string& made);

/// The resource whose tags `arn` has: of a version of a Lambda function the function, of an index of DynamoDB
/// its table; of most the resource itself. Part of `arn`.
[[nodiscard]] std::string_view tag_place(std::string_view arn) noexcept;

/// The function, when `arn` is a version or alias of one, which has a policy of its own beside that of the
/// function; else empty. Part of `arn`.
[[nodiscard]] std::string_view function_of_version(std::string_view arn) noexcept;

[[nodiscard]] bool is_s3_object(std::string_view arn) noexcept;

/// What separates the ARN of a resource from those of its parts: '/' for a bucket and its objects, ':' for a
/// function and its versions. NUL: it has no parts, whatever other ARNs begin like it.
[[nodiscard]] char part_separator(std::string_view arn) noexcept;

}  // namespace writ::directory
