#include "directory/internal/conflicts.h"

#include <utility>
#include <vector>

#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "store/records.h"

namespace writ::directory {
namespace {

template <class Record>
Result<void> refuse(const AccountView& account, const store::Index& index, std::vector<store::Bind> equal,
                    std::string_view remedy) {
    const store::Range one{.equal = std::move(equal), .rows_max = 1};
    const auto rows = account.records.count<Record>(index, one);
    if (!rows) return std::unexpected(to_error(rows.error()));
    if (*rows > 0) return std::unexpected(delete_conflict(remedy));
    return {};
}

}  // namespace

Result<void> refuse_login_profile(const AccountView& account, std::string_view user_id) {
    return refuse<store::LoginProfile>(account, store::LoginProfile::by_user, {account.account_id, user_id},
                                       "delete login profile first.");
}

Result<void> refuse_access_keys(const AccountView& account, std::string_view user_id) {
    return refuse<store::AccessKey>(account, store::AccessKey::by_owner, {account.account_id, user_id},
                                    "delete access keys first.");
}

Result<void> refuse_signing_certificates(const AccountView& account, std::string_view user_id) {
    return refuse<store::SigningCertificate>(account, store::SigningCertificate::by_owner,
                                             {account.account_id, user_id}, "delete certificates first.");
}

Result<void> refuse_ssh_public_keys(const AccountView& account, std::string_view user_id) {
    return refuse<store::SshPublicKey>(account, store::SshPublicKey::by_user, {account.account_id, user_id},
                                       "remove referenced objects first.");
}

Result<void> refuse_service_credentials(const AccountView& account, std::string_view user_id) {
    return refuse<store::ServiceCredential>(account, store::ServiceCredential::by_user,
                                            {account.account_id, user_id},
                                            "remove referenced objects first.");
}

Result<void> refuse_mfa_devices(const AccountView& account, std::string_view user_id) {
    return refuse<store::MfaDevice>(account, store::MfaDevice::by_owner, {account.account_id, user_id},
                                    "remove tokens from principal first.");
}

Result<void> refuse_inline_policies(const AccountView& account, std::string_view principal_id) {
    return refuse<store::InlinePolicy>(account, store::InlinePolicy::by_name,
                                       {account.account_id, principal_id}, "delete policies first.");
}

Result<void> refuse_attached_policies(const AccountView& account, std::string_view principal_id) {
    return refuse<store::Attachment>(account, store::Attachment::by_principal,
                                     {account.account_id, principal_id, store::PolicyUsage::permissions},
                                     "detach all policies first.");
}

Result<void> refuse_groups(const AccountView& account, std::string_view user_id) {
    return refuse<store::Membership>(account, store::Membership::by_user, {account.account_id, user_id},
                                     "remove users from group first.");
}

Result<void> refuse_instance_profiles(const AccountView& account, std::string_view role_id) {
    return refuse<store::InstanceProfile>(account, store::InstanceProfile::by_role,
                                          {account.account_id, role_id},
                                          "remove roles from instance profile first.");
}

Result<void> refuse_members(const AccountView& account, std::string_view group_id) {
    return refuse<store::Membership>(account, store::Membership::by_group, {account.account_id, group_id},
                                     "remove users from group first.");
}

}  // namespace writ::directory
