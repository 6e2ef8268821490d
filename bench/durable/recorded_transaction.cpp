#include "bench/durable/recorded_transaction.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

#include "store/internal/sql.h"

namespace writ::bench {
namespace {

namespace sql = store::sql;

struct AsText {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(std::string_view text) const { return std::string(text); }
    std::string operator()(std::span<const std::byte> bytes) const {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
};

std::vector<std::string> texts_of(std::span<const store::Bind> binds) {
    std::vector<std::string> texts;
    texts.reserve(binds.size());
    for (const store::Bind& bind : binds) texts.push_back(std::visit(AsText{}, bind.value()));
    return texts;
}

std::vector<std::string> texts_of(const store::Range& range) {
    std::vector<std::string> texts = texts_of(range.equal);
    std::ranges::move(texts_of(range.after), std::back_inserter(texts));
    constexpr auto no_limit = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    texts.push_back(std::to_string(std::min(range.rows_max, no_limit)));
    return texts;
}

}  // namespace

store::Outcome<void> RecordedTransaction::scan(const store::Table& table, const store::Index& index,
                                               const store::Range& range, const store::Reader::Sink& sink) {
    statements_.push_back({sql::select(table, index, sql::shape_of(range)), texts_of(range)});
    return inner_->scan(table, index, range, sink);
}

store::Outcome<std::size_t> RecordedTransaction::count_rows(const store::Table& table,
                                                            const store::Index& index,
                                                            const store::Range& range) {
    statements_.push_back({sql::count(table, index, sql::shape_of(range)), texts_of(range)});
    return inner_->count_rows(table, index, range);
}

store::Outcome<void> RecordedTransaction::insert_row(const store::Table& table,
                                                     std::span<const store::Bind> row) {
    statements_.push_back({sql::insert(table), texts_of(row), true});
    return inner_->insert_row(table, row);
}

store::Outcome<void> RecordedTransaction::update_row(const store::Table& table,
                                                     std::span<const store::Bind> row) {
    statements_.push_back({sql::update(table), texts_of(row), true});
    return inner_->update_row(table, row);
}

store::Outcome<void> RecordedTransaction::erase_row(const store::Table& table,
                                                    std::span<const store::Bind> row) {
    std::vector<store::Bind> key;
    for (std::size_t i = 0; i < table.primary_key().column_count(); ++i) {
        key.push_back(row[sql::key_column(table, i)]);
    }
    statements_.push_back({sql::erase(table), texts_of(key), true});
    return inner_->erase_row(table, row);
}

store::Outcome<store::Revision> RecordedTransaction::commit() {
    return std::unexpected(store::Failure{store::FailureKind::unavailable, {}, "it is only looked at"});
}

}  // namespace writ::bench
