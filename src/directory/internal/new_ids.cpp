#include "directory/internal/new_ids.h"

#include "base/request_ids.h"
#include "directory/internal/failures.h"
#include "store/records.h"

namespace writ::directory {
namespace {

template <class Record>
Result<bool> is_in(const AccountView& account, const store::Index& index, std::vector<store::Bind> key) {
    const auto found = account.records.find<Record>(index, std::move(key));
    if (!found) return std::unexpected(to_error(found.error()));
    return found->has_value();
}

Result<bool> is_taken(const AccountView& account, crypto::IdKind kind, const std::string& id) {
    const std::vector<store::Bind> key{account.account_id, id};
    switch (kind) {
        case crypto::IdKind::user:
            return is_in<store::User>(account, store::User::by_id, key);
        case crypto::IdKind::group:
            return is_in<store::Group>(account, store::Group::by_id, key);
        case crypto::IdKind::role:
            return is_in<store::Role>(account, store::Role::by_id, key);
        case crypto::IdKind::managed_policy:
            return is_in<store::Policy>(account, store::Policy::by_id, key);
        case crypto::IdKind::access_key:
            return is_in<store::AccessKey>(account, store::AccessKey::by_id, {id});
        case crypto::IdKind::certificate:
            return is_in<store::ServerCertificate>(account, store::ServerCertificate::by_id, key);
        case crypto::IdKind::service_credential:
            return is_in<store::ServiceCredential>(account, store::ServiceCredential::by_id, key);
        case crypto::IdKind::instance_profile:
            return is_in<store::InstanceProfile>(account, store::InstanceProfile::by_id, key);
        default:
            return false;  // Kinds that have no rows yet.
    }
}

}  // namespace

Result<std::string> new_id(const AccountView& account, crypto::IdKind kind) {
    // 35 to 40 random bits: a second attempt is rare, a tenth means that the source of randomness is broken.
    for (int attempt = 0; attempt < 10; ++attempt) {
        std::string id = crypto::make_id(kind, account.account_id, account.environment.random);
        const auto taken = is_taken(account, kind, id);
        if (!taken) return std::unexpected(taken.error());
        if (!*taken) return id;
    }
    return std::unexpected(to_error({store::FailureKind::unavailable, {}, "no unique id found"}));
}

std::string new_uuid(const AccountView& account) {
    return make_uuid(account.environment.random);
}

}  // namespace writ::directory
