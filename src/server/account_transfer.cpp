#include "server/account_transfer.h"

#include <limits>
#include <optional>
#include <utility>

#include "directory/accounts/account_import.h"
#include "server/internal/opened_data.h"

namespace writ::server {
namespace {

constexpr directory::PageRequest all_of_it{.items_max = std::numeric_limits<std::size_t>::max() - 1};

}  // namespace

Result<directory::AccountDetails> read_account(const Configuration& configuration, const Clock& clock,
                                               RandomSource& random) {
    auto store = internal::open_present_store(configuration);
    if (!store) return std::unexpected(std::move(store.error()));
    const auto keys = internal::open_present_keys(configuration, clock, random);
    if (!keys) return std::unexpected(keys.error());
    auto reader = (*store)->read();
    if (!reader) return internal::refuse_store(configuration, reader.error());
    const directory::Environment environment = internal::environment_of(configuration, clock, random, *keys);
    const directory::AccountView account{**reader, configuration.account_id, environment};
    auto details = directory::get_account_details(account, {}, all_of_it);
    if (!details) return details;
    if (auto added = directory::add_resource_details(account, *details); !added) {
        return std::unexpected(std::move(added.error()));
    }
    return details;
}

Result<void> import_account(const Configuration& configuration, const directory::AccountDetails& details,
                            const Server::ShowRootKey& show_root_key, const Clock& clock,
                            RandomSource& random) {
    const auto directory = internal::DataDirectory::open(configuration.data);
    if (!directory) return std::unexpected(directory.error());
    const auto store = internal::open_store(configuration);
    if (!store) return std::unexpected(store.error());
    const auto keys =
        internal::open_keys(*directory, **store, configuration.rotate_keys_after, clock, random);
    if (!keys) return std::unexpected(keys.error());
    auto transaction = (*store)->write();
    if (!transaction) return internal::refuse_store(configuration, transaction.error());

    const directory::Environment environment = internal::environment_of(configuration, clock, random, *keys);
    directory::AccountEdit account(**transaction, configuration.account_id, environment);
    std::optional<directory::KeyPair> root_key;  // Shown when nothing can go wrong any more but the commit.
    const auto remember = [&](const directory::KeyPair& key) {
        root_key.emplace(key.access_key_id, key.secret.copy());
        return true;
    };
    auto done = internal::prepare_account(**transaction, configuration, environment, remember);
    if (done) done = directory::import_account(account, details);
    if (!done) return done;
    if (root_key && !show_root_key(*root_key)) {
        return fail("InvalidInput", 400, "The access key of the root user could not be printed.");
    }
    if (auto committed = (*transaction)->commit(); !committed) {
        return internal::refuse_store(configuration, committed.error());
    }
    return {};
}

}  // namespace writ::server
