#include <algorithm>
#include <optional>
#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/paging.h"
#include "directory/internal/policies/managed.h"
#include "directory/internal/policies/policy_usage.h"
#include "directory/policies/policies.h"
#include "store/records.h"

/// ListPolicies: the policies of AWS and those of the account in one order, by name without case. An AWS
/// managed policy stands before a customer's of the same name.
namespace writ::directory {
namespace {

constexpr char separator = '\n';  // Sorts before every character of a name.
constexpr std::string_view of_aws = "\na";
constexpr std::string_view of_customer = "\nc";

bool keeps(const PolicyFilter& filter, const Policy& policy) {
    if (!policy.path.starts_with(filter.path_prefix)) return false;
    if (!filter.only_attached) return true;
    const bool attached = policy.attachment_count > 0;
    const bool bounding = policy.boundary_usage_count > 0;
    if (!filter.used_as_boundary) return attached || bounding;
    return *filter.used_as_boundary ? bounding : attached;
}

/// A policy and where it stands in the list.
struct Placed {
    std::string position;
    Policy policy;
};

/// The policies of AWS behind a position, one after the other.
class AwsPolicies {
  public:
    AwsPolicies(const std::string& partition, bool wanted, const std::string& after)
        : partition_(partition), policies_(aws_policies_by_name()) {
        const auto first = std::ranges::partition_point(
            policies_, [&](const NamedAwsPolicy& named) { return position(named) <= after; });
        next_ = wanted ? static_cast<std::size_t>(first - policies_.begin()) : policies_.size();
    }
    [[nodiscard]] Result<std::optional<Placed>> next() {
        if (next_ == policies_.size()) return std::nullopt;
        const NamedAwsPolicy& named = policies_[next_++];
        return Placed{position(named), to_policy(partition_, *named.policy)};
    }

  private:
    static std::string position(const NamedAwsPolicy& named) {
        return named.name_folded + std::string(of_aws);
    }
    const std::string& partition_;
    std::span<const NamedAwsPolicy> policies_;
    std::size_t next_ = 0;
};

/// The policies of the account behind a position, read by the hundred.
class CustomerPolicies {
  public:
    CustomerPolicies(const AccountView& account, bool wanted, const std::string& after)
        : account_(account), exhausted_(!wanted) {
        if (after.empty()) return;
        after_ = after.substr(0, after.rfind(separator));
        inclusive_ = after.ends_with(of_aws);
    }
    [[nodiscard]] Result<std::optional<Placed>> next() {
        if (next_ == rows_.size() && !exhausted_) {
            if (auto read = read_more(); !read) return std::unexpected(std::move(read.error()));
        }
        if (next_ == rows_.size()) return std::nullopt;
        const store::Policy& row = rows_[next_++];
        return Placed{row.name_folded + std::string(of_customer), to_policy(row)};
    }

  private:
    static constexpr std::size_t rows_at_once = 100;

    Result<void> read_more() {
        store::Range range{.equal = {account_.account_id}, .inclusive = inclusive_, .rows_max = rows_at_once};
        if (after_) range.after = {*after_};
        auto rows = account_.records.list<store::Policy>(store::Policy::by_name, range);
        if (!rows) return std::unexpected(to_error(rows.error()));
        rows_ = std::move(*rows);
        next_ = 0;
        exhausted_ = rows_.size() < rows_at_once;
        inclusive_ = false;
        if (!rows_.empty()) after_ = rows_.back().name_folded;
        return {};
    }

    const AccountView& account_;
    bool exhausted_;
    std::optional<std::string> after_;
    bool inclusive_ = false;
    std::vector<store::Policy> rows_;
    std::size_t next_ = 0;
};

/// Both in one order.
class AllPolicies {
  public:
    AllPolicies(const AccountView& account, PolicyScope scope, const std::string& after)
        : aws_(account.environment.partition, scope != PolicyScope::local, after),
          customer_(account, scope != PolicyScope::aws, after) {}

    [[nodiscard]] Result<std::optional<Placed>> next() {
        if (auto filled = fill(aws_head_, aws_); !filled) return std::unexpected(filled.error());
        if (auto filled = fill(customer_head_, customer_); !filled) return std::unexpected(filled.error());
        const bool aws_first =
            aws_head_ && (!customer_head_ || aws_head_->position < customer_head_->position);
        return std::exchange(aws_first ? aws_head_ : customer_head_, std::nullopt);
    }

  private:
    template <class Source>
    static Result<void> fill(std::optional<Placed>& head, Source& source) {
        if (head) return {};
        auto next = source.next();
        if (!next) return std::unexpected(std::move(next.error()));
        head = std::move(*next);
        return {};
    }

    AwsPolicies aws_;
    CustomerPolicies customer_;
    std::optional<Placed> aws_head_;
    std::optional<Placed> customer_head_;
};

Listing listing_of(const PolicyFilter& filter) {
    std::string text = std::to_string(static_cast<int>(filter.scope));
    text += filter.only_attached ? 'a' : '-';
    text += !filter.only_attached || !filter.used_as_boundary ? '-' : *filter.used_as_boundary ? 'b' : 'p';
    return {.operation = "ListPolicies", .filter = text + filter.path_prefix};
}

}  // namespace

Result<Page<Policy>> list_policies(const AccountView& account, const PolicyFilter& filter,
                                   const PageRequest& page) {
    const Listing listing = listing_of(filter);
    const auto after = read_marker(account, listing, page);
    if (!after) return std::unexpected(after.error());
    const auto usage = PolicyUsage::read(account);
    if (!usage) return std::unexpected(usage.error());

    AllPolicies policies(account, filter.scope, after->value_or(std::string{}));
    Page<Policy> answer;
    std::string last_given;
    for (;;) {
        auto next = policies.next();
        if (!next) return std::unexpected(std::move(next.error()));
        if (!*next) return answer;
        auto& [position, policy] = **next;
        usage->count(policy);
        if (!keeps(filter, policy)) continue;
        if (answer.items.size() == page.items_max) {
            answer.marker = make_marker(account, listing, last_given);
            return answer;
        }
        last_given = std::move(position);
        policy.description.clear();
        answer.items.push_back(std::move(policy));
    }
}

}  // namespace writ::directory
