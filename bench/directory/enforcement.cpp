#include <string>
#include <string_view>

#include "base/text.h"
#include "bench/directory/rows.h"
#include "bench/directory/surroundings.h"
#include "bench/latencies.h"
#include "store/temporary_postgresql_store.h"
#include "store/temporary_store.h"

namespace writ::bench {
namespace {

constexpr int changes = 200;

std::string text_of(std::string_view answer, std::string_view element) {
    const std::string open = "<" + std::string(element) + ">";
    const std::size_t begin = answer.find(open);
    if (begin == std::string_view::npos) give_up("an answer lacks " + std::string(element));
    return std::string(answer.substr(begin + open.size(), answer.find('<', begin + 1) - begin - open.size()));
}

/// A user who may look at itself, or may not, as the root user says at one endpoint. What holds is asked for
/// at another one, or the same.
class Change {
  public:
    Change(const Surroundings& around, api::Endpoint& made_at, api::Endpoint& asked_at)
        : around_(around), made_at_(made_at), asked_at_(asked_at) {
        by_root("Action=CreateUser&UserName=ada");
        const std::string key = by_root("Action=CreateAccessKey&UserName=ada");
        ada_ = {text_of(key, "AccessKeyId"), text_of(key, "SecretAccessKey")};
    }

    void make(bool allows) {
        constexpr std::string_view document =
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}})";
        constexpr std::string_view policy = "&UserName=ada&PolicyName=own";
        if (allows) {
            by_root("Action=PutUserPolicy" + std::string(policy) +
                    "&PolicyDocument=" + percent_encode(document));
        } else {
            by_root("Action=DeleteUserPolicy" + std::string(policy));
        }
    }
    [[nodiscard]] bool is_allowed() {
        return asked_at_.handle(around_.call(ada_, "Action=GetUser")).response.status == 200;
    }

  private:
    std::string by_root(const std::string& form) {
        return answer_of(made_at_, around_.call(root_user(), form));
    }

    const Surroundings& around_;
    api::Endpoint& made_at_;
    api::Endpoint& asked_at_;
    Signer ada_;
};

/// The longest time from the answer to a change until the first answer that goes by it, and how many answers
/// went by what was before.
void measure_changes(const std::string& name, Change& change) {
    constexpr double long_us = 10e6;
    std::size_t stale_answers = 0;
    double longest_us = 0, all_us = 0;
    for (int i = 0; i < changes; ++i) {
        const bool allows = i % 2 == 0;
        change.make(allows);
        const double begin = now_us(TimeOf::clock);
        double waited_us = 0;
        while (change.is_allowed() != allows) {
            ++stale_answers;
            if (now_us(TimeOf::clock) - begin > long_us) give_up("a change is never enforced");
        }
        waited_us = now_us(TimeOf::clock) - begin;
        longest_us = std::max(longest_us, waited_us);
        all_us += waited_us;
    }
    print_row("enforcement/" + name + ", longest", longest_us / 1e3, longest_us / 1e3, "ms");
    print_row("enforcement/" + name + ", mean", all_us / 1e3 / changes, all_us / 1e3 / changes, "ms");
    const auto stale = static_cast<double>(stale_answers);
    print_row("enforcement/" + name + ", stale answers", stale, stale, "");
}

void on_one_node(const std::string& name, Surroundings& around, store::Store& store) {
    around.make_account(store);
    api::Endpoint endpoint(Surroundings::config(), around.on(store));
    Change change(around, endpoint, endpoint);
    measure_changes("same node, " + name, change);
}

void on_two_nodes(Surroundings& around) {
    const store::TemporaryPostgresqlStore first;
    around.make_account(*first);
    const auto second = first.another();
    api::Endpoint here(Surroundings::config(), around.on(*first));
    api::Endpoint there(Surroundings::config(), around.on(*second));
    Change change(around, here, there);
    measure_changes("other node", change);
}

}  // namespace

void bench_enforcement() {
    Surroundings around;
    const store::TemporaryStore sqlite;
    on_one_node("SQLite", around, *sqlite);
    if (!store::has_postgresql_server()) return;
    {
        const store::TemporaryPostgresqlStore postgresql;
        on_one_node("PostgreSQL", around, *postgresql);
    }
    on_two_nodes(around);
}

}  // namespace writ::bench
