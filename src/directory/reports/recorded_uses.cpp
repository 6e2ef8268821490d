#include "directory/reports/recorded_uses.h"

#include <algorithm>
#include <utility>

#include "base/arn.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "directory/internal/failures.h"
#include "directory/internal/reports/recorded_uses.h"
#include "directory/internal/reports/service_uses.h"

namespace writ::directory {
namespace {

constexpr std::string_view lost_id = "lost";  // Of the row that counts what found no room.
constexpr std::size_t resource_bytes_max = 2'048;
constexpr std::size_t context_bytes_max = 4'096;  // A longer one is not told.

std::string id_of(const RecordedUse& use, std::string_view packed) {
    std::string text = use.action;
    for (const std::string_view part : {std::string_view(use.resource), packed})
        text.append("\n").append(part);
    if (use.is_merged) text += "\nmerged";
    return hex_encode(crypto::sha256(text));
}

store::Bytes bytes_of(std::string_view text) {
    const auto bytes = as_bytes(text);
    return {bytes.begin(), bytes.end()};
}

RecordedUse merged(const RecordedUse& use) {
    RecordedUse all = use;
    all.resource = merged_resource(use.resource);
    all.context.clear();
    all.is_merged = true;
    return all;
}

/// The uses of one principal on their way into the store.
class Recording {
  public:
    Recording(AccountEdit& account, std::string_view principal_id, const UseRoom& room)
        : account_(account), principal_id_(principal_id), room_(room) {}

    [[nodiscard]] Result<void> add(const RecordedUse& use) {
        if (use.resource.size() > resource_bytes_max) return lose(use.uses, use.last_at);
        const auto known = add_to_row(use);
        if (!known) return std::unexpected(known.error());
        if (*known) return {};
        auto rows = count_rows();
        if (!rows) return std::unexpected(std::move(rows.error()));
        if (*rows < room_.rows_max) return insert(use);
        const RecordedUse all = merged(use);
        const auto known_merged = add_to_row(all);
        if (!known_merged) return std::unexpected(known_merged.error());
        if (*known_merged) return {};
        if (*rows < room_.rows_max + room_.merged_rows_max) return insert(all);
        return lose(use.uses, use.last_at);
    }

    [[nodiscard]] Result<void> lose(std::int64_t uses, Instant at) {
        store::RecordedUse row = row_of({.action = {}, .uses = uses, .first_at = at, .last_at = at});
        row.use_id = lost_id;
        const auto known = add_to_row(row);
        if (!known) return std::unexpected(known.error());
        return *known ? Result<void>{} : result_of(account_.writes.insert(row));
    }

  private:
    [[nodiscard]] store::RecordedUse row_of(const RecordedUse& use) const {
        std::string packed = pack_context(use.context);
        if (packed.size() > context_bytes_max) packed.clear();
        return {.account_id = account_.account_id,
                .principal_id = principal_id_,
                .use_id = id_of(use, packed),
                .action = use.action,
                .resource = use.resource,
                .resource_account = use.resource_account,
                .context = bytes_of(packed),
                .uses = use.uses,
                .first_at = use.first_at,
                .last_at = use.last_at,
                .is_merged = use.is_merged};
    }
    [[nodiscard]] Result<bool> add_to_row(const RecordedUse& use) { return add_to_row(row_of(use)); }
    /// False: there is no such row.
    [[nodiscard]] Result<bool> add_to_row(const store::RecordedUse& row) {
        auto found = account_.records.find<store::RecordedUse>(
            store::RecordedUse::by_id, {row.account_id, row.principal_id, row.use_id});
        if (!found) return std::unexpected(to_error(found.error()));
        if (!*found) return false;
        store::RecordedUse& known = **found;
        known.uses += row.uses;
        known.first_at = std::min(known.first_at, row.first_at);
        known.last_at = std::max(known.last_at, row.last_at);
        if (auto updated = result_of(account_.writes.update(known)); !updated) {
            return std::unexpected(std::move(updated.error()));
        }
        return true;
    }
    [[nodiscard]] Result<void> insert(const RecordedUse& use) {
        ++rows_;
        return result_of(account_.writes.insert(row_of(use)));
    }
    [[nodiscard]] Result<std::size_t> count_rows() {
        if (is_counted_) return rows_;
        const auto rows = account_.records.count<store::RecordedUse>(
            store::RecordedUse::by_id, {.equal = {account_.account_id, principal_id_}});
        if (!rows) return std::unexpected(to_error(rows.error()));
        is_counted_ = true;
        return rows_ = *rows;
    }

    AccountEdit& account_;
    const std::string principal_id_;
    const UseRoom room_;
    std::size_t rows_ = 0;  ///< Once they are counted.
    bool is_counted_ = false;
};

Result<std::vector<store::RecordedUse>> all_rows(const AccountView& account, std::string_view principal_id) {
    return result_of(account.records.list<store::RecordedUse>(store::RecordedUse::by_id,
                                                              {.equal = {account.account_id, principal_id}}));
}

Error damaged() {
    return to_error(store::Failure{store::FailureKind::corrupt, {}, "a recorded use is damaged"});
}

}  // namespace

std::string merged_resource(std::string_view resource) {
    const auto arn = parse_arn(resource);
    const std::size_t end = arn ? arn->resource.find_last_of("/:") : std::string_view::npos;
    if (end == std::string_view::npos) return std::string(resource);
    return std::string(resource.substr(0, resource.size() - (arn->resource.size() - end - 1))) + "*";
}

Result<void> record_uses(AccountEdit& account, std::string_view principal_id,
                         const std::vector<RecordedUse>& uses, std::int64_t lost, const UseRoom& room) {
    const auto lives = principal_still_lives(account, principal_id);
    if (!lives) return std::unexpected(lives.error());
    if (!*lives) return {};
    Recording recording(account, principal_id, room);
    for (const RecordedUse& use : uses) {
        if (auto added = recording.add(use); !added) return added;
    }
    return lost == 0 ? Result<void>{} : recording.lose(lost, account.environment.clock.now());
}

Result<UseRecord> read_recorded_uses(const AccountView& account, std::string_view principal_id,
                                     Instant since) {
    auto rows = all_rows(account, principal_id);
    if (!rows) return std::unexpected(std::move(rows.error()));
    UseRecord record;
    for (store::RecordedUse& row : *rows) {
        if (row.last_at < since) {
            ++record.before;
            continue;
        }
        if (row.use_id == lost_id) {
            record.lost = row.uses;
            continue;
        }
        auto context = unpack_context(crypto::as_text(row.context));
        if (!context) return std::unexpected(damaged());
        record.uses.push_back({.action = std::move(row.action),
                               .resource = std::move(row.resource),
                               .resource_account = std::move(row.resource_account),
                               .context = std::move(*context),
                               .uses = row.uses,
                               .first_at = row.first_at,
                               .last_at = row.last_at,
                               .is_merged = row.is_merged});
    }
    return record;
}

Result<void> erase_recorded_uses(AccountEdit& account, std::string_view principal_id) {
    const auto rows = all_rows(account, principal_id);
    if (!rows) return std::unexpected(rows.error());
    for (const store::RecordedUse& row : *rows) {
        if (auto erased = result_of(account.writes.erase(row)); !erased) return erased;
    }
    return {};
}

}  // namespace writ::directory
