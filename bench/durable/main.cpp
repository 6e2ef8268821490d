// durable_bench FOLDER: users made by sixteen threads at once, each in a transaction of its own that is on
// disk when the call returns, beside the same by one thread. With WRIT_TEST_POSTGRESQL also there.
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

#include "bench/measure.h"
#include "crypto/sealing.h"
#include "directory/accounts.h"
#include "directory/users.h"
#include "store/sqlite/sqlite_store.h"
#include "store/temporary_postgresql_store.h"

namespace {

using namespace writ;
using namespace writ::bench;

constexpr const char* account_id = "123456789012";
constexpr std::size_t threads_together = 16;
constexpr std::chrono::seconds duration{4};

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

void measure(const std::string& name, store::Store& store) {
    Users users(store);
    users.make_for(std::chrono::seconds(1), threads_together);  // Statements are prepared.
    const double alone = users.make_for(duration, 1);
    const double together = users.make_for(duration, threads_together);
    print_row("durable/CreateUser, 1 thread, " + name, alone, alone, "us");
    print_row("durable/CreateUser, 16 threads, " + name, together, together, "us");
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
        measure("SQLite", **sqlite);
    }
    if (store::has_postgresql_server()) {
        const store::TemporaryPostgresqlStore postgresql;
        measure("PostgreSQL", *postgresql);
    }
    std::filesystem::remove_all(folder);
    return 0;
}
