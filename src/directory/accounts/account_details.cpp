#include "directory/accounts/account_details.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/paging.h"
#include "directory/internal/policies/managed.h"
#include "directory/internal/policies/policy_usage.h"
#include "directory/internal/principals/group_answers.h"
#include "directory/internal/principals/role_answers.h"
#include "directory/internal/principals/user_answers.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr PageRequest all_of_them{.items_max = std::numeric_limits<std::size_t>::max() - 1};

/// The kinds in their order on the pages: positions begin with these.
enum class Section : char { users = 'a', roles, groups, local_policies, aws_policies };

Result<CarriedPolicies> carried_by(const AccountView& account, const PolicyOwner& owner,
                                   std::string_view id) {
    CarriedPolicies carried;
    auto documents = account.records.list<store::InlinePolicy>(store::InlinePolicy::by_name,
                                                               {.equal = {account.account_id, id}});
    if (!documents) return std::unexpected(to_error(documents.error()));
    for (store::InlinePolicy& row : *documents) {
        carried.inline_policies.push_back({std::move(row.name), std::move(row.document)});
    }
    auto attached = list_attached_policies(account, owner, "/", all_of_them);
    if (!attached) return std::unexpected(std::move(attached.error()));
    carried.attached = std::move(attached->items);
    return carried;
}

Result<UserDetail> detail_of(const AccountView& account, const store::User& record) {
    auto user = whole_user(account, record);
    if (!user) return std::unexpected(std::move(user.error()));
    auto policies = carried_by(account, {OwnerKind::user, record.name}, record.user_id);
    if (!policies) return std::unexpected(std::move(policies.error()));
    auto groups = list_groups_for_user(account, record.name, all_of_them);
    if (!groups) return std::unexpected(std::move(groups.error()));
    UserDetail detail{.user = std::move(*user), .policies = std::move(*policies), .group_names = {}};
    for (Group& group : groups->items) detail.group_names.push_back(std::move(group.name));
    return detail;
}

Result<RoleDetail> detail_of(const AccountView& account, const store::Role& record) {
    auto role = whole_role_with_use(account, record);
    if (!role) return std::unexpected(std::move(role.error()));
    auto policies = carried_by(account, {OwnerKind::role, record.name}, record.role_id);
    if (!policies) return std::unexpected(std::move(policies.error()));
    auto profiles = list_instance_profiles_for_role(account, record.name, all_of_them);
    if (!profiles) return std::unexpected(std::move(profiles.error()));
    return RoleDetail{std::move(*role), std::move(*policies), std::move(profiles->items)};
}

Result<GroupDetail> detail_of(const AccountView& account, const store::Group& record) {
    auto policies = carried_by(account, {OwnerKind::group, record.name}, record.group_id);
    if (!policies) return std::unexpected(std::move(policies.error()));
    return GroupDetail{group_of(account, record), std::move(*policies)};
}

