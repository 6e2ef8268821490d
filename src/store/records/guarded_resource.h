#pragma once

#include "store/change.h"
#include "store/schema.h"

/// What is known of resources that Writ does not keep itself: those of the services behind a gateway, and
/// those that programs ask about. `account_id` is their owner; the feed names them by it and their ARN.
namespace writ::store {

struct ResourcePolicy {
    std::string account_id;
    std::string resource_arn;
    std::string document;
    Instant set_at{};

    static constexpr std::string_view table = "resource_policies";
    static constexpr Index by_arn{"resource_policies_by_arn", true, {"account_id", "resource_arn"}};
    static constexpr auto indexes() { return std::array{&by_arn}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &ResourcePolicy::account_id},
                       Column{"resource_arn", &ResourcePolicy::resource_arn},
                       Column{"document", &ResourcePolicy::document},
                       Column{"set_at", &ResourcePolicy::set_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::resource, account_id, resource_arn}; }
};

struct ResourceTag {
    std::string account_id;
    std::string resource_arn;
    std::string tag_key;  ///< Unique with its case.
    std::string tag_value;

    static constexpr std::string_view table = "resource_tags";
    static constexpr Index by_key{"resource_tags_by_key", true, {"account_id", "resource_arn", "tag_key"}};
    static constexpr auto indexes() { return std::array{&by_key}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &ResourceTag::account_id},
                       Column{"resource_arn", &ResourceTag::resource_arn},
                       Column{"tag_key", &ResourceTag::tag_key},
                       Column{"tag_value", &ResourceTag::tag_value}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::resource, account_id, resource_arn}; }
};

/// What a fact is about and what its value is. Written to disk: never renumber.
enum class FactKind : std::uint8_t {
    partition_key = 0,    ///< ARN of a DynamoDB table or index: name of the attribute.
    alias_key = 1,        ///< ARN of a KMS alias: ARN of the key.
    secret_arn = 2,       ///< Name of a secret: its ARN.
    iterator_stream = 3,  ///< Shard iterator: ARN of the Kinesis stream.
    profile_role = 4,     ///< ARN of an instance profile: ARN of the role.
    bucket_owner = 5,     ///< Name of a bucket: its account. Of one account only.
    upload_tags = 6,      ///< Upload in parts, by a hash: the tags of its object, as a query string.
};

/// What requests leave out and an answer has told.
struct ResourceFact {
    std::string account_id;
    FactKind kind = FactKind::partition_key;
    std::string name;
    std::string value;
    std::optional<Instant> expires_at;  ///< Nothing: never.

    static constexpr std::string_view table = "resource_facts";
    static constexpr Index by_name{"resource_facts_by_name", true, {"account_id", "kind", "name"}};
    /// Over all accounts.
    static constexpr Index by_kind{"resource_facts_by_kind", true, {"kind", "name", "account_id"}};
    static constexpr Index by_expiry{
        "resource_facts_by_expiry", true, {"account_id", "expires_at", "kind", "name"}};
    static constexpr auto indexes() { return std::array{&by_name, &by_kind, &by_expiry}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &ResourceFact::account_id}, Column{"kind", &ResourceFact::kind},
                       Column{"name", &ResourceFact::name}, Column{"value", &ResourceFact::value},
                       Column{"expires_at", &ResourceFact::expires_at}};
    }
    /// How the feed names a fact; ARNs begin otherwise.
    [[nodiscard]] static std::string entity_id(FactKind kind, std::string_view name) {
        return "fact:" + std::to_string(static_cast<int>(kind)) + ':' + std::string(name);
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::resource, account_id, entity_id(kind, name)}; }
};

}  // namespace writ::store
