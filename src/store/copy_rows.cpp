#include "store/copy_rows.h"

#include <utility>
#include <vector>

#include "store/records.h"

namespace writ::store {
namespace {

/// The values of one row, as an insert takes them.
class Values {
  public:
    explicit Values(const Table& table) : table_(table) {
        binds_.reserve(table.columns.size());
        bytes_.reserve(table.columns.size());  // None may move: binds look at them.
    }

    std::span<const Bind> of(const Row& row) {
        binds_.clear();
        bytes_.clear();
        for (std::size_t i = 0; i < table_.columns.size(); ++i) binds_.push_back(value(row, i));
        return binds_;
    }

  private:
    Bind value(const Row& row, std::size_t position) {
        if (row.is_null(position)) return std::nullopt;
        const ColumnType type = table_.columns[position].type;
        if (type == ColumnType::text) return row.text(position);
        if (type == ColumnType::integer) return row.integer(position);
        const auto bytes = row.bytes(position);
        return bytes_.emplace_back(bytes.begin(), bytes.end());
    }

    const Table& table_;
    std::vector<Bind> binds_;
    std::vector<Bytes> bytes_;
};

Outcome<std::size_t> copy_table(const Table& table, Reader& from, Transaction& to) {
    std::size_t rows = 0;
    Outcome<void> inserted;
    Values values(table);
    const auto copy = [&](const Row& row) {
        if (!inserted) return;
        inserted = to.insert_row(table, values.of(row));
        ++rows;
    };
    if (auto scanned = from.scan(table, table.primary_key(), {}, copy); !scanned) {
        return std::unexpected(std::move(scanned.error()));
    }
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    return rows;
}

}  // namespace

Outcome<std::size_t> copy_rows(Reader& from, Transaction& to) {
    std::size_t rows = 0;
    for (const Table* table : all_tables) {  // What others point at comes first.
        const auto copied = copy_table(*table, from, to);
        if (!copied) return copied;
        rows += *copied;
    }
    const auto accounts = from.list<Account>(Account::by_id, {});
    if (!accounts) return std::unexpected(accounts.error());
    for (const Account& account : *accounts) to.note(account.entity());
    return rows;
}

}  // namespace writ::store
