#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "authz/organization.h"
#include "authz/subject.h"
#include "base/result.h"
#include "base/secret.h"
#include "directory/directory.h"
#include "store/store.h"

namespace writ::directory {
struct PrincipalRecord;
}

namespace writ::authz {

/// A long-term access key as its verification needs it.
struct AccessKey {
    std::string id;
    std::string account;
    bool root = false;
    std::string user_id;  ///< Empty for root.
    bool active = false;
    Secret secret;
};
using AccessKeyPtr = std::shared_ptr<const AccessKey>;

/// The users, roles, managed policies, access keys and organizations of the store, compiled on first use and
/// kept until the change feed says that they changed: a change is visible as soon as the call that made it
/// returns; whoever holds the old value keeps it until done. Safe for concurrent use. Errors: ServiceFailure
/// of the store. Cost when kept: one look-up; else some indexed reads and a compilation.
class Subjects {
  public:
    struct Limits {
        std::size_t subjects_max = 200'000;
        std::size_t documents_max = 20'000;
        std::size_t access_keys_max = 200'000;
        std::size_t organizations_max = 20'000;
    };

    /// Follows the feed of `store` from now on. Both must outlive this.
    Subjects(store::Store& store, const directory::Environment& environment)
        : Subjects(store, environment, Limits{}) {}
    Subjects(store::Store& store, const directory::Environment& environment, const Limits& limits);
    Subjects(const Subjects&) = delete;
    Subjects& operator=(const Subjects&) = delete;
    ~Subjects();

    /// By unique id. Null: there is none (any more).
    [[nodiscard]] Result<SubjectPtr> user(std::string_view account, std::string_view user_id);
    [[nodiscard]] Result<SubjectPtr> role(std::string_view account, std::string_view role_id);
    /// By name, compared with its case. Null: there is none.
    [[nodiscard]] Result<SubjectPtr> user_by_name(std::string_view account, std::string_view name);
    [[nodiscard]] Result<SubjectPtr> role_by_name(std::string_view account, std::string_view name);
    /// Null: unknown. An inactive key is found.
    [[nodiscard]] Result<AccessKeyPtr> access_key(std::string_view access_key_id);
    /// The role that an ARN names exactly, its path included; null: there is none. Always reads.
    [[nodiscard]] Result<SubjectPtr> role_by_arn(std::string_view role_arn);
    /// ARN of the role in an instance profile, by the profile's ARN; nothing: there is none. Always reads.
    [[nodiscard]] Result<std::optional<std::string>> role_of_instance_profile(std::string_view profile_arn);
    /// An account as its organization sees it, also one that is in none or unknown here. Never null.
    [[nodiscard]] Result<OrganizationPtr> organization(std::string_view account);
    /// The default version of a managed policy of `account` or of AWS, as a policy of `type` (identity,
    /// boundary or session). Null: there is none. Always reads.
    [[nodiscard]] Result<engine::CompiledDocumentPtr> managed_policy(std::string_view account,
                                                                     std::string_view arn,
                                                                     policy::PolicyType type);

  private:
    struct Kept;
    class Documents;
    class OrganizationPolicies;
    using ReadPrincipal = Result<std::optional<directory::PrincipalRecord>>(store::Reader&,
                                                                            const directory::Environment&,
                                                                            std::string_view,
                                                                            std::string_view);
    [[nodiscard]] Result<SubjectPtr> get(ReadPrincipal* read, std::string_view account, std::string_view id);
    [[nodiscard]] Result<SubjectPtr> get_named(ReadPrincipal* read, std::string_view kind,
                                               std::string_view account, std::string_view name);
    [[nodiscard]] Result<SubjectPtr> make(store::Reader& reader, directory::PrincipalRecord record,
                                          std::uint64_t started);

    store::Store& store_;
    const directory::Environment& environment_;
    std::shared_ptr<Kept> kept_;  ///< Shared with the listener, which lives as long as the store.
};

}  // namespace writ::authz
