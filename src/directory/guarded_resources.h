#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "store/records/guarded_resource.h"

/// What is known of resources that lie behind a gateway, or that programs ask about: their policies, their
/// tags, and facts that requests leave out. `account` is always their owner. Writing what is there already
/// writes nothing, so that nothing is compiled anew: what is seen in passing arrives often.
namespace writ::directory {

using store::FactKind;
using store::ResourcePolicy;
using TagPairs = std::vector<std::pair<std::string, std::string>>;

/// What policies and tags can be kept for. ValidationError 400 for a text that is no ARN, holds wildcards,
/// lies in another partition, or names another account.
[[nodiscard]] Result<void> check_resource_arn(const AccountView& account, std::string_view arn);

/// Takes the place of the one before. MalformedPolicyDocument 400 with the first defect when it is no
/// resource-based policy, or is longer than 64 KiB; ValidationError as check_resource_arn.
[[nodiscard]] Result<void> put_resource_policy(AccountEdit& account, std::string_view arn,
                                               std::string_view document);
/// Nothing happens when there is none.
[[nodiscard]] Result<void> delete_resource_policy(AccountEdit& account, std::string_view arn);
[[nodiscard]] Result<std::optional<ResourcePolicy>> find_resource_policy(const AccountView& account,
                                                                         std::string_view arn);
/// By ARN. InvalidInput 400 for a marker of another list.
[[nodiscard]] Result<Page<ResourcePolicy>> list_resource_policies(const AccountView& account,
                                                                  const PageRequest& page);

/// Adds the tags to those that are there, or with `replace_all` puts them in their place. InvalidInput 400
/// for a key or value that no service takes, or a key twice; LimitExceeded 409 beyond 1,000 tags.
[[nodiscard]] Result<void> set_resource_tags(AccountEdit& account, std::string_view arn, const TagPairs& tags,
                                             bool replace_all);
/// Keys that are not there do no harm.
[[nodiscard]] Result<void> remove_resource_tags(AccountEdit& account, std::string_view arn,
                                                const std::vector<std::string>& keys);
/// By key.
[[nodiscard]] Result<TagPairs> resource_tags(const AccountView& account, std::string_view arn);

/// The resource is gone: its policy, its tags, and those of what lies below it ("ARN/…", "ARN:…").
[[nodiscard]] Result<void> forget_resource(AccountEdit& account, std::string_view arn);

/// Takes the place of the fact of that name. The owner of a bucket is learnt once: InvalidInput 400 while
/// the bucket belongs to another account. Clears some facts of the account that have expired.
[[nodiscard]] Result<void> learn_fact(AccountEdit& account, FactKind kind, std::string_view name,
                                      std::string_view value, std::optional<Instant> expires_at = {});
/// Nothing happens when there is none.
[[nodiscard]] Result<void> forget_fact(AccountEdit& account, FactKind kind, std::string_view name);

/// As stored; nothing when it has expired.
[[nodiscard]] Result<std::optional<store::ResourceFact>> read_fact(store::Reader& records,
                                                                   const Environment& environment,
                                                                   std::string_view account_id, FactKind kind,
                                                                   std::string_view name);
/// The account to which a bucket belongs, of all accounts.
[[nodiscard]] Result<std::optional<std::string>> read_bucket_owner(store::Reader& records,
                                                                   std::string_view bucket);

}  // namespace writ::directory
