#pragma once

#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "crypto/sealing.h"
#include "directory/quotas.h"
#include "store/store.h"

/// The entities of IAM and the rules they live by: names, quotas, delete preconditions, pages, tags. One
/// header for each family of operations:
///
///   accounts.h         an account comes into being; its root user's first key
///   users.h groups.h roles.h policies.h        create, get, update, delete, list; members; versions
///   attachments.h inline_policies.h            what makes a principal's permissions; boundaries
///   access_keys.h mfa_devices.h instance_profiles.h tags.h
///   principals.h       the read model: everything in force for a principal, and what a key belongs to
///   targets.h          ARN and tags of what a call addresses, for authorizing before looking (spec B7)
///
/// Every function works inside one transaction of the store that its caller opens, and commits if all went
/// well:
///
///   auto transaction = store.write();
///   AccountEdit account{**transaction, account_id, environment};
///   auto user = create_user(account, {.name = "ada"});
///   if (user) (*transaction)->commit();
///
/// A function that fails may have written part of its work: drop the transaction then. Errors carry the code,
/// the status and the literal text of AWS (spec 8.3). Nothing here authorizes anything.
namespace writ::directory {

/// What the rules need from outside. Safe to share between threads when its parts are.
struct Environment {
    const Clock& clock;
    RandomSource& random;
    /// Seals secrets of access keys, bound to the key's id.
    const crypto::SealingKeys& sealing;
    Quotas quotas;
    std::string partition = "aws";
    /// Refuses what AWS tolerates in one place and not in another (spec ?28).
    bool strict = false;
};

/// One account as a transaction sees it.
struct AccountView {
    store::Reader& records;
    std::string account_id;
    const Environment& environment;
};

/// The same, to be changed.
struct AccountEdit : AccountView {
    AccountEdit(store::Transaction& transaction, std::string account, const Environment& surroundings)
        : AccountView{transaction, std::move(account), surroundings}, writes(transaction) {}
    store::Transaction& writes;
};

/// ServiceFailure 500 for the caller; kind and detail of the failure are its `defect`. `may_retry` when the
/// transaction lost against another.
[[nodiscard]] Error to_error(const store::Failure& failure);

}  // namespace writ::directory
