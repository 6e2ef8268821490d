#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "authz/subject.h"
#include "base/result.h"
#include "directory/directory.h"
#include "directory/resources/guarded_resources.h"
#include "engine/context.h"
#include "engine/policies.h"
#include "store/store.h"

namespace writ::authz {

/// What is known of one ARN, compiled. Immutable: a change in the store makes a new one.
struct Resource {
    /// Nothing: it has none.
    std::optional<engine::PolicySet> policy;
    Tags tags;
    /// Why its policy cannot be read, for the log. Not empty: whatever needs the policy is denied.
    std::string defect;

    [[nodiscard]] const engine::PolicySet* policy_view() const noexcept {
        return policy ? &*policy : nullptr;
    }
};
using ResourcePtr = std::shared_ptr<const Resource>;

/// aws:ResourceTag/… and SERVICE:ResourceTag/…; of an object of S3 s3:ExistingObjectTag/… instead, of a
/// bucket s3:BucketTag/… too (spec 4.1, and the Service Authorization Reference).
void set_resource_tag_keys(engine::Context& context, std::string_view arn, const Tags& tags);

/// What takes part in a decision about a resource. Never null.
struct ResourceInForce {
    ResourcePtr policy_holder;  ///< Of an object of S3 its bucket, of an index of DynamoDB its table.
    ResourcePtr tag_holder;     ///< Mostly the resource itself; of a version of a function, the function.
};

/// The policies, tags and facts of resources behind a gateway, compiled on first use and kept until the
/// change feed says that they changed, as Subjects does; also that nothing is known, which is the common
/// case. Safe for concurrent use. Errors: ServiceFailure of the store. Cost: one look-up when kept.
class Resources {
  public:
    struct Limits {
        std::size_t resources_max = 100'000;
        std::size_t facts_max = 100'000;
        /// ARNs that are kept of all accounts together, to know without reading of which nothing is known.
        std::size_t known_arns_max = 200'000;
    };

    /// Follows the feed of `store` from now on. Both must outlive this.
    Resources(store::Store& store, const directory::Environment& environment)
        : Resources(store, environment, Limits{}) {}
    Resources(store::Store& store, const directory::Environment& environment, const Limits& limits);
    Resources(const Resources&) = delete;
    Resources& operator=(const Resources&) = delete;
    ~Resources();

    /// What is stored for exactly that ARN, as directory::put_resource_policy and set_resource_tags take it.
    /// Never null.
    [[nodiscard]] Result<ResourcePtr> find(std::string_view account, std::string_view arn);
    /// What decides about that ARN (directory/resource_places.h). Of a version or alias of a Lambda function
    /// its own policy and that of the function together. Of a KMS key without policy the one that AWS gives a
    /// key at first, which leaves the decision to the identity policies of the account.
    [[nodiscard]] Result<ResourceInForce> in_force(std::string_view account, std::string_view arn);
    /// Nothing: not known, or expired.
    [[nodiscard]] Result<std::optional<std::string>> fact(std::string_view account, directory::FactKind kind,
                                                          std::string_view name);
    /// The account to which a bucket belongs. Nothing: not known.
    [[nodiscard]] Result<std::optional<std::string>> bucket_owner(std::string_view bucket);

  private:
    struct Kept;
    [[nodiscard]] Result<bool> may_be_known(std::string_view account, std::string_view arn);
    [[nodiscard]] Result<ResourcePtr> policy_of_version(std::string_view account, std::string_view arn,
                                                        std::string_view function);
    [[nodiscard]] Result<ResourcePtr> first_key_policy(std::string_view account);

    store::Store& store_;
    const directory::Environment& environment_;
    std::shared_ptr<Kept> kept_;  ///< Shared with the listener, which lives as long as the store.
};

}  // namespace writ::authz
