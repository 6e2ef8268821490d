#include <cstdlib>
#include <string>

#include "bench/directory/population.h"
#include "bench/directory/rows.h"
#include "bench/measure.h"
#include "bench/resident_memory.h"
#include "store/sqlite/sqlite_store.h"

namespace writ::bench {
namespace {

constexpr std::size_t hot = 100'000;

}  // namespace

void bench_hot_principals(const std::filesystem::path& folder) {
    Surroundings around;
    const auto store = store::open_sqlite({.file = many_users(folder)});
    if (!store) give_up(store.error().detail);
    // Stays until the end of the process: what it would write then belongs to no row.
    auto* const endpoint = new api::Endpoint(Surroundings::config(), around.on(**store));
    const auto call = [&](std::size_t number) {
        answer_of(*endpoint, around.call(user(number), "Action=GetUser"));
    };
    call(hot);  // The tables of the reference are loaded.
    const double before = resident_mib();
    for (std::size_t i = 0; i < hot; ++i) call(i);
    const double after = resident_mib();
    const double each = (after - before) * 1024 * 1024 / static_cast<double>(hot);
    print_row("hot principals/resident memory with 100,000", after, after, "MiB");
    print_row("hot principals/bytes a principal", each, each, "bytes");
    std::_Exit(0);
}

}  // namespace writ::bench
