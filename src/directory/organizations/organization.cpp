#include "directory/organizations/organization.h"

#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/handshake_records.h"
#include "directory/internal/organizations/ids.h"
#include "directory/internal/organizations/node_tags.h"
#include "directory/internal/organizations/records.h"
#include "directory/internal/paging.h"
#include "directory/organizations/arns.h"

namespace writ::directory::organizations {
namespace {

Result<Organization> to_organization(const AccountView& account, const store::Organization& record) {
    const auto manager = find_account(account, record.management_account_id);
    if (!manager) return std::unexpected(manager.error());
    const Place place = place_of(account, record);
    return Organization{.id = record.organization_id,
                        .arn = organization_arn(place),
                        .feature_set = record.feature_set,
                        .management_account_id = record.management_account_id,
                        .management_account_arn = node_arn(place, record.management_account_id),
                        .management_account_email = *manager ? (*manager)->email : std::nullopt};
}

Result<void> insert_management_account(AccountEdit& account, const store::Organization& record) {
    const store::OrganizationMember member{.account_id = account.account_id,
                                           .organization_id = record.organization_id,
                                           .parent_id = record.root_id,
                                           .joined_method = store::JoinedMethod::invited,
                                           .joined_at = record.created_at};
    auto inserted = unless_taken(account.writes.insert(member), store::OrganizationMember::by_account,
                                 error_of(fault::already_in_organization));
    if (!inserted) return inserted;
    if (auto attached = attach_full_access(account, record, record.root_id); !attached) return attached;
    return attach_full_access(account, record, account.account_id);
}

/// Of the tables that belong to the organization as a whole.
template <class Record>
Result<void> erase_all(AccountEdit& account, const store::Index& index, const std::string& organization_id) {
    const auto rows = account.records.list<Record>(index, {.equal = {organization_id}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    for (const Record& row : *rows) {
        if (auto erased = result_of(account.writes.erase(row)); !erased) return erased;
    }
    return {};
}

/// Tags of everything that was tagged go before it.
Result<void> erase_node_tags(AccountEdit& account, const store::Organization& record) {
    std::vector<std::string> tagged{record.root_id, record.management_account_id};
    const auto units = account.records.list<store::OrganizationalUnit>(store::OrganizationalUnit::by_id,
                                                                       {.equal = {record.organization_id}});
    if (!units) return std::unexpected(to_error(units.error()));
    for (const store::OrganizationalUnit& unit : *units) tagged.push_back(unit.unit_id);
    const auto policies = account.records.list<store::OrganizationPolicy>(
        store::OrganizationPolicy::by_id, {.equal = {record.organization_id}});
    if (!policies) return std::unexpected(to_error(policies.error()));
    for (const store::OrganizationPolicy& policy : *policies) tagged.push_back(policy.policy_id);
    const auto delegation = account.records.find<store::OrganizationResourcePolicy>(
        store::OrganizationResourcePolicy::by_organization, {record.organization_id});
    if (!delegation) return std::unexpected(to_error(delegation.error()));
    if (*delegation) tagged.push_back((*delegation)->policy_id);
    for (const std::string& id : tagged) {
        if (auto erased = erase_resource_tags(account, record, id); !erased) return erased;
    }
    return {};
}

Result<void> erase_belongings(AccountEdit& account, const store::Organization& record) {
    const auto all = [](const store::Handshake&) { return true; };
    if (auto taken_back = take_back_handshakes(account, record, all); !taken_back) return taken_back;
    if (auto erased = erase_node_tags(account, record); !erased) return erased;
    const std::string& id = record.organization_id;
    using Erase = Result<void> (*)(AccountEdit&, const std::string&);
    constexpr auto steps = std::to_array<Erase>({
        [](AccountEdit& of, const std::string& organization) {
            return erase_all<store::OrganizationAttachment>(of, store::OrganizationAttachment::by_target,
                                                            organization);
        },
        [](AccountEdit& of, const std::string& organization) {
            return erase_all<store::OrganizationPolicy>(of, store::OrganizationPolicy::by_id, organization);
        },
        [](AccountEdit& of, const std::string& organization) {
            return erase_all<store::OrganizationResourcePolicy>(
                of, store::OrganizationResourcePolicy::by_organization, organization);
        },
        [](AccountEdit& of, const std::string& organization) {
            return erase_all<store::OrganizationalUnit>(of, store::OrganizationalUnit::by_id, organization);
        },
        [](AccountEdit& of, const std::string& organization) {
            return erase_all<store::TrustedService>(of, store::TrustedService::by_principal, organization);
        },
        [](AccountEdit& of, const std::string& organization) {
            return erase_all<store::AccountCreation>(of, store::AccountCreation::by_id, organization);
        },
        [](AccountEdit& of, const std::string& organization) {
            return erase_all<store::EnabledPolicyType>(of, store::EnabledPolicyType::by_type, organization);
        },
        [](AccountEdit& of, const std::string& organization) {
            return erase_all<store::EnabledRootAccess>(of, store::EnabledRootAccess::by_feature,
                                                       organization);
        },
        [](AccountEdit& of, const std::string& organization) {
            return erase_all<store::OrganizationMember>(of, store::OrganizationMember::by_organization,
                                                        organization);
        },
    });
    for (const Erase step : steps) {
        if (auto erased = step(account, id); !erased) return erased;
    }
    return {};
}

}  // namespace

Result<Organization> create_organization(AccountEdit& account, store::FeatureSet feature_set) {
    RandomSource& random = account.environment.random;
    const store::Organization record{.organization_id = new_organization_id(random),
                                     .management_account_id = account.account_id,
                                     .root_id = new_root_id(random),
                                     .feature_set = feature_set,
                                     .created_at = account.environment.clock.now()};
    auto inserted = unless_taken(account.writes.insert(record), store::Organization::by_management_account,
                                 error_of(fault::already_in_organization));
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    if (feature_set == store::FeatureSet::all) {
        const store::EnabledPolicyType scp{.organization_id = record.organization_id,
                                           .type = store::OrganizationPolicyType::service_control};
        if (auto enabled = result_of(account.writes.insert(scp)); !enabled) {
            return std::unexpected(std::move(enabled.error()));
        }
    }
    if (auto joined = insert_management_account(account, record); !joined) {
        return std::unexpected(std::move(joined.error()));
    }
    return to_organization(account, record);
}

Result<Organization> get_organization(const AccountView& account) {
    const auto record = own_organization(account);
    if (!record) return std::unexpected(record.error());
    return to_organization(account, *record);
}

Result<void> delete_organization(AccountEdit& account) {
    const auto record = own_organization(account);
    if (!record) return std::unexpected(record.error());
    const auto members = account.records.count<store::OrganizationMember>(
        store::OrganizationMember::by_organization, {.equal = {record->organization_id}, .rows_max = 2});
    if (!members) return std::unexpected(to_error(members.error()));
    if (*members > 1) return refuse(fault::organization_not_empty);
    if (auto erased = erase_belongings(account, *record); !erased) return erased;
    return result_of(account.writes.erase(*record));
}

Result<Root> get_root(const AccountView& account) {
    const auto record = own_organization(account);
    if (!record) return std::unexpected(record.error());
    auto types = enabled_types(account, *record);
    if (!types) return std::unexpected(std::move(types.error()));
    return Root{.id = record->root_id,
                .arn = node_arn(place_of(account, *record), record->root_id),
                .enabled_types = std::move(*types)};
}

Result<Page<Root>> list_roots(const AccountView& account, const PageRequest& page) {
    const auto root = get_root(account);
    if (!root) return std::unexpected(root.error());
    return page_of(account, {.operation = "ListRoots"}, page, std::vector{*root},
                   [](const Root& item) { return item.id; });
}

}  // namespace writ::directory::organizations
