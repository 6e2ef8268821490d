#include "reference/service_definition.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/arn.h"
#include "base/ip.h"
#include "base/text.h"
#include "base/time.h"
#include "reference/internal/authorization_table.h"
#include "reference/internal/holes.h"

namespace writ::reference {
namespace {

bool is_number(std::string_view text) noexcept {
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return !text.empty() && read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

constexpr std::string_view writ_json = R"({
  "prefix": "writ",
  "title": "Writ",
  "actions": [
    {"name": "Authorize", "access_level": "Read", "resource_types": ["user", "role", "root", "federated-user"]},
    {"name": "Explain", "access_level": "Read", "resource_types": ["user", "role", "root", "federated-user"]},
    {"name": "DeleteService", "access_level": "Write", "resource_types": ["service*"]},
    {"name": "GetService", "access_level": "Read", "resource_types": ["service*"]},
    {"name": "ListServices", "access_level": "List"},
    {"name": "RegisterService", "access_level": "Write", "resource_types": ["service*"]},
    {"name": "DeleteResourcePolicy", "access_level": "Permissions management", "resource_types": ["guarded-resource*"]},
    {"name": "GetResourcePolicy", "access_level": "Read", "resource_types": ["guarded-resource*"]},
    {"name": "ListResourcePolicies", "access_level": "List"},
    {"name": "PutResourcePolicy", "access_level": "Permissions management", "resource_types": ["guarded-resource*"]},
    {"name": "GetResourceTags", "access_level": "Read", "resource_types": ["guarded-resource*"]},
    {"name": "PutResourceTags", "access_level": "Tagging", "resource_types": ["guarded-resource*"]}
  ],
  "resource_types": [
    {"name": "user", "arn": "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}",
     "condition_keys": ["aws:ResourceTag/${TagKey}"]},
    {"name": "role", "arn": "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}",
     "condition_keys": ["aws:ResourceTag/${TagKey}"]},
    {"name": "root", "arn": "arn:${Partition}:iam::${Account}:root"},
    {"name": "federated-user", "arn": "arn:${Partition}:sts::${Account}:federated-user/${UserName}"},
    {"name": "service", "arn": "arn:${Partition}:writ::${Account}:service/${Prefix}"},
    {"name": "guarded-resource", "arn": "arn:${Partition}:${Service}:${Region}:${Account}:${Resource}"}
  ],
  "condition_keys": []
})";

}  // namespace

const ServiceDefinition::Type* find_type(const ServiceDefinition& service, std::string_view name) noexcept {
    const auto at = std::ranges::find(service.resource_types, name, &ServiceDefinition::Type::name);
    return at == service.resource_types.end() ? nullptr : &*at;
}

const ServiceDefinition::Key* find_key(const ServiceDefinition& service, std::string_view name) noexcept {
    const auto at = std::ranges::find_if(service.condition_keys, [&](const ServiceDefinition::Key& key) {
        return internal::fills_holes(key.name, name);
    });
    return at == service.condition_keys.end() ? nullptr : &*at;
}

bool is_of_type(KeyType type, std::string_view value) noexcept {
    switch (type) {
        case KeyType::arn:
            return parse_arn(value).has_value();
        case KeyType::boolean:
            return value == "true" || value == "false";
        case KeyType::numeric:
            return is_number(value);
        case KeyType::date:
            return parse_iso8601(value).has_value() || is_number(value);
        case KeyType::ip_address:
            return parse_ip(value).has_value();
        case KeyType::binary:
            return base64_decode(value).has_value();
        case KeyType::string:
            return true;
    }
    return false;
}

Result<void> check_beside_aws(const ServiceDefinition& service) {
    if (find_service(service.prefix) != nullptr) {
        return fail("InvalidInput", 400, "AWS has a service of the prefix '" + service.prefix + "'.");
    }
    const auto check_keys = [](const std::vector<std::string>& keys) -> Result<void> {
        for (const std::string& key : keys) {
            if (!key.starts_with("aws:") || find_condition_key(key) != nullptr) continue;
            return fail("InvalidInput", 400, "There is no global condition key '" + key + "'.");
        }
        return {};
    };
    for (const ServiceDefinition::Type& type : service.resource_types) {
        if (auto known = check_keys(type.condition_keys); !known) return known;
    }
    for (const ServiceDefinition::ActionRow& action : service.actions) {
        if (auto known = check_keys(action.condition_keys); !known) return known;
    }
    return {};
}

const ServiceDefinition& writ_service() {
    static const ServiceDefinition service = internal::read_any_service(writ_json).value();
    return service;
}

void add_services(std::vector<ServiceDefinition> services) {
    services.push_back(writ_service());
    internal::added_services() = std::move(services);
}

}  // namespace writ::reference
