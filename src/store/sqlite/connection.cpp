#include "store/sqlite/connection.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "store/records.h"

namespace writ::store::sqlite {
namespace {

/// "users.account_id, users.name_folded": as SQLite names the columns of an index.
std::string columns_text(const Table& table, const Index& index) {
    std::string text;
    for (std::size_t i = 0; i < index.column_count(); ++i) {
        if (i > 0) text += ", ";
        text.append(table.name).append(".").append(index.columns[i]);
    }
    return text;
}

std::string index_named_by(std::string_view message) {
    const auto colon = message.find(": ");
    if (colon == std::string_view::npos) return {};
    const std::string_view columns = message.substr(colon + 2);
    for (const Table* table : all_tables) {
        for (const Index* index : table->indexes) {
            if (index->unique && columns_text(*table, *index) == columns) return std::string(index->name);
        }
    }
    return {};
}

/// The database holds sealed secrets: nobody else may read it. SQLite gives "-wal" and "-shm" the same mode.
/// A file that is there already is not even opened: closing it would drop the locks that other connections of
/// this process hold on it, and another process could then take the write-ahead log away.
Outcome<void> make_private_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0 && errno == EEXIST) return {};
    if (descriptor < 0) {
        return std::unexpected(
            Failure{FailureKind::unavailable, {}, "open " + file.string() + ": " + std::strerror(errno)});
    }
    ::close(descriptor);
    return {};
}

}  // namespace

Failure failure_of(int result_code, std::string_view message) {
    Failure failure{FailureKind::unavailable, {}, std::string(message)};
    switch (result_code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
            failure.kind = FailureKind::duplicate;
            failure.constraint = index_named_by(message);
            return failure;
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            failure.kind = FailureKind::foreign_key;
            return failure;
        default:
            break;
    }
    switch (result_code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            failure.kind = FailureKind::retry;
            break;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_MISMATCH:
        case SQLITE_SCHEMA:
        case SQLITE_ERROR:  // A table or column that the file lacks.
        case SQLITE_CONSTRAINT:
            failure.kind = FailureKind::corrupt;
            break;
        default:
            break;
    }
    return failure;
}

void Statement::Finalize::operator()(sqlite3_stmt* handle) const noexcept {
    sqlite3_finalize(handle);
}
void Connection::Close::operator()(sqlite3* handle) const noexcept {
    sqlite3_close_v2(handle);
}

void Statement::bind(int parameter, const Bind& value) {
    struct Binder {
        sqlite3_stmt* statement;
        int parameter;
        void operator()(std::monostate) const { sqlite3_bind_null(statement, parameter); }
        void operator()(std::int64_t number) const { sqlite3_bind_int64(statement, parameter, number); }
        void operator()(std::string_view text) const {
            // A null pointer would bind NULL instead of the empty text.
            sqlite3_bind_text64(statement, parameter, text.empty() ? "" : text.data(), text.size(),
                                SQLITE_STATIC, SQLITE_UTF8);
        }
        void operator()(std::span<const std::byte> bytes) const {
            if (bytes.empty()) {
                sqlite3_bind_zeroblob(statement, parameter, 0);
            } else {
                sqlite3_bind_blob64(statement, parameter, bytes.data(), bytes.size(), SQLITE_STATIC);
            }
        }
    };
    std::visit(Binder{handle_.get(), parameter}, value.value());
}

Outcome<bool> Statement::step() {
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    Failure failure = failure_of(code, sqlite3_errmsg(sqlite3_db_handle(handle_.get())));
    reset();
    return std::unexpected(std::move(failure));
}

void Statement::reset() noexcept {
    sqlite3_reset(handle_.get());
    sqlite3_clear_bindings(handle_.get());
}

bool StatementRow::is_null(std::size_t column) const {
    return sqlite3_column_type(handle_, static_cast<int>(column)) == SQLITE_NULL;
}

std::int64_t StatementRow::integer(std::size_t column) const {
    return sqlite3_column_int64(handle_, static_cast<int>(column));
}

std::string_view StatementRow::text(std::size_t column) const {
    const int position = static_cast<int>(column);
    const auto* text = sqlite3_column_text(handle_, position);
    if (text == nullptr) return {};
    return {reinterpret_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(handle_, position))};
}

std::span<const std::byte> StatementRow::bytes(std::size_t column) const {
    const int position = static_cast<int>(column);
    const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(handle_, position));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, position))};
}

Outcome<Connection> Connection::open(const std::filesystem::path& file) {
    if (auto made = make_private_file(file); !made) return std::unexpected(std::move(made.error()));
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    Connection connection(handle);  // Also a connection that failed to open must be closed.
    if (code != SQLITE_OK) return std::unexpected(failure_of(code, sqlite3_errstr(code)));
    sqlite3_busy_timeout(handle, 5000);
    return connection;
}

Outcome<Statement> Connection::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return std::unexpected(failure_of(code, sqlite3_errmsg(handle_.get())));
    return Statement(statement);
}

Outcome<void> Connection::run(const char* sql) {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return std::unexpected(failure_of(code, sqlite3_errmsg(handle_.get())));
    return {};
}

Outcome<std::int64_t> Connection::query_integer(std::string_view sql) {
    auto statement = prepare(sql);
    if (!statement) return std::unexpected(std::move(statement.error()));
    auto row = statement->step();
    if (!row) return std::unexpected(std::move(row.error()));
    return *row ? StatementRow(*statement).integer(0) : 0;
}

std::int64_t Connection::rows_changed() const noexcept {
    return sqlite3_changes64(handle_.get());
}

bool Connection::in_transaction() const noexcept {
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

}  // namespace writ::store::sqlite
