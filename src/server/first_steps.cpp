#include "server/first_steps.h"

#include <utility>
#include <vector>

#include "directory/credentials/access_keys.h"
#include "directory/policies/attachments.h"
#include "directory/principals/users.h"
#include "server/internal/opened_data.h"
#include "store/records.h"

namespace writ::server {
namespace {

constexpr directory::KeyOwner root{};

class FirstStepsOnStore final : public FirstSteps {
  public:
    FirstStepsOnStore(const Configuration& configuration, const Clock& clock, RandomSource& random,
                      internal::DataDirectory directory, std::unique_ptr<store::Store> store,
                      crypto::SealingKeys keys)
        : configuration_(configuration),
          directory_(std::move(directory)),
          store_(std::move(store)),
          keys_(std::move(keys)),
          environment_(internal::environment_of(configuration, clock, random, keys_)) {}

    Result<Standing> standing() override;
    Result<void> carry_out(const Plan& plan, const ShowKeys& show) override;
    Result<directory::CreatedMfaDevice> make_root_device() override;
    Result<void> enable_root_device(const std::string& serial_number,
                                    const directory::CodePair& codes) override;
    Result<void> delete_device(const std::string& serial_number) override;

  private:
    /// Runs `change` in a transaction that is kept when it succeeds; `always`: also when it refuses.
    template <class Change>
    auto edit(const Change& change, bool always = false)
        -> decltype(change(std::declval<directory::AccountEdit&>()));
    Result<directory::KeyPair> make_administrator(directory::AccountEdit& account, const std::string& name);
    Result<void> delete_root_keys(directory::AccountEdit& account);

    const Configuration& configuration_;
    const internal::DataDirectory directory_;
    const std::unique_ptr<store::Store> store_;
    const crypto::SealingKeys keys_;
    const directory::Environment environment_;
};

template <class Change>
auto FirstStepsOnStore::edit(const Change& change, bool always)
    -> decltype(change(std::declval<directory::AccountEdit&>())) {
    auto transaction = store_->write();
    if (!transaction) return internal::refuse_store(configuration_, transaction.error());
    directory::AccountEdit account(**transaction, configuration_.account_id, environment_);
    auto result = change(account);
    if (!result && !always) return result;
    if (auto done = (*transaction)->commit(); !done) {
        return internal::refuse_store(configuration_, done.error());
    }
    return result;
}

Result<FirstSteps::Standing> FirstStepsOnStore::standing() {
    auto reader = store_->read();
    if (!reader) return internal::refuse_store(configuration_, reader.error());
    const directory::AccountView account{**reader, configuration_.account_id, environment_};
    const auto found = account.records.find<store::Account>(store::Account::by_id, {account.account_id});
    if (!found) return internal::refuse_store(configuration_, found.error());
    if (!*found) return Standing{};
    const auto keys = directory::list_access_keys(account, root, {});
    if (!keys) return std::unexpected(keys.error());
    const auto has_device = directory::has_mfa_device(account, root);
    if (!has_device) return std::unexpected(has_device.error());
    return Standing{true, !keys->items.empty(), *has_device};
}

Result<directory::KeyPair> FirstStepsOnStore::make_administrator(directory::AccountEdit& account,
                                                                 const std::string& name) {
    if (const auto user = directory::create_user(account, {.name = name}); !user) {
        return std::unexpected(user.error());
    }
    const std::string policy = "arn:" + environment_.partition + ":iam::aws:policy/AdministratorAccess";
    if (auto attached = directory::attach_policy(account, {directory::OwnerKind::user, name}, policy);
        !attached) {
        return std::unexpected(std::move(attached.error()));
    }
    auto key = directory::create_access_key(account, {.user_name = name});
    if (!key) return std::unexpected(std::move(key.error()));
    return directory::KeyPair{std::move(key->key.access_key_id), std::move(key->secret)};
}

Result<void> FirstStepsOnStore::delete_root_keys(directory::AccountEdit& account) {
    const auto keys = directory::list_access_keys(account, root, {});
    if (!keys) return std::unexpected(keys.error());
    for (const directory::AccessKey& key : keys->items) {
        if (auto deleted = directory::delete_access_key(account, root, key.access_key_id); !deleted) {
            return deleted;
        }
    }
    return {};
}

Result<void> FirstStepsOnStore::carry_out(const Plan& plan, const ShowKeys& show) {
    return edit([&](directory::AccountEdit& account) -> Result<void> {
        MadeKeys made;
        const auto remember = [&](const directory::KeyPair& key) {
            if (!plan.delete_root_keys) made.root.emplace(key.access_key_id, key.secret.copy());
            return true;
        };
        auto prepared = internal::prepare_account(account.writes, configuration_, environment_, remember);
        if (!prepared) return prepared;
        if (plan.administrator) {
            auto key = make_administrator(account, *plan.administrator);
            if (!key) return std::unexpected(std::move(key.error()));
            made.administrator.emplace(std::move(*key));
        }
        if (plan.delete_root_keys) {
            if (auto deleted = delete_root_keys(account); !deleted) return deleted;
        }
        if ((made.administrator || made.root) && !show(made)) {
            return fail("InvalidInput", 400,
                        "The access keys could not be printed, so that they were not made.");
        }
        return {};
    });
}

Result<directory::CreatedMfaDevice> FirstStepsOnStore::make_root_device() {
    return edit([](directory::AccountEdit& account) {
        return directory::create_mfa_device(account, {.name = "root-account-mfa-device"});
    });
}

Result<void> FirstStepsOnStore::enable_root_device(const std::string& serial_number,
                                                   const directory::CodePair& codes) {
    // Tries are counted also when they are refused.
    return edit(
        [&](directory::AccountEdit& account) {
            return directory::enable_mfa_device(account, root, serial_number, codes);
        },
        true);
}

Result<void> FirstStepsOnStore::delete_device(const std::string& serial_number) {
    return edit([&](directory::AccountEdit& account) {
        return directory::delete_mfa_device(account, serial_number);
    });
}

}  // namespace

Result<std::unique_ptr<FirstSteps>> FirstSteps::open(const Configuration& configuration, const Clock& clock,
                                                     RandomSource& random) {
    auto directory = internal::DataDirectory::open(configuration.data);
    if (!directory) return std::unexpected(std::move(directory.error()));
    auto store = internal::open_store(configuration);
    if (!store) return std::unexpected(std::move(store.error()));
    auto keys = internal::open_keys(*directory, **store, configuration.rotate_keys_after, clock, random);
    if (!keys) return std::unexpected(std::move(keys.error()));
    return std::make_unique<FirstStepsOnStore>(configuration, clock, random, std::move(*directory),
                                               std::move(*store), std::move(*keys));
}

}  // namespace writ::server
