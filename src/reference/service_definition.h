#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reference/authorization.h"

/// Services that AWS does not have, described by whoever guards his own programs with Writ: what the Service
/// Authorization Reference says of a service of AWS.
namespace writ::reference {

struct ServiceDefinition {
    struct Key {
        std::string name;  ///< "myapp:Classification"; a hole as in "myapp:Label/${Key}" stands for any text.
        KeyType type = KeyType::string;
        bool multivalued = false;
    };
    struct Type {
        std::string name;         ///< "document".
        std::string arn_pattern;  ///< "arn:${Partition}:myapp:${Region}:${Account}:document/${DocumentId}".
        std::vector<std::string> condition_keys;
    };
    struct ActionResource {
        std::string type;
        bool required = false;
    };
    struct ActionRow {
        std::string name;  ///< "ReadDocument", without the prefix.
        AccessLevel access_level = AccessLevel::read;
        std::vector<ActionResource> resource_types;  ///< Empty: only Resource "*" matches.
        std::vector<std::string> condition_keys;
    };

    std::string prefix;  ///< "myapp", in lower case.
    std::string title;   ///< "My application"; the prefix when none was given.
    std::vector<ActionRow> actions;
    std::vector<Type> resource_types;
    std::vector<Key> condition_keys;
};

/// Reads the JSON that docs/authorization-api.md describes. InvalidInput 400 says what is wrong with it and
/// where: unknown members, names out of form, types and keys that are not declared, the prefix of Writ
/// itself.
[[nodiscard]] Result<ServiceDefinition> read_service(std::string_view json);

/// InvalidInput 400 when AWS has a service of that prefix, or lacks a global condition key that is named.
[[nodiscard]] Result<void> check_beside_aws(const ServiceDefinition& service);

/// JSON that read_service() takes, in its normal form.
[[nodiscard]] std::string print_service(const ServiceDefinition& service);

/// The service of Writ itself: the actions that its authorization APIs ask for.
[[nodiscard]] const ServiceDefinition& writ_service();

[[nodiscard]] const ServiceDefinition::Type* find_type(const ServiceDefinition& service,
                                                       std::string_view name) noexcept;
/// By the whole name, holes filled, without case.
[[nodiscard]] const ServiceDefinition::Key* find_key(const ServiceDefinition& service,
                                                     std::string_view name) noexcept;
/// Whether a text is a value of that type, as condition operators read it.
[[nodiscard]] bool is_of_type(KeyType type, std::string_view value) noexcept;

/// Lets all look-ups of authorization.h know these services too, and that of Writ. For short-lived programs.
/// REQUIRES: no look-up was made before, and none is made meanwhile.
void add_services(std::vector<ServiceDefinition> services);

}  // namespace writ::reference
