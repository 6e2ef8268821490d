#include "server/internal/opened_data.h"

#include <fmt/format.h>
#include <utility>

#include "base/partition.h"
#include "crypto/key_ring_file.h"
#include "directory/accounts/accounts.h"
#include "server/key_rotation.h"
#include "store/postgresql/postgresql_store.h"
#include "store/sqlite/sqlite_store.h"

namespace writ::server::internal {

std::unexpected<Error> advise(const Error& error, std::string_view advice) {
    Error advised = error;
    advised.message.append(" ").append(advice);
    return std::unexpected(std::move(advised));
}

namespace {

std::filesystem::path file_of(const Configuration& configuration) {
    return configuration.data / "writ.db";
}

std::unexpected<Error> refuse_file(const std::filesystem::path& file, const store::Failure& failure) {
    const std::string_view advice =
        failure.kind == store::FailureKind::corrupt
            ? "Start the version of Writ that wrote it, restore it from a backup, or choose another data "
              "directory with --data DIRECTORY."
            : "Check that the disk has room and that the file belongs to the user that runs Writ.";
    return fail("InvalidInput", 400,
                fmt::format("The database {} cannot be used: {}. {}", file.string(), failure.detail, advice));
}

/// The address may hold a password, so it is not repeated.
std::unexpected<Error> refuse_server(const store::Failure& failure) {
    const std::string_view advice =
        failure.kind == store::FailureKind::corrupt
            ? "Start the version of Writ that wrote it, or give Writ a database or a schema of its own."
            : "Check the address that 'database' gives, that the server runs, and that the user may connect "
              "and create tables.";
    return fail("InvalidInput", 400,
                fmt::format("The PostgreSQL database cannot be used: {}. {}", failure.detail, advice));
}

}  // namespace

Result<crypto::SealingKeys> open_keys(const DataDirectory& directory, const store::Store& store,
                                      std::chrono::days rotate_after, const Clock& clock,
                                      RandomSource& random) {
    constexpr std::string_view advice =
        "Restore it from a backup, or copy it from another Writ on the same database: without it the secrets "
        "in the database do not open.";
    // A new ring beside old records would lock every key out without a word.
    std::error_code ignored;
    if (store.revision() > 0 && !std::filesystem::exists(directory.keys(), ignored)) {
        return advise(
            {"InvalidInput", 400, fmt::format("The key file {} is missing.", directory.keys().string())},
            advice);
    }
    crypto::KeyRingFile file(directory.keys());
    auto keys = crypto::SealingKeys::open(file, clock, random);
    if (!keys) return advise(keys.error(), advice);
    if (!is_rotation_due(*keys, rotate_after, clock.now())) return keys;
    return rotate_keys_older_than(rotate_after, directory.keys(), clock, random);
}

std::unexpected<Error> refuse_store(const Configuration& configuration, const store::Failure& failure) {
    if (configuration.postgresql_address.empty()) return refuse_file(file_of(configuration), failure);
    return refuse_server(failure);
}

namespace {

Result<std::unique_ptr<store::Store>> open(const Configuration& configuration, bool make) {
    auto opened = configuration.postgresql_address.empty()
                      ? store::open_sqlite({.file = file_of(configuration), .make = make})
                      : store::open_postgresql({.address = configuration.postgresql_address, .make = make});
    if (!opened) return refuse_store(configuration, opened.error());
    return std::move(*opened);
}

}  // namespace

Result<std::unique_ptr<store::Store>> open_store(const Configuration& configuration) {
    return open(configuration, true);
}

Result<std::unique_ptr<store::Store>> open_present_store(const Configuration& configuration) {
    std::error_code ignored;
    if (!configuration.postgresql_address.empty() ||
        std::filesystem::exists(file_of(configuration), ignored)) {
        return open(configuration, false);
    }
    return fail("InvalidInput", 400,
                fmt::format("There is no database {}: it is made when 'writ serve' first starts on that data "
                            "directory.",
                            file_of(configuration).string()));
}

Result<crypto::SealingKeys> open_present_keys(const Configuration& configuration, const Clock& clock,
                                              RandomSource& random) {
    const std::filesystem::path file = key_file_of(configuration.data);
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) {
        return fail("InvalidInput", 400, fmt::format("The key file {} is missing.", file.string()));
    }
    crypto::KeyRingFile ring(file);
    return crypto::SealingKeys::open(ring, clock, random);
}

std::string partition_of(const Configuration& configuration) {
    return std::string(partition_of_region(configuration.region).name);
}

directory::Environment environment_of(const Configuration& configuration, const Clock& clock,
                                      RandomSource& random, const crypto::SealingKeys& keys) {
    return {.clock = clock,
            .random = random,
            .sealing = keys,
            .quotas = configuration.quotas,
            .partition = partition_of(configuration)};
}

std::unique_ptr<directory::KeyPair> chosen_root_key(const Configuration& configuration) {
    if (configuration.root_access_key_id.empty()) return nullptr;
    return std::make_unique<directory::KeyPair>(configuration.root_access_key_id,
                                                configuration.root_secret_access_key.copy());
}

Result<void> prepare_account(store::Transaction& transaction, const Configuration& configuration,
                             const directory::Environment& environment,
                             const Server::ShowRootKey& show_root_key) {
    const auto chosen = chosen_root_key(configuration);
    const auto made =
        directory::ensure_account(transaction, environment, configuration.account_id, chosen.get());
    if (!made) return std::unexpected(made.error());
    // Shown before it is kept: a key that nobody saw would be lost for good.
    if (*made && !show_root_key(**made)) {
        return fail("InvalidInput", 400,
                    "The access key of the root user could not be printed, so that it was not made.");
    }
    return {};
}

}  // namespace writ::server::internal
