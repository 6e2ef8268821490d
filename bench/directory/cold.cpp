#include <array>
#include <memory>
#include <sqlite3.h>
#include <string>
#include <string_view>
#include <vector>

#include "authz/authorize.h"
#include "authz/subjects.h"
#include "bench/directory/population.h"
#include "bench/directory/rows.h"
#include "bench/latencies.h"
#include "store/sqlite/sqlite_store.h"

namespace writ::bench {
namespace {

constexpr int rounds = 5;
constexpr std::size_t principals_a_round = 4'000;

/// User numbers from all over the account, none of them twice.
class Strangers {
  public:
    std::size_t next() {
        constexpr std::size_t step = 600'011;  // Without a divisor in common with their number.
        at_ = (at_ + step) % many;
        return at_;
    }

  private:
    std::size_t at_ = 0;
};

/// What a decision about a user needs, read by statements that were prepared before, of one moment.
class BareSelects {
  public:
    explicit BareSelects(const std::filesystem::path& file) {
        sqlite3* handle = nullptr;
        sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
        database_.reset(handle);
        begin_ = prepared("begin");
        end_ = prepared("rollback");
        for (const char* select : {
                 "select max(revision) from changes",
                 "select account_id, user_id, name, name_folded, path, created_at from users"
                 " where account_id = ?1 and user_id = ?2",
                 "select account_id, resource_kind, resource_id, key_folded, key, value from tags"
                 " where account_id = ?1 and resource_id = ?2 order by key_folded",
                 "select account_id, principal_kind, principal_id, name, name_folded, document, counted_size"
                 " from inline_policies where account_id = ?1 and principal_id = ?2 order by name_folded",
                 "select account_id, principal_kind, principal_id, principal_name_folded, usage, policy_arn"
                 " from attachments where account_id = ?1 and principal_id = ?2 order by usage, policy_arn",
                 "select account_id, group_id, user_id, user_name_folded from memberships"
                 " where account_id = ?1 and user_id = ?2 order by group_id",
                 "select * from password_policies where account_id = ?1",
             }) {
            selects_.push_back(prepared(select));
        }
    }

    /// Bytes read.
    std::size_t read(std::string_view id) {
        std::size_t bytes = 0;
        step(begin_.get());
        for (const Statement& select : selects_) {
            bind(select.get(), 1, account_id);
            bind(select.get(), 2, id);
            while (step(select.get())) bytes += look_at_row(select.get());
            sqlite3_reset(select.get());
        }
        step(end_.get());
        sqlite3_reset(begin_.get());
        sqlite3_reset(end_.get());
        return bytes;
    }

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
    };
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close(handle); }
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

    Statement prepared(const char* text) {
        sqlite3_stmt* handle = nullptr;
        if (sqlite3_prepare_v3(database_.get(), text, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr) !=
            SQLITE_OK) {
            give_up(sqlite3_errmsg(database_.get()));
        }
        return Statement(handle);
    }
    static void bind(sqlite3_stmt* select, int parameter, std::string_view text) {
        if (parameter > sqlite3_bind_parameter_count(select)) return;
        sqlite3_bind_text(select, parameter, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    }
    static bool step(sqlite3_stmt* statement) {
        const int code = sqlite3_step(statement);
        if (code != SQLITE_ROW && code != SQLITE_DONE) give_up(sqlite3_errstr(code));
        return code == SQLITE_ROW;
    }
    static std::size_t look_at_row(sqlite3_stmt* select) {
        std::size_t bytes = 0;
        for (int i = 0; i < sqlite3_column_count(select); ++i) {
            if (sqlite3_column_type(select, i) == SQLITE_INTEGER) {
                keep(sqlite3_column_int64(select, i));
            } else {
                keep(sqlite3_column_text(select, i));
                bytes += static_cast<std::size_t>(sqlite3_column_bytes(select, i));
            }
        }
        return bytes;
    }

    std::unique_ptr<sqlite3, Close> database_;
    Statement begin_, end_;
    std::vector<Statement> selects_;
};

/// Asks whether a user may read its table.
class Decisions {
  public:
    Decisions(const Surroundings& around, store::Store& store)
        : around_(around), subjects_(store, around.environment()), authorizer_(subjects_) {
        const auto organization = subjects_.organization(account_id);
        if (!organization) give_up(organization.error().message);
        organization_ = *organization;
    }

    bool allows(std::string_view id, std::string_view table) {
        const auto subject = subjects_.user(account_id, id);
        if (!subject || *subject == nullptr) give_up("a user is missing");
        authz::Caller caller;
        caller.principal = {*subject, &(*subject)->principal};
        caller.subject = *subject;
        caller.organization = organization_;
        engine::Context context;
        authz::set_caller_keys(context, caller, around_.clock().now());
        const authz::Demand demand{.action = "dynamodb:GetItem",
                                   .resource = table,
                                   .resource_account = account_id,
                                   .owner = organization_.get(),
                                   .shown = {}};
        return authorizer_.authorize(caller, demand, context).allowed();
    }

  private:
    const Surroundings& around_;
    authz::Subjects subjects_;
    authz::Authorizer authorizer_;
    authz::OrganizationPtr organization_;
};

}  // namespace

void bench_cold_principals(const std::filesystem::path& folder) {
    const Surroundings around;
    const auto store = store::open_sqlite({.file = many_users(folder)});
    if (!store) give_up(store.error().detail);
    Decisions decisions(around, **store);
    BareSelects bare(many_users(folder));

    Strangers strangers;
    const auto decide = [&](Latencies& latencies) {
        const std::size_t number = strangers.next();
        const std::string id = user_id(number), table = own_table(number);
        latencies.time([&] {
            if (!decisions.allows(id, table)) give_up("a user may not read its table");
        });
    };
    const auto read = [&](Latencies& latencies) {
        const std::size_t number = strangers.next();
        const std::string id = user_id(number);
        const std::size_t least = own_policy(number).size();
        latencies.time([&] {
            if (bare.read(id) < least) give_up("a policy is missing");
        });
    };
    Latencies decided(TimeOf::thread), read_only(TimeOf::thread);
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < principals_a_round; ++i) {
            decide(decided);
            read(read_only);
        }
        decided.end_round();
        read_only.end_round();
    }
    decided.print("cold principals/decision");
    read_only.print("cold principals/bare selects");
}

}  // namespace writ::bench
