#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.h"
#include "store/failure.h"

/// How a record describes its table. A record is a plain struct with
///   static constexpr std::string_view table;   the table's name
///   static constexpr Index by_…;               its unique keys and search orders
///   static constexpr auto indexes();           all of them, the primary key first
///   static constexpr auto columns();           Columns: one Column for each member, in the order of the
///   table Entity entity() const;                     what the feed tells when a row changes
/// Engines derive their statements from it; the tables themselves are made by numbered migrations, and a test
/// holds the two against each other.
namespace writ::store {

using Bytes = std::vector<std::byte>;

/// A unique key or a search order. The columns of the first index of a record are its primary key.
struct Index {
    static constexpr std::size_t columns_max = 5;

    std::string_view name;
    bool unique = true;
    std::array<std::string_view, columns_max> columns{};  ///< Led by account_id; unused ones are empty.

    [[nodiscard]] constexpr std::size_t column_count() const noexcept {
        std::size_t count = 0;
        while (count < columns_max && !columns[count].empty()) ++count;
        return count;
    }
};

template <class Record, class Member>
struct Column {
    std::string_view name;
    Member Record::* member;
};
template <class Record, class Member>
Column(std::string_view, Member Record::*) -> Column<Record, Member>;

namespace internal {

template <std::size_t, class Each>
struct ColumnAt {
    Each column;
};
template <class Positions, class... Each>
struct ColumnsAt;
template <std::size_t... position, class... Each>
struct ColumnsAt<std::index_sequence<position...>, Each...> : ColumnAt<position, Each>... {
    explicit constexpr ColumnsAt(Each... each) : ColumnAt<position, Each>{each}... {}

    template <class Function>
    constexpr auto apply(Function&& function) const {
        return std::forward<Function>(function)(ColumnAt<position, Each>::column...);
    }
};

}  // namespace internal

/// All columns of a record; `apply(function)` calls it with every one, in order. A std::tuple would do, but
/// the constraints of its constructors cost each file that includes the records two seconds to compile.
template <class... Each>
struct Columns : internal::ColumnsAt<std::index_sequence_for<Each...>, Each...> {
    constexpr Columns(Each... each)  // NOLINT(google-explicit-constructor)
        : internal::ColumnsAt<std::index_sequence_for<Each...>, Each...>(each...) {}
};

enum class ColumnType : std::uint8_t { text, integer, bytes };

struct ColumnInfo {
    std::string_view name;
    ColumnType type = ColumnType::text;
    bool nullable = false;  ///< Members that are std::optional.
};

/// What an engine must know of a record; lives as long as the program.
struct Table {
    std::string_view name;
    std::span<const ColumnInfo> columns;
    std::span<const Index* const> indexes;  ///< The primary key first.

    [[nodiscard]] const Index& primary_key() const noexcept { return *indexes.front(); }
};

/// One value on its way into the store. Views: the text or bytes must outlive the call. Instants travel as
/// milliseconds since 1970, enumerations and booleans as their number.
class Bind {
  public:
    using Value = std::variant<std::monostate, std::int64_t, std::string_view, std::span<const std::byte>>;

    Bind(std::nullopt_t) {}                                            // NOLINT(google-explicit-constructor)
    Bind(std::string_view text) : value_(text) {}                      // NOLINT(google-explicit-constructor)
    Bind(const std::string& text) : value_(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
    Bind(const char* text) : value_(std::string_view(text)) {}         // NOLINT(google-explicit-constructor)
    Bind(const Bytes& bytes)
        : value_(std::span<const std::byte>(bytes)) {}  // NOLINT(google-explicit-constructor)
    Bind(Instant instant)                               // NOLINT(google-explicit-constructor)
        : value_(static_cast<std::int64_t>(instant.time_since_epoch().count())) {}
    template <class Number>
        requires std::integral<Number> || std::is_enum_v<Number>
    Bind(Number number) : value_(static_cast<std::int64_t>(number)) {}  // NOLINT(google-explicit-constructor)
    template <class T>
    Bind(const std::optional<T>& value) {  // NOLINT(google-explicit-constructor)
        if (value) value_ = Bind(*value).value();
    }

    [[nodiscard]] const Value& value() const noexcept { return value_; }

  private:
    Value value_;
};

/// One row on its way out of the store. Views are good until the next row.
class Row {
  public:
    virtual ~Row() = default;
    [[nodiscard]] virtual bool is_null(std::size_t column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(std::size_t column) const = 0;
    [[nodiscard]] virtual std::string_view text(std::size_t column) const = 0;
    [[nodiscard]] virtual std::span<const std::byte> bytes(std::size_t column) const = 0;
};

namespace internal {

template <class T>
struct Unwrapped {
    using Type = T;
    static constexpr bool nullable = false;
};
template <class T>
struct Unwrapped<std::optional<T>> {
    using Type = T;
    static constexpr bool nullable = true;
};

template <class T>
constexpr ColumnType column_type() {
    if constexpr (std::is_same_v<T, std::string>) {
        return ColumnType::text;
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return ColumnType::bytes;
    } else {
        static_assert(std::is_integral_v<T> || std::is_enum_v<T> || std::is_same_v<T, Instant>);
        return ColumnType::integer;
    }
}

template <class Record>
constexpr auto column_infos() {
    return Record::columns().apply([]<class... Member>(const Column<Record, Member>&... column) {
        return std::array{ColumnInfo{column.name, column_type<typename Unwrapped<Member>::Type>(),
                                     Unwrapped<Member>::nullable}...};
    });
}

template <class T>
T read_value(const Row& row, std::size_t column) {
    if constexpr (Unwrapped<T>::nullable) {
        if (row.is_null(column)) return std::nullopt;
        return read_value<typename Unwrapped<T>::Type>(row, column);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return std::string(row.text(column));
    } else if constexpr (std::is_same_v<T, Bytes>) {
        const auto bytes = row.bytes(column);
        return Bytes(bytes.begin(), bytes.end());
    } else if constexpr (std::is_same_v<T, Instant>) {
        return Instant(std::chrono::milliseconds(row.integer(column)));
    } else if constexpr (std::is_same_v<T, bool>) {
        return row.integer(column) != 0;
    } else {
        return static_cast<T>(row.integer(column));
    }
}

}  // namespace internal

template <class Record>
inline constexpr auto column_infos_of = internal::column_infos<Record>();
template <class Record>
inline constexpr auto indexes_of = Record::indexes();
template <class Record>
inline constexpr Table table_of{Record::table, column_infos_of<Record>, indexes_of<Record>};

/// The members of `record` in the order of its columns.
template <class Record>
[[nodiscard]] auto binds_of(const Record& record) {
    return Record::columns().apply(
        [&](const auto&... column) { return std::array{Bind(record.*column.member)...}; });
}

template <class Record>
[[nodiscard]] Record read_record(const Row& row) {
    Record record;
    std::size_t position = 0;
    Record::columns().apply([&](const auto&... column) {
        ((record.*column.member =
              internal::read_value<std::remove_cvref_t<decltype(record.*column.member)>>(row, position++)),
         ...);
    });
    return record;
}

}  // namespace writ::store
