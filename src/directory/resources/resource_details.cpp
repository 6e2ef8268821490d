#include <map>
#include <utility>

#include "directory/accounts/account_details.h"
#include "directory/internal/failures.h"
#include "directory/resources/guarded_resources.h"
#include "store/records.h"

namespace writ::directory {

Result<void> add_resource_details(const AccountView& account, AccountDetails& details) {
    const store::Range all{.equal = {account.account_id}};
    auto policies = result_of(account.records.list<ResourcePolicy>(ResourcePolicy::by_arn, all));
    if (!policies) return std::unexpected(std::move(policies.error()));
    auto tags = result_of(account.records.list<store::ResourceTag>(store::ResourceTag::by_key, all));
    if (!tags) return std::unexpected(std::move(tags.error()));
    const auto buckets = result_of(account.records.list<store::ResourceFact>(
        store::ResourceFact::by_name, {.equal = {account.account_id, FactKind::bucket_owner}}));
    if (!buckets) return std::unexpected(buckets.error());

    std::map<std::string, ResourceDetail> by_arn;
    for (ResourcePolicy& row : *policies) by_arn[row.resource_arn].policy = std::move(row.document);
    for (store::ResourceTag& row : *tags) {
        by_arn[row.resource_arn].tags.push_back({std::move(row.tag_key), std::move(row.tag_value)});
    }
    for (auto& [arn, detail] : by_arn) {
        detail.arn = arn;
        details.resources.push_back(std::move(detail));
    }
    for (const store::ResourceFact& row : *buckets) details.buckets.push_back(row.name);
    return {};
}

Result<void> import_resource_details(AccountEdit& account, const AccountDetails& details) {
    for (const ResourceDetail& detail : details.resources) {
        if (detail.policy) {
            auto put = detail.policy->empty() ? distrust_resource_policy(account, detail.arn)
                                              : put_resource_policy(account, detail.arn, *detail.policy);
            if (!put) return put;
        }
        TagPairs tags;
        for (const Tag& tag : detail.tags) tags.emplace_back(tag.key, tag.value);
        if (auto set = set_resource_tags(account, detail.arn, tags, true); !set) return set;
    }
    for (const std::string& bucket : details.buckets) {
        auto learnt = learn_fact(account, FactKind::bucket_owner, bucket, account.account_id);
        if (!learnt) return learnt;
    }
    return {};
}

}  // namespace writ::directory
