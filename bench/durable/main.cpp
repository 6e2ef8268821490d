// durable_bench FOLDER: users made by sixteen threads at once, each in a transaction of its own that is on
// disk when the call returns, beside the same by one thread. With WRIT_TEST_POSTGRESQL also there, and beside
// pgbench, which sends the same statements on sixteen connections.
#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "bench/durable/pgbench.h"
#include "bench/durable/recorded_transaction.h"
#include "bench/measure.h"
#include "crypto/sealing.h"
#include "directory/accounts/accounts.h"
#include "directory/principals/users.h"
#include "store/sqlite/sqlite_store.h"
#include "store/temporary_postgresql_store.h"

namespace {

using namespace writ;
using namespace writ::bench;

constexpr const char* account_id = "123456789012";
constexpr std::size_t threads_together = 16;
constexpr std::chrono::seconds duration{3};

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::exit(1);
}

class Users {
  public:
    explicit Users(store::Store& store) : store_(store) {
        auto transaction = store_.write();
        if (!transaction || !directory::ensure_account(**transaction, environment_, account_id, nullptr) ||
            !(*transaction)->commit()) {
            give_up("the account is not made");
        }
    }

    /// Time for each user.
    double make_for(std::chrono::seconds time, std::size_t threads) {
        std::atomic<std::size_t> made = 0;
        const auto begin = std::chrono::steady_clock::now();
        std::vector<std::jthread> workers;
        for (std::size_t i = 0; i < threads; ++i) {
            workers.emplace_back([&] {
                while (std::chrono::steady_clock::now() - begin < time) {
                    make();
                    ++made;
                }
            });
        }
        workers.clear();
        const std::chrono::duration<double, std::micro> used = std::chrono::steady_clock::now() - begin;
        return used.count() / static_cast<double>(made);
    }

    /// One more, of which only the statements are kept.
    RecordedUser record(std::unique_ptr<RecordedTransaction>& recorded) {
        auto transaction = store_.write();
        if (!transaction) give_up(transaction.error().detail);
        recorded = std::make_unique<RecordedTransaction>(std::move(*transaction));
        directory::AccountEdit account(*recorded, account_id, environment_);
        auto user = directory::create_user(account, {.name = "user-" + std::to_string(++next_)});
        if (!user) give_up(user.error().message);
        return {std::move(user->user_id), std::move(user->name)};
    }

  private:
    void make() {
        auto transaction = store_.write();
        if (!transaction) give_up(transaction.error().detail);
        directory::AccountEdit account(**transaction, account_id, environment_);
        const auto user = directory::create_user(account, {.name = "user-" + std::to_string(++next_)});
        if (!user) give_up(user.error().message);
        if (auto done = (*transaction)->commit(); !done) give_up(done.error().detail);
    }

    static directory::Quotas many() {
        directory::Quotas quotas;
        quotas.set(directory::Quota::users_per_account, 100'000'000);
        return quotas;
    }

    store::Store& store_;
    SystemClock clock_;
    SystemRandom random_;
    std::array<crypto::RingKey, 1> ring_{{{1, clock_.now(), Secret(std::string(32, 'k'))}}};
    crypto::SealingKeys keys_ = crypto::SealingKeys::of(ring_);
    directory::Environment environment_{
        .clock = clock_, .random = random_, .sealing = keys_, .quotas = many()};
    std::atomic<std::size_t> next_ = 0;
};

void measure(const std::string& name, Users& users) {
    users.make_for(std::chrono::seconds(1), threads_together);  // Statements are prepared.
    const double alone = users.make_for(duration, 1);
    const double together = users.make_for(duration, threads_together);
    print_row("durable/CreateUser, 1 thread, " + name, alone, alone, "us");
    print_row("durable/CreateUser, 16 threads, " + name, together, together, "us");
}

/// The time that pgbench takes for each user.
double by_pgbench(PgbenchRun run, Users& users) {
    std::unique_ptr<RecordedTransaction> recorded;
    const RecordedUser user = users.record(recorded);
    recorded->take_back();
    run.connections = threads_together;
    run.seconds = static_cast<int>(duration.count());
    const double a_second = run_pgbench(run, *recorded, user);
    if (a_second == 0) give_up("pgbench has failed");
    return 1e6 / a_second;
}

/// One after the other, twice, since what else the machine does weighs on both.
void measure_beside_pgbench(const std::filesystem::path& folder) {
    const store::TemporaryPostgresqlStore postgresql;
    Users users(*postgresql);
    measure("PostgreSQL", users);
    PgbenchRun run{.address = postgresql.address(), .folder = folder};
    for (run.number = 1; run.number <= 2; ++run.number) {
        const double pgbench = by_pgbench(run, users);
        print_row("durable/pgbench, 16 connections, the same statements", pgbench, pgbench, "us");
        const double together = users.make_for(duration, threads_together);
        print_row("durable/CreateUser, 16 threads, PostgreSQL", together, together, "us");
    }
    run.in_turn = false;
    const double unordered = by_pgbench(run, users);
    print_row("durable/pgbench, 16 connections, without turns", unordered, unordered, "us");
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) give_up("usage: durable_bench FOLDER");
    const std::filesystem::path folder = arguments[1];
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    {
        const auto sqlite = store::open_sqlite({.file = folder / "writ.db"});
        if (!sqlite) give_up(sqlite.error().detail);
        Users users(**sqlite);
        measure("SQLite", users);
    }
    if (store::has_postgresql_server()) measure_beside_pgbench(folder);
    std::filesystem::remove_all(folder);
    return 0;
}
