#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "store/failure.h"
#include "store/schema.h"

struct sqlite3;
struct sqlite3_stmt;

/// The thin layer over sqlite3: one connection, its statements, its result codes. Nothing throws.
namespace writ::store::sqlite {

/// A prepared statement. REQUIRES: its Connection lives. For one thread at a time.
class Statement {
  public:
    Statement() = default;
    explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

    /// Parameters count from 1. Texts and bytes must live until reset().
    void bind(int parameter, const Bind& value);
    /// True: a row is there to be read. False: done, and reset already.
    [[nodiscard]] Outcome<bool> step();
    /// Makes it ready to run again. A step() that failed has done so itself.
    void reset() noexcept;
    [[nodiscard]] sqlite3_stmt* handle() const noexcept { return handle_.get(); }

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const noexcept;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// The row that a Statement stands on.
class StatementRow final : public Row {
  public:
    explicit StatementRow(const Statement& statement) : handle_(statement.handle()) {}
    [[nodiscard]] bool is_null(std::size_t column) const override;
    [[nodiscard]] std::int64_t integer(std::size_t column) const override;
    [[nodiscard]] std::string_view text(std::size_t column) const override;
    [[nodiscard]] std::span<const std::byte> bytes(std::size_t column) const override;

  private:
    sqlite3_stmt* handle_;
};

/// For one thread at a time.
class Connection {
  public:
    /// Makes the file, readable by its owner only, when it does not exist.
    [[nodiscard]] static Outcome<Connection> open(const std::filesystem::path& file);

    [[nodiscard]] Outcome<Statement> prepare(std::string_view sql);
    /// Runs one or more statements without parameters.
    [[nodiscard]] Outcome<void> run(const char* sql);
    /// First column of the first row, 0 when there is none.
    [[nodiscard]] Outcome<std::int64_t> query_integer(std::string_view sql);
    /// Rows that the last insert, update or delete touched.
    [[nodiscard]] std::int64_t rows_changed() const noexcept;
    [[nodiscard]] bool in_transaction() const noexcept;

  private:
    struct Close {
        void operator()(sqlite3* handle) const noexcept;
    };
    explicit Connection(sqlite3* handle) : handle_(handle) {}
    std::unique_ptr<sqlite3, Close> handle_;
};

/// The failure that an extended result code stands for. `message` is SQLite's own; for a duplicate it names
/// the columns ("UNIQUE constraint failed: users.account_id, users.name_folded").
[[nodiscard]] Failure failure_of(int result_code, std::string_view message);

}  // namespace writ::store::sqlite
