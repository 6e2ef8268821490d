#pragma once

#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "directory/quotas.h"
#include "store/store.h"

/// The entities of IAM and the rules they live by: names, quotas, delete preconditions, pages, tags. One
/// header for each family of operations:
///
///   accounts.h         an account comes into being; its root user's first key
///   users.h groups.h roles.h policies.h        create, get, update, delete, list; members; versions
///   attachments.h inline_policies.h            what makes a principal's permissions; boundaries
///   access_keys.h tags.h
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

/// Seals what must be recovered later, for example secrets of access keys. Safe for concurrent use.
class SecretSealer {
  public:
    virtual ~SecretSealer() = default;
    /// `bound_to` must be given again to open: a sealed secret moved to another row does not open.
    [[nodiscard]] virtual store::Bytes seal(const Secret& secret, std::string_view bound_to) const = 0;
    /// An error for anything that this key did not seal for `bound_to`.
    [[nodiscard]] virtual Result<Secret> open(std::span<const std::byte> sealed,
                                              std::string_view bound_to) const = 0;
};

/// What the rules need from outside. Safe to share between threads when its parts are.
struct Environment {
    const Clock& clock;
    RandomSource& random;
    const SecretSealer& sealer;
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

/// ServiceFailure 500 for the caller; the detail of the failure is for the log of whoever ran the
/// transaction.
[[nodiscard]] Error to_error(const store::Failure& failure);

}  // namespace writ::directory
