#include <algorithm>
#include <utility>

#include "directory/accounts/accounts.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/handshake_records.h"
#include "directory/internal/organizations/ids.h"
#include "directory/internal/organizations/node_tags.h"
#include "directory/internal/organizations/records.h"
#include "directory/internal/paging.h"
#include "directory/organizations/members.h"
#include "directory/policies/attachments.h"
#include "directory/principals/roles.h"

namespace writ::directory::organizations {
namespace {

using store::AccountCreation;
using store::CreationState;

/// Open invitations count against the quota too.
Result<void> check_room(const AccountView& account, const store::Organization& organization) {
    const auto members = account.records.count<store::OrganizationMember>(
        store::OrganizationMember::by_organization, {.equal = {organization.organization_id}});
    if (!members) return std::unexpected(to_error(members.error()));
    const auto invited = count_open_invitations(account, organization);
    if (!invited) return std::unexpected(invited.error());
    if (static_cast<std::int64_t>(*members + *invited) >=
        account.environment.quotas[Quota::accounts_per_organization]) {
        return violates("ACCOUNT_NUMBER_LIMIT_EXCEEDED");
    }
    return {};
}

Result<std::string> free_account_id(const AccountView& account) {
    constexpr int attempts_max = 10;  // 36 random bits: a second attempt is rare.
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        std::string id = new_account_id(account.environment.random);
        const auto taken = find_account(account, id);
        if (!taken) return std::unexpected(taken.error());
        if (!*taken) return id;
    }
    return std::unexpected(to_error({store::FailureKind::unavailable, {}, "no unique account id found"}));
}

/// The role by which the management account enters the new one.
Result<void> make_access_role(AccountEdit& account, const store::Organization& organization,
                              const std::string& account_id, const std::string& role_name) {
    AccountEdit made(account.writes, account_id, account.environment);
    const std::string& partition = account.environment.partition;
    const std::string trust =
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":")" +
        root_arn(partition, organization.management_account_id) + R"("},"Action":"sts:AssumeRole"}]})";
    const auto role = create_role(made, {.name = role_name, .trust_document = trust});
    if (!role) return std::unexpected(role.error());
    return attach_policy(made, {.kind = OwnerKind::role, .name = role_name},
                         "arn:" + partition + ":iam::aws:policy/AdministratorAccess");
}

Result<void> make_member(AccountEdit& account, const store::Organization& organization,
                         const std::string& account_id, const NewAccount& wanted) {
    const store::OrganizationMember member{.account_id = account_id,
                                           .organization_id = organization.organization_id,
                                           .parent_id = organization.root_id,
                                           .joined_method = store::JoinedMethod::created,
                                           .joined_at = account.environment.clock.now()};
    auto done = result_of(account.writes.insert(member));
    if (done) done = attach_full_access(account, organization, account_id);
    if (done) done = put_resource_tags(account, organization, account_id, wanted.tags);
    if (done) done = make_access_role(account, organization, account_id, wanted.role_name);
    return done;
}

/// Nothing: another account has the e-mail address.
Result<std::optional<std::string>> make_account(AccountEdit& account, const store::Organization& organization,
                                                const NewAccount& wanted) {
    const auto id = free_account_id(account);
    if (!id) return std::unexpected(id.error());
    const store::Account record{.account_id = *id,
                                .created_at = account.environment.clock.now(),
                                .name = wanted.name,
                                .email = wanted.email,
                                .email_folded = fold(wanted.email)};
    const auto inserted = account.writes.insert(record);
    if (!inserted && inserted.error().kind == store::FailureKind::duplicate &&
        inserted.error().constraint == store::Account::by_email.name) {
        return std::nullopt;
    }
    if (!inserted) return std::unexpected(to_error(inserted.error()));
    if (auto made = make_member(account, organization, *id, wanted); !made) {
        return std::unexpected(made.error());
    }
    return *id;
}

}  // namespace

Result<AccountCreation> create_account(AccountEdit& account, const NewAccount& wanted) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    if (wanted.role_name.starts_with("AWSServiceRoleFor")) return bad_input("INVALID_ROLE_NAME");
    if (auto room = check_room(account, *organization); !room) return std::unexpected(room.error());
    const auto made = make_account(account, *organization, wanted);
    if (!made) return std::unexpected(made.error());
    const Instant now = account.environment.clock.now();
    AccountCreation record{.organization_id = organization->organization_id,
                           .request_id = new_creation_id(account.environment.random),
                           .state = *made ? CreationState::succeeded : CreationState::failed,
                           .account_name = wanted.name,
                           .account_id = made->value_or(""),
                           .failure_reason = *made ? "" : "EMAIL_ALREADY_EXISTS",
                           .requested_at = now,
                           .completed_at = now};
    if (auto kept = result_of(account.writes.insert(record)); !kept) return std::unexpected(kept.error());
    return record;
}

Result<AccountCreation> get_creation(const AccountView& account, std::string_view request_id) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    auto record = account.records.find<AccountCreation>(AccountCreation::by_id,
                                                        {organization->organization_id, request_id});
    if (!record) return std::unexpected(to_error(record.error()));
    if (!*record) return refuse(fault::no_creation);
    return std::move(**record);
}

Result<Page<AccountCreation>> list_creations(const AccountView& account,
                                             const std::vector<CreationState>& states,
                                             const PageRequest& page) {
    const auto organization = own_organization(account);
    if (!organization) return std::unexpected(organization.error());
    std::string filter;
    for (const CreationState state : states) filter.append(std::to_string(static_cast<int>(state)));
    return page_of<AccountCreation, AccountCreation>(
        account, {.operation = "ListCreateAccountStatus", .filter = filter}, page,
        {.index = AccountCreation::by_id,
         .equal = {organization->organization_id},
         .order = &AccountCreation::request_id,
         .keep =
             [&](const AccountCreation& record) {
                 return states.empty() || std::ranges::find(states, record.state) != states.end();
             },
         .convert = [](const AccountCreation& record) { return Result<AccountCreation>(record); }});
}

}  // namespace writ::directory::organizations
