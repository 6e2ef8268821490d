#include "directory/internal/policies/policy_usage.h"

#include "directory/internal/counters.h"
#include "directory/internal/failures.h"
#include "store/records.h"

namespace writ::directory {

Result<PolicyUsage> PolicyUsage::read(const AccountView& account) {
    const auto counters =
        account.records.list<store::Counter>(store::Counter::by_name, {.equal = {account.account_id}});
    if (!counters) return std::unexpected(to_error(counters.error()));
    const std::string attachments = counter::attachments({});
    const std::string boundaries = counter::boundaries({});
    PolicyUsage usage;
    for (const store::Counter& counter : *counters) {
        if (counter.name.starts_with(attachments)) {
            usage.counts_[counter.name.substr(attachments.size())].attachments = counter.value;
        } else if (counter.name.starts_with(boundaries)) {
            usage.counts_[counter.name.substr(boundaries.size())].boundaries = counter.value;
        }
    }
    return usage;
}

void PolicyUsage::count(Policy& policy) const {
    const auto found = counts_.find(policy.arn);
    const Counts counts = found == counts_.end() ? Counts{} : found->second;
    policy.attachment_count = counts.attachments;
    policy.boundary_usage_count = counts.boundaries;
}

std::vector<std::string> PolicyUsage::arns() const {
    std::vector<std::string> arns;
    arns.reserve(counts_.size());
    for (const auto& [arn, counts] : counts_) arns.push_back(arn);
    return arns;
}

}  // namespace writ::directory
