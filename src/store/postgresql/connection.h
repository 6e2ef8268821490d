#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "store/failure.h"
#include "store/schema.h"

struct pg_conn;
struct pg_result;

/// The thin layer over libpq: one connection, its results, its SQLSTATEs. Values travel in binary form.
/// Nothing throws.
namespace writ::store::postgresql {

/// The rows of one statement, all of them.
class Rows {
  public:
    explicit Rows(pg_result* handle) : handle_(handle) {}

    [[nodiscard]] std::size_t size() const noexcept;
    /// Rows that an insert, update or delete touched.
    [[nodiscard]] std::int64_t touched() const noexcept;
    [[nodiscard]] pg_result* handle() const noexcept { return handle_.get(); }

  private:
    struct Clear {
        void operator()(pg_result* handle) const noexcept;
    };
    std::unique_ptr<pg_result, Clear> handle_;
};

/// One of the rows. REQUIRES: they live.
class ResultRow final : public Row {
  public:
    ResultRow(const Rows& rows, std::size_t position)
        : handle_(rows.handle()), position_(static_cast<int>(position)) {}
    [[nodiscard]] bool is_null(std::size_t column) const override;
    [[nodiscard]] std::int64_t integer(std::size_t column) const override;
    [[nodiscard]] std::string_view text(std::size_t column) const override;
    [[nodiscard]] std::span<const std::byte> bytes(std::size_t column) const override;

  private:
    pg_result* handle_;
    int position_;
};

/// For one thread at a time.
class Connection {
  public:
    /// `address` is a URI or a keyword string as libpq takes it.
    [[nodiscard]] static Outcome<Connection> open(const std::string& address);

    /// Connects anew. Prepared statements and an open transaction are gone.
    [[nodiscard]] Outcome<void> reopen();
    [[nodiscard]] bool is_alive() const noexcept;

    /// Runs one or more statements without parameters; the rows of the last one.
    [[nodiscard]] Outcome<Rows> run(const char* text);
    /// First column of the first row, 0 when there is none.
    [[nodiscard]] Outcome<std::int64_t> query_integer(const char* text);
    [[nodiscard]] Outcome<void> prepare(const char* name, const std::string& text);
    [[nodiscard]] Outcome<Rows> execute(const char* name, std::span<const Bind> values);
    /// As execute(), inside of an open transaction that stays usable when it fails. One round trip.
    [[nodiscard]] Outcome<Rows> execute_guarded(const char* name, std::span<const Bind> values);
    [[nodiscard]] bool in_transaction() const noexcept;
    /// A statement outside of a guard has failed: committing would roll back.
    [[nodiscard]] bool transaction_failed() const noexcept;

    /// Waits until the server has told something since the last call, also beside the answer to a statement;
    /// until the other descriptor can be read; or so long. False: nothing was told.
    [[nodiscard]] Outcome<bool> wait_for_notification(int stop_descriptor, int timeout_ms);

  private:
    struct Finish {
        void operator()(pg_conn* handle) const noexcept;
    };
    explicit Connection(pg_conn* handle) : handle_(handle) {}
    [[nodiscard]] Outcome<void> settle();
    [[nodiscard]] bool take_notifications() noexcept;
    [[nodiscard]] Outcome<Rows> checked(Rows rows) const;
    [[nodiscard]] Failure failure() const;

    std::unique_ptr<pg_conn, Finish> handle_;
};

/// The failure that a SQLSTATE stands for. A lost connection has none: what was done until then is undone, so
/// that it may be done again.
[[nodiscard]] FailureKind kind_of(std::string_view sqlstate) noexcept;

}  // namespace writ::store::postgresql
