// bare_rows DATABASE COPY: the rows of an SQLite database put into a new one by prepared inserts in one
// transaction that is on disk when it ends, as SQLite is bound to be with nothing around it: what an import
// cannot avoid. They come in no order, as in a file. Reading them and making the tables is not counted.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <sqlite3.h>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "bench/latencies.h"

namespace {

using namespace writ::bench;

struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
};
struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::exit(1);
}

Database opened(const char* file) {
    sqlite3* handle = nullptr;
    if (sqlite3_open(file, &handle) != SQLITE_OK) give_up(sqlite3_errmsg(handle));
    return Database(handle);
}

void run(const Database& database, const std::string& text) {
    if (sqlite3_exec(database.get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        give_up(sqlite3_errmsg(database.get()));
    }
}

Statement prepared(const Database& database, const std::string& text) {
    sqlite3_stmt* handle = nullptr;
    if (sqlite3_prepare_v2(database.get(), text.c_str(), -1, &handle, nullptr) != SQLITE_OK) {
        give_up(sqlite3_errmsg(database.get()));
    }
    return Statement(handle);
}

struct Blob {
    std::string bytes;
};
using Value = std::variant<std::monostate, std::int64_t, std::string, Blob>;

Value value_of(sqlite3_stmt* row, int column) {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(row, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
    switch (sqlite3_column_type(row, column)) {
        case SQLITE_NULL:
            return {};
        case SQLITE_INTEGER:
            return sqlite3_column_int64(row, column);
        case SQLITE_TEXT:
            return size == 0 ? std::string() : std::string(bytes, size);
        default:
            return Blob{std::string(bytes, size)};
    }
}

struct Binder {
    sqlite3_stmt* insert;
    int parameter;
    void operator()(std::monostate) const { sqlite3_bind_null(insert, parameter); }
    void operator()(std::int64_t number) const { sqlite3_bind_int64(insert, parameter, number); }
    void operator()(const std::string& text) const {
        sqlite3_bind_text(insert, parameter, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    }
    void operator()(const Blob& blob) const {
        sqlite3_bind_blob(insert, parameter, blob.bytes.data(), static_cast<int>(blob.bytes.size()),
                          SQLITE_STATIC);
    }
};

/// A table in memory.
struct Table {
    std::string name;
    std::vector<std::vector<Value>> rows;
};

std::vector<std::string> texts(const Database& database, const std::string& select) {
    std::vector<std::string> found;
    const Statement statement = prepared(database, select);
    while (sqlite3_step(statement.get()) == SQLITE_ROW) {
        found.emplace_back(std::get<std::string>(value_of(statement.get(), 0)));
    }
    return found;
}

Table read_table(const Database& database, std::string name) {
    Table table{std::move(name), {}};
    const Statement select = prepared(database, "select * from " + table.name);
    while (sqlite3_step(select.get()) == SQLITE_ROW) {
        std::vector<Value>& row = table.rows.emplace_back();
        for (int i = 0; i < sqlite3_column_count(select.get()); ++i) row.push_back(value_of(select.get(), i));
    }
    return table;
}

void insert_all(const Database& database, const Table& table) {
    if (table.rows.empty()) return;
    std::string text = "insert into " + table.name + " values (?";
    for (std::size_t i = 1; i < table.rows.front().size(); ++i) text += ", ?";
    const Statement insert = prepared(database, text + ")");
    for (const std::vector<Value>& row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::visit(Binder{insert.get(), static_cast<int>(i + 1)}, row[i]);
        }
        if (sqlite3_step(insert.get()) != SQLITE_DONE) give_up(sqlite3_errmsg(database.get()));
        sqlite3_reset(insert.get());
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) give_up("usage: bare_rows DATABASE COPY");
    const Database original = opened(arguments[1]);
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(std::string(arguments[2]) + part);
    const Database copy = opened(arguments[2]);
    run(copy, "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on");
    for (const std::string& made : texts(original, "select sql from sqlite_master where sql is not null")) {
        run(copy, made);
    }
    std::vector<Table> tables;
    for (std::string& name : texts(original, "select name from sqlite_master where type = 'table'")) {
        tables.push_back(read_table(original, std::move(name)));
        std::ranges::shuffle(tables.back().rows, std::mt19937_64(5));
    }
    const double begin_us = now_us(TimeOf::clock), begin_cpu_us = now_us(TimeOf::thread);
    run(copy, "begin; pragma defer_foreign_keys = on");
    for (const Table& table : tables) insert_all(copy, table);
    run(copy, "commit");
    const double cpu_ms = (now_us(TimeOf::thread) - begin_cpu_us) / 1e3;
    const double clock_ms = (now_us(TimeOf::clock) - begin_us) / 1e3;
    print_row("import/bare transaction, CPU", cpu_ms, cpu_ms, "ms");
    print_row("import/bare transaction", clock_ms, clock_ms, "ms");
    return 0;
}
