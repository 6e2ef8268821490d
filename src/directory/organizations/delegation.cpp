#include "directory/organizations/delegation.h"

#include <map>
#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/records.h"
#include "directory/internal/paging.h"

namespace writ::directory::organizations {
namespace {

using store::DelegatedAdministrator;
using store::TrustedService;

Result<store::Organization> organization_with_all_features(const AccountView& account) {
    auto organization = own_organization(account);
    if (organization && organization->feature_set != store::FeatureSet::all) {
        return violates("ORGANIZATION_NOT_IN_ALL_FEATURES_MODE");
    }
    return organization;
}

/// "config.amazonaws.com", "ssm.amazonaws.com.cn": small letters, digits and hyphens between the dots.
bool is_service_principal(std::string_view text) {
    constexpr std::string_view of_china = ".cn";
    constexpr std::string_view of_aws = ".amazonaws.com";
    if (text.ends_with(of_china)) text.remove_suffix(of_china.size());
    if (!text.ends_with(of_aws)) return false;
    text.remove_suffix(of_aws.size());
    const bool has_empty_label = text.empty() || text.starts_with('.') || text.ends_with('.') ||
                                 text.find("..") != std::string_view::npos;
    return !has_empty_label &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string_view::npos;
}

/// The account that is to administer a service.
Result<void> check_candidate(const AccountView& account, const store::Organization& organization,
                             std::string_view account_id) {
    const auto member = find_member(account, organization, account_id);
    if (!member) return std::unexpected(member.error());
    if (!*member) return refuse(fault::no_account);
    if (account_id == organization.management_account_id) {
        return violates("CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR");
    }
    const auto record = find_account(account, account_id);
    if (!record) return std::unexpected(record.error());
    if (*record && (*record)->closed_at) {
        return violates("CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR");
    }
    return {};
}

/// By account, with the date of the service asked for.
Result<std::map<std::string, Instant>> administrators_of(const AccountView& account,
                                                         const store::Organization& organization,
                                                         std::string_view service_principal) {
    std::vector<store::Bind> equal{organization.organization_id};
    if (!service_principal.empty()) equal.emplace_back(service_principal);
    const auto rows = account.records.list<DelegatedAdministrator>(DelegatedAdministrator::by_service,
                                                                   {.equal = std::move(equal)});
    if (!rows) return std::unexpected(to_error(rows.error()));
    std::map<std::string, Instant> administrators;
    for (const DelegatedAdministrator& row : *rows) {
        const auto [at, is_new] = administrators.emplace(row.account_id, row.enabled_at);
        if (!is_new) at->second = std::min(at->second, row.enabled_at);
    }
    return administrators;
}

}  // namespace

Result<void> enable_service_access(AccountEdit& account, std::string_view service_principal) {
    const auto organization = organization_with_all_features(account);
    if (!organization) return std::unexpected(organization.error());
    if (!is_service_principal(service_principal)) return bad_input("UNRECOGNIZED_SERVICE_PRINCIPAL");
    const auto trusted = is_trusted(account, *organization, service_principal);
    if (!trusted) return std::unexpected(trusted.error());
    if (*trusted) return {};
    return result_of(account.writes.insert(TrustedService{.organization_id = organization->organization_id,
                                                          .service_principal = std::string(service_principal),
                                                          .enabled_at = account.environment.clock.now()}));
}

Result<void> disable_service_access(AccountEdit& account, std::string_view service_principal) {
    const auto organization = organization_with_all_features(account);
    if (!organization) return std::unexpected(organization.error());
    const auto administrators = administrators_of(account, *organization, service_principal);
    if (!administrators) return std::unexpected(administrators.error());
    if (!administrators->empty()) return violates("DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE");
    const auto row = account.records.find<TrustedService>(TrustedService::by_principal,
                                                          {organization->organization_id, service_principal});
    if (!row) return std::unexpected(to_error(row.error()));
    if (!*row) return {};
    return result_of(account.writes.erase(**row));
}

Result<Page<ServiceGrant>> list_service_access(const AccountView& account, const PageRequest& page) {
    const auto organization = organization_with_all_features(account);
    if (!organization) return std::unexpected(organization.error());
    return page_of<TrustedService, ServiceGrant>(
        account, {.operation = "ListAWSServiceAccessForOrganization"}, page,
        {.index = TrustedService::by_principal,
         .equal = {organization->organization_id},
         .order = &TrustedService::service_principal,
         .keep = all_rows,
         .convert = [](const TrustedService& row) -> Result<ServiceGrant> {
             return ServiceGrant{row.service_principal, row.enabled_at};
         }});
}

Result<void> register_administrator(AccountEdit& account, std::string_view account_id,
                                    std::string_view service_principal) {
    const auto organization = organization_with_all_features(account);
    if (!organization) return std::unexpected(organization.error());
    if (auto good = check_candidate(account, *organization, account_id); !good) return good;
    const auto trusted = is_trusted(account, *organization, service_principal);
    if (!trusted) return std::unexpected(trusted.error());
    if (!*trusted) return violates("SERVICE_ACCESS_NOT_ENABLED");
    const DelegatedAdministrator row{.organization_id = organization->organization_id,
                                     .account_id = std::string(account_id),
                                     .service_principal = std::string(service_principal),
                                     .enabled_at = account.environment.clock.now()};
    const auto inserted = account.writes.insert(row);
    // Two indexes hold the same columns in two orders.
    if (!inserted && inserted.error().kind == store::FailureKind::duplicate) {
        return refuse(fault::already_registered);
    }
    return result_of(inserted);
}

Result<void> deregister_administrator(AccountEdit& account, std::string_view account_id,
                                      std::string_view service_principal) {
    const auto organization = organization_with_all_features(account);
    if (!organization) return std::unexpected(organization.error());
    const auto member = find_member(account, *organization, account_id);
    if (!member) return std::unexpected(member.error());
    if (!*member) return refuse(fault::no_account);
    const auto row = account.records.find<DelegatedAdministrator>(
        DelegatedAdministrator::by_account, {organization->organization_id, account_id, service_principal});
    if (!row) return std::unexpected(to_error(row.error()));
    if (!*row) return refuse(fault::not_registered);
    return result_of(account.writes.erase(**row));
}

Result<Page<Administrator>> list_administrators(const AccountView& account,
                                                std::string_view service_principal, const PageRequest& page) {
    const auto organization = organization_with_all_features(account);
    if (!organization) return std::unexpected(organization.error());
    const auto found = administrators_of(account, *organization, service_principal);
    if (!found) return std::unexpected(found.error());
    std::vector<Administrator> administrators;
    for (const auto& [account_id, enabled_at] : *found) {
        auto member = get_member(account, account_id);
        if (!member) return std::unexpected(std::move(member.error()));
        administrators.push_back({std::move(*member), enabled_at});
    }
    return page_of(account,
                   {.operation = "ListDelegatedAdministrators", .filter = std::string(service_principal)},
                   page, std::move(administrators),
                   [](const Administrator& administrator) { return administrator.member.id; });
}

Result<Page<ServiceGrant>> list_services_of(const AccountView& account, std::string_view account_id,
                                            const PageRequest& page) {
    const auto organization = organization_with_all_features(account);
    if (!organization) return std::unexpected(organization.error());
    const auto member = find_member(account, *organization, account_id);
    if (!member) return std::unexpected(member.error());
    if (!*member) return refuse(fault::no_account);
    const auto rows = account.records.list<DelegatedAdministrator>(
        DelegatedAdministrator::by_account, {.equal = {organization->organization_id, account_id}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    if (rows->empty()) return refuse(fault::not_registered);
    std::vector<ServiceGrant> services;
    for (const DelegatedAdministrator& row : *rows) {
        services.push_back({row.service_principal, row.enabled_at});
    }
    return page_of(account,
                   {.operation = "ListDelegatedServicesForAccount", .filter = std::string(account_id)}, page,
                   std::move(services), [](const ServiceGrant& grant) { return grant.service_principal; });
}

}  // namespace writ::directory::organizations
