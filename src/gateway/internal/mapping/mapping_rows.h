#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gateway/mapping.h"

/// The facts of one service that the general rule does not find by itself, as rows. A file of
/// gateway/services holds the rows of one service.
namespace writ::gateway::internal {

/// A request while it is mapped.
struct MappingCall {
    const reference::RequestService& service;
    const reference::RequestOperation& operation;
    const Parameters& parameters;
    const MappingPlace& place;
};
using Demands = std::vector<MappedDemand>;

/// "dynamodb:Query cannot be mapped to an action and its resources: `why`. Configuration may name an action
/// for it."
[[nodiscard]] std::unexpected<Error> cannot_map(const MappingCall& call, std::string_view why);

/// Far above what AWS's operations take: what is longer keeps a thread busy for nothing.
inline constexpr std::size_t elements_max = 1'000;  ///< Resources of one kind, or elements of a list.
inline constexpr std::size_t demands_max = 4 * elements_max;
inline constexpr std::size_t request_keys_max = 500;
inline constexpr std::size_t expression_bytes_max = 16'384;

/// Number of elements of the list at `path`; an error beyond `elements_max`.
[[nodiscard]] Result<std::size_t> count_elements(const MappingCall& call, std::string_view path);

/// One demand of an operation.
struct DemandRow {
    std::string_view operation;  ///< "PutObject". Several rows: all of them are demanded.
    std::string_view action;     ///< "s3:PutObjectTagging".
    /// Template of resource_template.h; "@TYPE": the template of that resource type; "*".
    std::string_view resource;
    /// Condition of row_condition.h; empty: always.
    std::string_view when{};
    /// Condition keys with static values: "iam:PassedToService=lambda.amazonaws.com".
    std::string_view keys{};
};

/// An operation whose demands no row can express.
struct RuleRow {
    std::string_view operation;
    Result<void> (*add_demands)(const MappingCall& call, Demands& demands);
    /// For the generated page: "`dynamodb:GetItem` on the table of each element".
    std::string_view told;
};

/// How requests of the service name a resource of a type. Several rows of a type: each whose holes the
/// request fills.
struct TypeRow {
    std::string_view type;      ///< As in the reference: "table".
    std::string_view resource;  ///< Template.
};

/// Where the value of a condition key comes from when no parameter has its name.
struct KeyRow {
    std::string_view key;  ///< "s3:x-amz-acl".
    /// "ACL"; with commas where operations call it differently. Empty without `add`: never set from
    /// parameters.
    std::string_view path;
    /// Adds the key, or several where the reference writes a hole, or names it as untold.
    Result<void> (*add)(const MappingCall& call, MappedDemand& demand) = nullptr;
    std::string_view told{};  ///< With `add`, for the generated page: "the tags of x-amz-tagging".
};

/// Turns the value of a hole into what stands in the ARN, or into a whole ARN.
struct ValueReader {
    std::string_view name;  ///< Behind the bar of a hole: "queue" in "{QueueUrl|queue}".
    Result<std::string> (*read)(std::string_view value, const MappingCall& call);
};

struct ServiceRows {
    std::string_view service;  ///< RequestService::id.
    std::string_view prefix;   ///< Of the actions: "s3".
    std::span<const DemandRow> demands{};
    std::span<const RuleRow> rules{};
    std::span<const TypeRow> types{};
    std::span<const KeyRow> keys{};
    std::span<const ValueReader> readers{};
    /// Lists of tags beside the member "Tags": "Tagging.TagSet".
    std::span<const std::string_view> tag_lists{};
    /// Completes the demands of operations that have that parameter and no rule of their own.
    std::string_view further_parameter{};
    const RuleRow* further = nullptr;
    /// Serves operations without rows whose name is that of no action. Null: they are not mapped.
    const RuleRow* otherwise = nullptr;
};

/// Null when the general rule alone serves the service.
[[nodiscard]] const ServiceRows* find_service_rows(std::string_view service_id) noexcept;
[[nodiscard]] std::span<const ServiceRows* const> all_service_rows() noexcept;

}  // namespace writ::gateway::internal
