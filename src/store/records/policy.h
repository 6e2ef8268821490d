#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// A customer managed policy. AWS managed policies are facts of the reference, not rows.
struct Policy {
    std::string account_id;
    std::string policy_id;
    std::string arn;
    std::string name;
    std::string name_folded;
    std::string path;
    std::string description;
    std::int64_t default_version = 1;
    std::int64_t last_version = 1;  ///< Highest number ever given: version ids are not reused (spec B21).
    Instant created_at{};
    Instant updated_at{};

    static constexpr std::string_view table = "policies";
    static constexpr Index by_id{"policies_by_id", true, {"account_id", "policy_id"}};
    static constexpr Index by_name{"policies_by_name", true, {"account_id", "name_folded"}};
    static constexpr auto indexes() { return std::array{&by_id, &by_name}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &Policy::account_id},
                       Column{"policy_id", &Policy::policy_id},
                       Column{"arn", &Policy::arn},
                       Column{"name", &Policy::name},
                       Column{"name_folded", &Policy::name_folded},
                       Column{"path", &Policy::path},
                       Column{"description", &Policy::description},
                       Column{"default_version", &Policy::default_version},
                       Column{"last_version", &Policy::last_version},
                       Column{"created_at", &Policy::created_at},
                       Column{"updated_at", &Policy::updated_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::policy, account_id, policy_id}; }
};

struct PolicyVersion {
    std::string account_id;
    std::string policy_id;
    std::int64_t version = 1;
    std::string document;
    Instant created_at{};

    static constexpr std::string_view table = "policy_versions";
    static constexpr Index by_number{
        "policy_versions_by_number", true, {"account_id", "policy_id", "version"}};
    static constexpr auto indexes() { return std::array{&by_number}; }
    static constexpr auto columns() {
        return Columns{
            Column{"account_id", &PolicyVersion::account_id}, Column{"policy_id", &PolicyVersion::policy_id},
            Column{"version", &PolicyVersion::version}, Column{"document", &PolicyVersion::document},
            Column{"created_at", &PolicyVersion::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::policy, account_id, policy_id}; }
};

}  // namespace writ::store
