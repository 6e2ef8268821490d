#include "directory/targets.h"

#include "base/arn.h"
#include "directory/accounts/accounts.h"
#include "directory/internal/arns.h"
#include "directory/internal/credentials/access_key_records.h"
#include "directory/internal/credentials/server_certificate_records.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/federation/provider_records.h"
#include "directory/internal/policies/managed.h"
#include "directory/internal/tagging.h"
#include "store/records.h"

namespace writ::directory {
namespace {

std::string_view type_of(OwnerKind kind) {
    constexpr std::array<std::string_view, 3> types{"user", "group", "role"};
    return types.at(static_cast<std::size_t>(kind));
}

std::string arn_in(const AccountView& account, std::string_view type, std::string_view path,
                   std::string_view name) {
    return entity_arn(account.environment.partition, account.account_id, type, path, name);
}

Target present(std::string arn, std::string id) {
    return {.arn = std::move(arn), .exists = true, .id = std::move(id), .tags = {}, .boundary_arn = {}};
}

Target absent(std::string arn) {
    return {.arn = std::move(arn), .exists = false, .id = {}, .tags = {}, .boundary_arn = {}};
}

/// What exists, with its tags.
Result<Target> tagged(const AccountView& account, std::string arn, std::string id) {
    auto tags = read_tags(account, id);
    if (!tags) return std::unexpected(std::move(tags.error()));
    Target target = present(std::move(arn), std::move(id));
    target.tags = std::move(*tags);
    return target;
}

/// A user or role: nothing else has a boundary.
Result<Target> principal(const AccountView& account, std::string arn, std::string id) {
    auto target = tagged(account, std::move(arn), std::move(id));
    if (!target) return target;
    auto boundary = boundary_of(account, target->id);
    if (!boundary) return std::unexpected(std::move(boundary.error()));
    target->boundary_arn = std::move(*boundary);
    return target;
}

}  // namespace

Result<Target> find_target(const AccountView& account, const PolicyOwner& owner) {
    auto found = find_owner(account, owner);
    if (!found) return std::unexpected(std::move(found.error()));
    const std::string_view type = type_of(owner.kind);
    if (!*found) return absent(arn_in(account, type, "/", owner.name));
    std::string arn = arn_in(account, type, (*found)->path, (*found)->name);
    if (owner.kind == OwnerKind::group) return present(std::move(arn), std::move((*found)->id));
    return principal(account, std::move(arn), std::move((*found)->id));
}

Result<PolicyOwner> owner_of_arn(std::string_view arn) {
    const auto parsed = parse_arn(arn);
    const std::size_t type_end = parsed ? parsed->resource.find('/') : std::string_view::npos;
    if (type_end != std::string_view::npos && parsed->service == "iam") {
        const std::string_view name = parsed->resource.substr(parsed->resource.rfind('/') + 1);
        for (const OwnerKind kind : {OwnerKind::user, OwnerKind::group, OwnerKind::role}) {
            if (!name.empty() && parsed->resource.substr(0, type_end) == type_of(kind)) {
                return PolicyOwner{kind, name};
            }
        }
    }
    return fail("InvalidInput", 400,
                "Invalid Entity Arn: " + std::string(arn) + " does not clearly define entity type and name.");
}

Result<Target> find_owner_target(const AccountView& account, std::string_view arn) {
    const auto owner = owner_of_arn(arn);
    if (!owner) return std::unexpected(owner.error());
    auto found = find_target(account, *owner);
    if (!found || found->arn == arn) return found;
    return absent(std::string(arn));
}

Result<Target> find_policy_target(const AccountView& account, std::string_view arn) {
    if (const auto* aws = find_aws_policy(account.environment.partition, arn)) {
        return present(std::string(arn), aws_policy_id(*aws));
    }
    auto found = find_policy_record(account, arn);
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return absent(std::string(arn));
    return tagged(account, std::move((*found)->arn), std::move((*found)->policy_id));
}

Result<Target> find_server_certificate_target(const AccountView& account, std::string_view name) {
    auto found = find_server_certificate(account, name);
    if (!found) return std::unexpected(std::move(found.error()));
    auto& record = *found;
    if (!record.has_value()) return absent(arn_in(account, "server-certificate", "/", name));
    return tagged(account, arn_of(account, *record), std::move(record->certificate_id));
}

Result<Target> find_oidc_provider_target(const AccountView& account, std::string_view arn) {
    const auto found = find_oidc_provider(account, arn);
    if (!found) return std::unexpected(found.error());
    if (!found->has_value()) return absent(std::string(arn));
    return tagged(account, std::string(arn), std::string(arn));
}

Result<Target> find_saml_provider_target(const AccountView& account, std::string_view arn) {
    const auto found = find_saml_provider(account, arn);
    if (!found) return std::unexpected(found.error());
    if (!found->has_value()) return absent(std::string(arn));
    return tagged(account, std::string(arn), std::string(arn));
}

Result<std::optional<Target>> find_key_owner(const AccountView& account, std::string_view access_key_id) {
    const auto key = find_access_key(account, access_key_id);
    if (!key) return std::unexpected(key.error());
    if (!*key) return std::nullopt;
    const std::string& owner_id = (*key)->owner_id;
    if (owner_id == account.account_id) {
        return tagged(account, root_arn(account.environment.partition, account.account_id), owner_id);
    }
    const auto user = account.records.find<store::User>(store::User::by_id, {account.account_id, owner_id});
    if (!user) return std::unexpected(to_error(user.error()));
    if (!*user) return std::nullopt;
    return principal(account, arn_of(account, **user), owner_id);
}

}  // namespace writ::directory
