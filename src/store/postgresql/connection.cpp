#include "store/postgresql/connection.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <libpq-fe.h>
#include <poll.h>
#include <vector>

#include "store/records.h"

namespace writ::store::postgresql {
namespace {

/// What every connection wants. Whoever waits for a lock for longer begins anew; a node that hangs inside of
/// a transaction does not stop the others for good.
constexpr const char* settings =
    "set lock_timeout = '30s'; set idle_in_transaction_session_timeout = '60s';"
    " set client_min_messages = warning; set synchronous_commit = on";

constexpr int binary = 1;

std::int64_t big_endian(std::int64_t number) noexcept {
    static_assert(std::endian::native == std::endian::little);
    return static_cast<std::int64_t>(__builtin_bswap64(static_cast<std::uint64_t>(number)));
}

/// Values as libpq takes them.
class Parameters {
  public:
    explicit Parameters(std::span<const Bind> values) {
        numbers_.reserve(values.size());  // No number may move once it is pointed to.
        for (const Bind& value : values) std::visit(*this, value.value());
        formats_.assign(values.size(), binary);
    }
    void operator()(std::monostate) { add(nullptr, 0); }
    void operator()(std::int64_t number) {
        numbers_.push_back(big_endian(number));
        add(reinterpret_cast<const char*>(&numbers_.back()), sizeof number);
    }
    // A null pointer would be NULL instead of the empty text.
    void operator()(std::string_view text) { add(text.empty() ? "" : text.data(), text.size()); }
    void operator()(std::span<const std::byte> bytes) {
        add(bytes.empty() ? "" : reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }

    [[nodiscard]] int count() const noexcept { return static_cast<int>(values_.size()); }
    [[nodiscard]] const char* const* values() const noexcept { return values_.data(); }
    [[nodiscard]] const int* lengths() const noexcept { return lengths_.data(); }
    [[nodiscard]] const int* formats() const noexcept { return formats_.data(); }

  private:
    void add(const char* value, std::size_t bytes) {
        values_.push_back(value);
        lengths_.push_back(static_cast<int>(bytes));
    }
    std::vector<const char*> values_;
    std::vector<int> lengths_, formats_;
    std::vector<std::int64_t> numbers_;
};

std::string_view field_of(const PGresult* result, int field) noexcept {
    const char* text = PQresultErrorField(result, field);
    return text == nullptr ? std::string_view{} : text;
}

std::string_view without_line_end(std::string_view text) noexcept {
    while (text.ends_with('\n')) text.remove_suffix(1);
    return text;
}

/// The index that a violated constraint is: PostgreSQL names the one of a primary key after the table.
std::string index_named_by(std::string_view table_name, std::string_view constraint) {
    const auto table =
        std::ranges::find(all_tables, table_name, [](const Table* each) { return each->name; });
    if (table != all_tables.end() && constraint == std::string(table_name) + "_pkey") {
        return std::string((*table)->primary_key().name);
    }
    return std::string(constraint);
}

/// The primary message names no values; the detail, which does, is left out.
Failure failure_of(const PGresult* result) {
    Failure failure{kind_of(field_of(result, PG_DIAG_SQLSTATE)), {}, {}};
    failure.detail = without_line_end(field_of(result, PG_DIAG_MESSAGE_PRIMARY));
    if (failure.kind == FailureKind::duplicate) {
        failure.constraint =
            index_named_by(field_of(result, PG_DIAG_TABLE_NAME), field_of(result, PG_DIAG_CONSTRAINT_NAME));
    }
    return failure;
}

bool succeeded(const PGresult* result) noexcept {
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

}  // namespace

FailureKind kind_of(std::string_view sqlstate) noexcept {
    struct Known {
        std::string_view prefix;
        FailureKind kind;
    };
    constexpr auto known = std::to_array<Known>({
        {"23505", FailureKind::duplicate},
        {"23503", FailureKind::foreign_key},
        {"40", FailureKind::retry},        // Serialization failure, deadlock.
        {"55P03", FailureKind::retry},     // The lock did not come in time.
        {"25P03", FailureKind::retry},     // Too long idle inside of the transaction.
        {"57P0", FailureKind::retry},      // The server shuts down: begun anew, it may be another one.
        {"08", FailureKind::unavailable},  // No connection.
        {"28", FailureKind::unavailable},  // Not authorized.
        {"3D", FailureKind::unavailable},  // No such database.
        {"53", FailureKind::unavailable},  // Disk full, too many connections.
        {"58", FailureKind::unavailable},  // The system around it.
        {"22", FailureKind::corrupt},      // Data that do not fit their columns.
        {"23", FailureKind::corrupt},      // Any other constraint.
        {"3F", FailureKind::corrupt},      // No such schema.
        {"42", FailureKind::corrupt},      // A table or column that the database lacks.
        {"XX", FailureKind::corrupt},
    });
    if (sqlstate.empty()) return FailureKind::retry;
    for (const Known& row : known) {
        if (sqlstate.starts_with(row.prefix)) return row.kind;
    }
    return FailureKind::unavailable;
}

void Rows::Clear::operator()(pg_result* handle) const noexcept {
    PQclear(handle);
}
void Connection::Finish::operator()(pg_conn* handle) const noexcept {
    PQfinish(handle);
}

std::size_t Rows::size() const noexcept {
    return static_cast<std::size_t>(PQntuples(handle_.get()));
}

std::int64_t Rows::touched() const noexcept {
    std::int64_t count = 0;
    for (const char* digit = PQcmdTuples(handle_.get()); *digit != '\0'; ++digit) {
        count = count * 10 + (*digit - '0');
    }
    return count;
}

bool ResultRow::is_null(std::size_t column) const {
    return PQgetisnull(handle_, position_, static_cast<int>(column)) != 0;
}

std::int64_t ResultRow::integer(std::size_t column) const {
    const std::string_view bytes = text(column);
    std::int64_t number = 0;
    if (bytes.size() != sizeof number) return 0;
    std::memcpy(&number, bytes.data(), sizeof number);
    return big_endian(number);
}

std::string_view ResultRow::text(std::size_t column) const {
    const int position = static_cast<int>(column);
    return {PQgetvalue(handle_, position_, position),
            static_cast<std::size_t>(PQgetlength(handle_, position_, position))};
}

std::span<const std::byte> ResultRow::bytes(std::size_t column) const {
    const std::string_view bytes = text(column);
    return {reinterpret_cast<const std::byte*>(bytes.data()), bytes.size()};
}

struct FreeOptions {
    void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};

// libpq repeats what it cannot read of an address, which may be a password: one with '/' ends up as the port.
bool is_readable(const std::string& address) {
    const std::unique_ptr<PQconninfoOption, FreeOptions> options(PQconninfoParse(address.c_str(), nullptr));
    if (options == nullptr) return false;
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val == nullptr || std::string_view(option->keyword) != "port") continue;
        if (std::string_view(option->val).find_first_not_of("0123456789,") != std::string_view::npos) {
            return false;
        }
    }
    return true;
}

Outcome<Connection> Connection::open(const std::string& address) {
    if (!is_readable(address)) {
        return std::unexpected(Failure{FailureKind::unavailable, {}, "the address cannot be read"});
    }
    Connection connection(PQconnectdb(address.c_str()));
    if (connection.handle_ == nullptr) {
        return std::unexpected(Failure{FailureKind::unavailable, {}, "out of memory"});
    }
    // Failures are values; libpq would print what the server says beside them.
    PQsetNoticeProcessor(connection.handle_.get(), [](void*, const char*) {}, nullptr);
    if (auto settled = connection.settle(); !settled) return std::unexpected(std::move(settled.error()));
    return connection;
}

Outcome<void> Connection::reopen() {
    PQreset(handle_.get());
    return settle();
}

Outcome<void> Connection::settle() {
    if (!is_alive()) {
        Failure refused = failure();
        refused.kind = FailureKind::unavailable;
        return std::unexpected(std::move(refused));
    }
    if (auto set = run(settings); !set) return std::unexpected(std::move(set.error()));
    return {};
}

bool Connection::is_alive() const noexcept {
    return PQstatus(handle_.get()) == CONNECTION_OK;
}

bool Connection::in_transaction() const noexcept {
    const PGTransactionStatusType status = PQtransactionStatus(handle_.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool Connection::transaction_failed() const noexcept {
    return PQtransactionStatus(handle_.get()) == PQTRANS_INERROR;
}

Failure Connection::failure() const {
    return {is_alive() ? FailureKind::unavailable : FailureKind::retry,
            {},
            std::string(without_line_end(PQerrorMessage(handle_.get())))};
}

Outcome<Rows> Connection::checked(Rows rows) const {
    if (rows.handle() == nullptr) return std::unexpected(failure());
    if (!succeeded(rows.handle())) return std::unexpected(failure_of(rows.handle()));
    return rows;
}

Outcome<Rows> Connection::run(const char* text) {
    return checked(Rows(PQexec(handle_.get(), text)));
}

Outcome<std::int64_t> Connection::query_integer(const char* text) {
    auto rows =
        checked(Rows(PQexecParams(handle_.get(), text, 0, nullptr, nullptr, nullptr, nullptr, binary)));
    if (!rows) return std::unexpected(std::move(rows.error()));
    return rows->size() == 0 ? 0 : ResultRow(*rows, 0).integer(0);
}

Outcome<void> Connection::prepare(const char* name, const std::string& text) {
    auto prepared = checked(Rows(PQprepare(handle_.get(), name, text.c_str(), 0, nullptr)));
    if (!prepared) return std::unexpected(std::move(prepared.error()));
    return {};
}

Outcome<Rows> Connection::execute(const char* name, std::span<const Bind> values) {
    const Parameters given(values);
    return checked(Rows(PQexecPrepared(handle_.get(), name, given.count(), given.values(), given.lengths(),
                                       given.formats(), binary)));
}

// A statement that fails aborts the whole transaction, unless a savepoint stands before it.
Outcome<Rows> Connection::execute_guarded(const char* name, std::span<const Bind> values) {
    PGconn* const handle = handle_.get();
    const Parameters given(values);
    const auto say = [&](const char* text) {
        return PQsendQueryParams(handle, text, 0, nullptr, nullptr, nullptr, nullptr, binary) == 1;
    };
    const bool sent = PQenterPipelineMode(handle) == 1 && say("savepoint guarded") &&
                      PQsendQueryPrepared(handle, name, given.count(), given.values(), given.lengths(),
                                          given.formats(), binary) == 1 &&
                      say("release savepoint guarded") && PQpipelineSync(handle) == 1;
    if (!sent) return std::unexpected(failure());

    constexpr std::size_t guarded = 1;  // Of the three statements.
    std::optional<Failure> failed;
    Rows answer(nullptr);
    for (std::size_t statement = 0;;) {
        Rows rows(PQgetResult(handle));
        if (rows.handle() == nullptr) {
            if (!is_alive()) break;
            ++statement;
            continue;
        }
        const ExecStatusType status = PQresultStatus(rows.handle());
        if (status == PGRES_PIPELINE_SYNC) break;
        if (status == PGRES_PIPELINE_ABORTED) continue;
        if (!succeeded(rows.handle())) {
            if (!failed) failed = failure_of(rows.handle());
        } else if (statement == guarded) {
            answer = std::move(rows);
        }
    }
    PQexitPipelineMode(handle);
    if (!is_alive()) return std::unexpected(failure());
    if (!failed) return answer;
    if (auto undone = run("rollback to savepoint guarded; release savepoint guarded"); !undone) {
        return std::unexpected(std::move(undone.error()));
    }
    return std::unexpected(std::move(*failed));
}

bool Connection::take_notifications() noexcept {
    bool came = false;
    while (PGnotify* notification = PQnotifies(handle_.get())) {
        came = true;
        PQfreemem(notification);
    }
    return came;
}

Outcome<bool> Connection::wait_for_notification(int stop_descriptor, int timeout_ms) {
    // What came with an answer is not in the socket any more.
    if (take_notifications()) return true;
    std::array<pollfd, 2> watched{{{PQsocket(handle_.get()), POLLIN, 0}, {stop_descriptor, POLLIN, 0}}};
    if (::poll(watched.data(), watched.size(), timeout_ms) <= 0) return false;
    if (watched[0].revents == 0) return false;
    if (PQconsumeInput(handle_.get()) == 0) return std::unexpected(failure());
    return take_notifications();
}

}  // namespace writ::store::postgresql
