#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// What a managed policy is to a principal. Written to disk: never renumber.
enum class PolicyUsage : std::uint8_t { permissions = 0, boundary = 1 };

/// A managed policy attached to a user, group or role, or set as its permissions boundary.
struct Attachment {
    std::string account_id;
    EntityKind principal_kind = EntityKind::user;
    std::string principal_id;
    std::string principal_name_folded;  ///< So that the entities of a policy are listed by name.
    PolicyUsage usage = PolicyUsage::permissions;
    std::string policy_arn;  ///< ARNs of managed policies never change.

    static constexpr std::string_view table = "attachments";
    static constexpr Index by_principal{
        "attachments_by_principal", true, {"account_id", "principal_id", "usage", "policy_arn"}};
    static constexpr Index by_policy{
        "attachments_by_policy",
        true,
        {"account_id", "policy_arn", "principal_kind", "principal_name_folded", "usage"}};
    static constexpr auto indexes() { return std::array{&by_principal, &by_policy}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &Attachment::account_id},
                       Column{"principal_kind", &Attachment::principal_kind},
                       Column{"principal_id", &Attachment::principal_id},
                       Column{"principal_name_folded", &Attachment::principal_name_folded},
                       Column{"usage", &Attachment::usage},
                       Column{"policy_arn", &Attachment::policy_arn}};
    }
    [[nodiscard]] Entity entity() const { return {principal_kind, account_id, principal_id}; }
};

/// A policy that is embedded in a user, group or role.
struct InlinePolicy {
    std::string account_id;
    EntityKind principal_kind = EntityKind::user;
    std::string principal_id;
    std::string name;         ///< In its first spelling (spec B3).
    std::string name_folded;  ///< Names match without case inside one entity.
    std::string document;
    std::int64_t counted_size = 0;  ///< Characters that count against the quota of the principal (spec 1.4).

    static constexpr std::string_view table = "inline_policies";
    static constexpr Index by_name{
        "inline_policies_by_name", true, {"account_id", "principal_id", "name_folded"}};
    static constexpr auto indexes() { return std::array{&by_name}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &InlinePolicy::account_id},
                       Column{"principal_kind", &InlinePolicy::principal_kind},
                       Column{"principal_id", &InlinePolicy::principal_id},
                       Column{"name", &InlinePolicy::name},
                       Column{"name_folded", &InlinePolicy::name_folded},
                       Column{"document", &InlinePolicy::document},
                       Column{"counted_size", &InlinePolicy::counted_size}};
    }
    [[nodiscard]] Entity entity() const { return {principal_kind, account_id, principal_id}; }
};

}  // namespace writ::store
