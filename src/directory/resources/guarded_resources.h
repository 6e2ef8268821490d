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

/// What tags can be kept for. ValidationError 400 for a text that is no ARN or longer than 2,048 bytes, is of
/// another partition, or names another account.
[[nodiscard]] Result<void> check_resource_arn(const AccountView& account, std::string_view arn);
/// What policies can be kept for: also no wildcards, and no part of a resource whose policy lies with the
/// whole, as that of an object of S3 with its bucket (resource_places.h).
[[nodiscard]] Result<void> check_policy_arn(const AccountView& account, std::string_view arn);

/// Takes the place of the one before. MalformedPolicyDocument 400 with the first defect when it is no
/// resource-based policy, ValidationError 400 when it is longer than 131,072 characters. The ARN: see
/// check_policy_arn.
[[nodiscard]] Result<void> put_resource_policy(AccountEdit& account, std::string_view arn,
                                               std::string_view document);
/// The policy has become one that is not known: whatever needs it is denied until it is put or deleted.
[[nodiscard]] Result<void> distrust_resource_policy(AccountEdit& account, std::string_view arn);
/// Nothing happens when there is none.
[[nodiscard]] Result<void> delete_resource_policy(AccountEdit& account, std::string_view arn);
[[nodiscard]] Result<std::optional<ResourcePolicy>> find_resource_policy(const AccountView& account,
                                                                         std::string_view arn);
/// By ARN. ValidationError 400 for a marker of another list. Cost: reads all of the account.
[[nodiscard]] Result<Page<ResourcePolicy>> list_resource_policies(const AccountView& account,
                                                                  const PageRequest& page);

/// Adds the tags to those that are there, or with `replace_all` puts them in their place. InvalidInput 400
/// for a key that is empty or longer than 512 bytes, a value longer than 1,024, or a key twice; LimitExceeded
/// 409 beyond 1,000 tags of one resource.
[[nodiscard]] Result<void> set_resource_tags(AccountEdit& account, std::string_view arn, const TagPairs& tags,
                                             bool replace_all);
/// Keys that are not there do no harm.
[[nodiscard]] Result<void> remove_resource_tags(AccountEdit& account, std::string_view arn,
                                                const std::vector<std::string>& keys);
/// By key.
[[nodiscard]] Result<TagPairs> resource_tags(const AccountView& account, std::string_view arn);

/// The resource is gone: its policy, its tags, and those of its parts, as the objects of a bucket
/// (resource_places.h).
[[nodiscard]] Result<void> forget_resource(AccountEdit& account, std::string_view arn);

/// Takes the place of the fact of that name. The owner of a bucket, the account itself, is learnt once:
/// InvalidInput 400 while the bucket belongs to another account. So for names longer than 1,024 bytes. Clears
/// some facts of the account that have expired.
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
