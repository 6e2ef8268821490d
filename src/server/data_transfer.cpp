#include "server/data_transfer.h"

#include <fmt/format.h>
#include <functional>
#include <memory>
#include <system_error>
#include <utility>

#include "crypto/key_ring_file.h"
#include "crypto/sealing.h"
#include "server/internal/opened_data.h"
#include "server/key_rotation.h"
#include "store/copy_rows.h"
#include "store/records.h"

namespace writ::server {
namespace {

using BeforeCommit = std::function<Result<void>()>;

/// The same settings with the records of another database.
Configuration with_database(const Configuration& configuration, const std::filesystem::path& data,
                            const std::string& postgresql_address) {
    Configuration other;
    other.data = data;
    other.postgresql_address = postgresql_address;
    other.account_id = configuration.account_id;
    return other;
}

Result<void> check_empty(store::Reader& target) {
    const auto accounts = target.count<store::Account>(store::Account::by_id, {.rows_max = 1});
    if (!accounts) return fail("InvalidInput", 400, "The target cannot be read: " + accounts.error().detail);
    if (*accounts == 0) return {};
    return fail(
        "InvalidInput", 400,
        "There are records already where these are to go, and none is overwritten. Choose another data "
        "directory or database, or move that one away.");
}

Result<std::size_t> copy(store::Store& from, const Configuration& to, const BeforeCommit& before_commit) {
    auto reader = from.read();
    if (!reader) return fail("InvalidInput", 400, "The records cannot be read: " + reader.error().detail);
    const auto target = internal::open_store(to);
    if (!target) return std::unexpected(target.error());
    auto transaction = (*target)->write();
    if (!transaction) return internal::refuse_store(to, transaction.error());
    if (auto empty = check_empty(**transaction); !empty) return std::unexpected(std::move(empty.error()));
    const auto rows = store::copy_rows(**reader, **transaction);
    if (!rows) return fail("InvalidInput", 400, "The records cannot be copied: " + rows.error().detail);
    if (auto ready = before_commit(); !ready) return std::unexpected(std::move(ready.error()));
    if (auto done = (*transaction)->commit(); !done) return internal::refuse_store(to, done.error());
    return *rows;
}

/// The copy of a key file goes away again unless it is kept.
class CopiedKeys {
  public:
    explicit CopiedKeys(std::filesystem::path file) : file_(std::move(file)) {}
    CopiedKeys(const CopiedKeys&) = delete;
    CopiedKeys& operator=(const CopiedKeys&) = delete;
    ~CopiedKeys() {
        std::error_code ignored;
        if (made_ && !kept_) std::filesystem::remove(file_, ignored);
    }

    Result<void> copy_from(const std::filesystem::path& source) {
        auto keys = crypto::KeyRingFile(source).load();
        if (!keys) return std::unexpected(std::move(keys.error()));
        if (keys->empty()) {
            return fail("InvalidInput", 400, fmt::format("The key file {} is missing.", source.string()));
        }
        made_ = true;
        return crypto::KeyRingFile(file_).save(*keys);
    }
    void keep() noexcept { kept_ = true; }

  private:
    std::filesystem::path file_;
    bool made_ = false;
    bool kept_ = false;
};

/// The records of `from` and the keys in `key_file` to `target`, a directory that is locked by us.
Result<std::size_t> copy_with_keys(store::Store& from, const std::filesystem::path& key_file,
                                   const Configuration& target) {
    CopiedKeys keys(key_file_of(target.data));
    // Behind the records: a key that came in the meantime comes along, and none ever goes.
    const auto rows = copy(from, target, [&] { return keys.copy_from(key_file); });
    if (rows) keys.keep();
    return rows;
}

Result<void> refuse_unless_new(const std::filesystem::path& folder) {
    std::error_code trouble;
    const bool is_new =
        !std::filesystem::exists(folder, trouble) || std::filesystem::is_empty(folder, trouble);
    if (is_new && !trouble) return {};
    return fail(
        "InvalidInput", 400,
        fmt::format("{} is not empty. A backup is written to a new directory only.", folder.string()));
}

}  // namespace

Result<std::size_t> back_up(const Configuration& configuration, const std::filesystem::path& folder) {
    if (auto is_new = refuse_unless_new(folder); !is_new) return std::unexpected(std::move(is_new.error()));
    // Before the directory is made: what cannot be read leaves none behind.
    const auto from = internal::open_present_store(configuration);
    if (!from) return std::unexpected(from.error());
    const auto directory = internal::DataDirectory::open(folder);
    if (!directory) return std::unexpected(directory.error());
    return copy_with_keys(**from, key_file_of(configuration.data), with_database(configuration, folder, {}));
}

Result<std::size_t> restore(const std::filesystem::path& folder, const Configuration& configuration) {
    const auto from = internal::open_present_store(with_database(configuration, folder, {}));
    if (!from) return std::unexpected(from.error());
    const auto directory = internal::DataDirectory::open(configuration.data);
    if (!directory) return std::unexpected(directory.error());
    std::error_code ignored;
    if (std::filesystem::exists(directory->keys(), ignored)) {
        return fail(
            "InvalidInput", 400,
            fmt::format("There is a key file {} already, and it is not overwritten. Choose another data "
                        "directory, or move that one away.",
                        directory->keys().string()));
    }
    return copy_with_keys(**from, key_file_of(folder), configuration);
}

Result<std::size_t> migrate(const Configuration& configuration, const std::string& postgresql_address) {
    if (configuration.postgresql_address == postgresql_address) {
        return fail("InvalidInput", 400, "The records are in that database already.");
    }
    const auto directory = internal::DataDirectory::open(configuration.data);
    if (!directory) return std::unexpected(directory.error());
    const auto from = internal::open_present_store(configuration);
    if (!from) return std::unexpected(from.error());
    return copy(**from, with_database(configuration, configuration.data, postgresql_address),
                [] { return Result<void>(); });
}

}  // namespace writ::server
