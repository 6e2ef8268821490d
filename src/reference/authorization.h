#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The Service Authorization Reference as tables inside the binary: every service, its actions, resource
/// types and condition keys. Loaded on first use, then immutable; every function is thread-safe. Views live
/// as long as the program.
namespace writ::reference {

/// The five classic words of AWS.
enum class AccessLevel : std::uint8_t { list, read, write, permissions_management, tagging };

enum class KeyType : std::uint8_t { string, arn, boolean, numeric, date, ip_address, binary };

struct ConditionKey {
    std::string_view name;  ///< "s3:prefix", "aws:ResourceTag/${TagKey}": a hole stands for any text.
    KeyType type = KeyType::string;
    bool multivalued = false;
};

struct ResourceType {
    std::string_view name;                          ///< "bucket".
    std::string_view arn_pattern;                   ///< "arn:${Partition}:s3:::${BucketName}".
    std::span<const std::uint32_t> condition_keys;  ///< Indexes into condition_keys().
};

/// A resource type as an action uses it. A required one must be named in the Resource of a statement.
struct ActionResource {
    const ResourceType* type = nullptr;
    bool required = false;
    std::span<const std::uint32_t> condition_keys;
    std::span<const std::string_view> dependent_actions;
};

struct Action {
    std::string_view name;  ///< "s3:GetObject", in the documented spelling.
    AccessLevel access_level = AccessLevel::read;
    std::span<const ActionResource> resources;      ///< Empty: only Resource "*" matches (spec R9).
    std::span<const std::uint32_t> condition_keys;  ///< Beside the global keys and those of the resources.
    std::span<const std::string_view> dependent_actions;
};

struct Service {
    std::string_view prefix;          ///< "s3".
    std::string_view title;           ///< "Amazon S3".
    std::span<const Action> actions;  ///< By name.
    std::span<const ResourceType> resource_types;
    std::span<const std::uint32_t> condition_keys;
    bool supports_rcp = false;  ///< Resource control policies act on this service (spec 5.2).
};

/// By prefix.
[[nodiscard]] std::span<const Service> services() noexcept;
/// Case-insensitive; null when there is none.
[[nodiscard]] const Service* find_service(std::string_view prefix) noexcept;
/// "s3:getobject" in any case; null when unknown. At most 50 ns once loaded.
[[nodiscard]] const Action* find_action(std::string_view action) noexcept;
/// By name in lower case: the keys of the services and the global ones.
[[nodiscard]] std::span<const ConditionKey> condition_keys() noexcept;
/// The key "aws:RequestTag/team" finds the row "aws:RequestTag/${TagKey}"; case-insensitive; null when
/// unknown.
[[nodiscard]] const ConditionKey* find_condition_key(std::string_view name) noexcept;
/// Every action that the pattern matches, in the order of services(). Wildcards stand in the name
/// ("s3:Get*Tagging"); the prefix is that of one service, or "*" for all (spec A3).
[[nodiscard]] std::vector<const Action*> expand_action(std::string_view pattern);
/// Services, actions and condition keys whose name (or title) holds the word, case-insensitive.
struct Found {
    std::vector<const Service*> services;
    std::vector<const Action*> actions;
    std::vector<const ConditionKey*> condition_keys;
};
[[nodiscard]] Found search(std::string_view word);

/// The page of AWS's documentation for a service; empty: it is none of AWS.
[[nodiscard]] std::string documentation_url(const Service& service);
/// "Read", "Permissions management" …
[[nodiscard]] std::string_view name(AccessLevel level) noexcept;
[[nodiscard]] std::string_view name(KeyType type) noexcept;

}  // namespace writ::reference
