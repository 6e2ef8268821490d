#pragma once

#include <filesystem>
#include <memory>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "crypto/sealing.h"
#include "server/configuration.h"
#include "server/internal/data_directory.h"
#include "server/server.h"
#include "store/store.h"

/// What lies in a data directory. Every error is a sentence or two for whoever starts the program.
namespace writ::server::internal {

/// Makes the ring when the store is new; adds a key when it is time.
[[nodiscard]] Result<crypto::SealingKeys> open_keys(const DataDirectory& directory, const store::Store& store,
                                                    std::chrono::days rotate_after, const Clock& clock,
                                                    RandomSource& random);
/// The database that the configuration names, made when it is missing.
[[nodiscard]] Result<std::unique_ptr<store::Store>> open_store(const Configuration& configuration);
/// One that a server of this version has made; InvalidInput when there is none. Nothing is made or brought up
/// to date: also beside a running server.
[[nodiscard]] Result<std::unique_ptr<store::Store>> open_present_store(const Configuration& configuration);
/// The keys beside it, which reading must not make.
[[nodiscard]] Result<crypto::SealingKeys> open_present_keys(const Configuration& configuration,
                                                            const Clock& clock, RandomSource& random);
/// A failure of the store in the words of this header.
[[nodiscard]] std::unexpected<Error> refuse_store(const Configuration& configuration,
                                                  const store::Failure& failure);
/// The same error, its message followed by what to do.
[[nodiscard]] std::unexpected<Error> advise(const Error& error, std::string_view advice);

/// That of the configured region.
[[nodiscard]] std::string partition_of(const Configuration& configuration);
/// What the rules of the directory work with. All references must outlive it.
[[nodiscard]] directory::Environment environment_of(const Configuration& configuration, const Clock& clock,
                                                    RandomSource& random, const crypto::SealingKeys& keys);

/// The key that the configuration chooses for root; null: none.
[[nodiscard]] std::unique_ptr<directory::KeyPair> chosen_root_key(const Configuration& configuration);
/// The account of the configuration and its root user; see directory::ensure_account. Commit afterwards.
[[nodiscard]] Result<void> prepare_account(store::Transaction& transaction,
                                           const Configuration& configuration,
                                           const directory::Environment& environment,
                                           const Server::ShowRootKey& show_root_key);

}  // namespace writ::server::internal
