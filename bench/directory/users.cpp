#include <fmt/format.h>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "bench/directory/population.h"
#include "bench/directory/rows.h"
#include "bench/latencies.h"
#include "store/sqlite/sqlite_store.h"
#include "store/temporary_postgresql_store.h"

namespace writ::bench {
namespace {

constexpr int rounds = 5;
constexpr std::size_t calls_a_round = 1'500;

std::string_view marker_in(std::string_view answer) {
    constexpr std::string_view open = "<Marker>", close = "</Marker>";
    const std::size_t begin = answer.find(open);
    if (begin == std::string_view::npos) return {};
    return answer.substr(begin + open.size(), answer.find(close) - begin - open.size());
}

/// An account with so many users, asked about random ones of them and for pages from anywhere in the list.
class Account {
  public:
    Account(Surroundings& around, store::Store& store, std::string name, std::size_t users, TimeOf time)
        : around_(around),
          endpoint_(Surroundings::config(), around.on(store)),
          name_(std::move(name)),
          users_(users),
          get_user_(time),
          list_users_(time) {
        read_list();
    }

    void run_round() {
        for (std::size_t i = 0; i < calls_a_round; ++i) {
            const HttpRequest get = request("Action=GetUser&UserName=" + user_name(random_() % users_));
            get_user_.time([&] { answer_of(endpoint_, get); });
            const HttpRequest list =
                request("Action=ListUsers&MaxItems=100" + markers_[random_() % markers_.size()]);
            list_users_.time([&] { answer_of(endpoint_, list); });
        }
        get_user_.end_round();
        list_users_.end_round();
    }

    void print() const {
        get_user_.print("users/GetUser, " + name_);
        list_users_.print("users/ListUsers page of 100, " + name_);
    }

  private:
    [[nodiscard]] HttpRequest request(std::string_view form) const { return around_.call(root_user(), form); }

    /// The whole list once, for markers from everywhere in it; the last page may be a short one.
    void read_list() {
        const std::size_t page = users_ / 10 < 1'000 ? users_ / 10 : 1'000;
        std::string marker;
        do {
            markers_.push_back(marker);
            const std::string answer =
                answer_of(endpoint_, request(fmt::format("Action=ListUsers&MaxItems={}{}", page, marker)));
            marker = marker_in(answer);
            if (!marker.empty()) marker = "&Marker=" + percent_encode(marker);
        } while (!marker.empty());
        if (markers_.size() != users_ / page) give_up("the list of users has not as many pages as it should");
    }

    Surroundings& around_;
    api::Endpoint endpoint_;
    std::string name_;
    std::size_t users_;
    std::mt19937_64 random_{7};
    std::vector<std::string> markers_;
    Latencies get_user_, list_users_;
};

void compare(Surroundings& around, store::Store& few_store, store::Store& many_store,
             const std::string& database, TimeOf time) {
    Account small(around, few_store, "1,000 users, " + database, few, time);
    Account large(around, many_store, "1,000,000 users, " + database, many, time);
    for (int i = 0; i < rounds; ++i) {
        small.run_round();
        large.run_round();
    }
    small.print();
    large.print();
}

std::unique_ptr<store::Store> opened(const std::filesystem::path& file) {
    auto store = store::open_sqlite({.file = file});
    if (!store) give_up(store.error().detail);
    return std::move(*store);
}

void fill(const store::TemporaryPostgresqlStore& store, const Surroundings& around, std::size_t users) {
    around.make_account(*store);
    copy_users_to_postgresql(store.address(), users);
}

}  // namespace

void bench_users(const std::filesystem::path& folder) {
    Surroundings around;
    {
        const auto small = opened(few_users(folder)), large = opened(many_users(folder));
        compare(around, *small, *large, "SQLite", TimeOf::thread);
    }
    if (!store::has_postgresql_server()) return;
    const store::TemporaryPostgresqlStore small, large;
    fill(small, around, few);
    fill(large, around, many);
    compare(around, *small, *large, "PostgreSQL", TimeOf::clock);
}

}  // namespace writ::bench