Result<PolicyDetail> detail_of(const AccountView& account, const store::Policy& record) {
    auto rows = account.records.list<store::PolicyVersion>(store::PolicyVersion::by_number,
                                                           {.equal = {account.account_id, record.policy_id}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    PolicyDetail detail{.policy = to_policy(record), .versions = {}};
    for (store::PolicyVersion& row : *rows) {
        detail.versions.push_back({.version_id = version_id_of(row.version),
                                   .is_default = row.version == record.default_version,
                                   .document = std::move(row.document),
                                   .created_at = row.created_at});
    }
    std::ranges::reverse(detail.versions);
    return detail;
}

/// Fills one page, section after section.
class PageOfDetails {
  public:
    PageOfDetails(const AccountView& account, const Listing& listing, const PageRequest& request,
                  std::optional<std::string> after)
        : account_(account), listing_(listing), request_(request), after_(std::move(after)) {}

    /// The rows of one kind, by name.
    template <class Record, class Detail>
    Result<void> add(Section section, std::vector<Detail> AccountDetails::* list) {
        if (is_done_with(section)) return {};
        store::Range range{.equal = {account_.account_id}, .rows_max = request_.items_max - given_ + 1};
        const auto after = position_in(section);
        if (after) range.after = {*after};
        const auto rows = account_.records.list<Record>(Record::by_name, range);
        if (!rows) return std::unexpected(to_error(rows.error()));
        for (const Record& row : *rows) {
            if (!has_room()) return {};
            auto detail = detail_of(account_, row);
            if (!detail) return std::unexpected(std::move(detail.error()));
            (page_.*list).push_back(std::move(*detail));
            note(section, row.name_folded);
        }
        return {};
    }

    Result<void> add_aws_policies(const PolicyUsage& usage) {
        if (is_done_with(Section::aws_policies)) return {};
        const auto after = position_in(Section::aws_policies);
        const std::string& partition = account_.environment.partition;
        for (const std::string& arn : usage.arns()) {
            const auto* aws = find_aws_policy(partition, arn);
            if (aws == nullptr || (after && position_of(arn) <= *after)) continue;
            if (!has_room()) return {};
            auto version = get_policy_version(account_, arn, aws->version_id);
            if (!version) return std::unexpected(std::move(version.error()));
            page_.policies.push_back({to_policy(partition, *aws), {std::move(*version)}});
            note(Section::aws_policies, position_of(arn));
        }
        return {};
    }

    [[nodiscard]] AccountDetails finish(const PolicyUsage& usage) && {
        for (PolicyDetail& detail : page_.policies) usage.count(detail.policy);
        return std::move(page_);
    }

  private:
    /// The page is full, or an earlier one has given all of the section.
    [[nodiscard]] bool is_done_with(Section section) const {
        return page_.marker || (after_ && after_->front() > static_cast<char>(section));
    }
    [[nodiscard]] std::optional<std::string> position_in(Section section) const {
        if (!after_ || after_->front() != static_cast<char>(section)) return std::nullopt;
        return after_->substr(1);
    }
    /// Called when there is one more to give.
    [[nodiscard]] bool has_room() {
        if (given_ < request_.items_max) return true;
        page_.marker = make_marker(account_, listing_, last_given_);
        return false;
    }
    void note(Section section, std::string_view position) {
        last_given_.assign(1, static_cast<char>(section)).append(position);
        ++given_;
    }

    const AccountView& account_;
    const Listing& listing_;
    const PageRequest& request_;
    std::optional<std::string> after_;
    AccountDetails page_;
    std::size_t given_ = 0;
    std::string last_given_;
};

Listing listing_of(const DetailFilter& filter) {
    std::string chosen;
    for (const bool wanted :
         std::array{filter.users, filter.roles, filter.groups, filter.local_policies, filter.aws_policies}) {
        chosen += wanted ? '1' : '0';
    }
    return {.operation = "GetAccountAuthorizationDetails", .filter = std::move(chosen)};
}

}  // namespace

Result<AccountDetails> get_account_details(const AccountView& account, const DetailFilter& filter,
                                           const PageRequest& page) {
    const Listing listing = listing_of(filter);
    auto after = read_marker(account, listing, page);
    if (!after) return std::unexpected(std::move(after.error()));
    const auto usage = PolicyUsage::read(account);
    if (!usage) return std::unexpected(usage.error());

    PageOfDetails details(account, listing, page, std::move(*after));
    Result<void> added;
    if (filter.users) added = details.add<store::User>(Section::users, &AccountDetails::users);
    if (added && filter.roles) added = details.add<store::Role>(Section::roles, &AccountDetails::roles);
    if (added && filter.groups) added = details.add<store::Group>(Section::groups, &AccountDetails::groups);
    if (added && filter.local_policies) {
        added = details.add<store::Policy>(Section::local_policies, &AccountDetails::policies);
    }
    if (added && filter.aws_policies) added = details.add_aws_policies(*usage);
    if (!added) return std::unexpected(std::move(added.error()));
    return std::move(details).finish(*usage);
}

}  // namespace writ::directory
