#include "bench/durable/pgbench.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <memory>
#include <string_view>
#include <utility>

#include "store/internal/sql.h"
#include "store/postgresql/follower.h"

namespace writ::bench {
namespace {

/// A script whose values are variables of pgbench, so that they travel as parameters of prepared statements.
class Script {
  public:
    Script(const RecordedTransaction& recorded, const RecordedUser& user, bool in_turn)
        : user_(user), in_turn_(in_turn) {
        // Names and ids as long as real ones, of digits: pgbench makes no other texts.
        line("\\set n :n + 1");
        line("\\set name 1000000000 + :client_id * 100000000 + :n");
        line("\\set user_id 100000000000000000 + :client_id * 100000000000000 + :n");
        line("begin;");
        if (in_turn_) {  // take_turn()
            line("select pg_advisory_xact_lock(x'57524954'::int, hashtext(current_schema()));");
        }
        line(std::string(store::sql::last_revision) + " \\gset seen_");
        line(in_turn_ ? "\\set revision :seen_max + 1" : "\\set revision 1000000000000 + :user_id");
        for (const Statement& statement : recorded.statements()) add(statement);
        for (const store::Entity& entity : recorded.changed()) {
            add({store::sql::append_change,
                 {revision, entity.account_id, std::to_string(static_cast<int>(entity.kind)), entity.id},
                 true});
        }
        line(std::string(store::postgresql::notify) + ";");
        line("commit;");
    }

    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    /// "-D v1=users …".
    [[nodiscard]] const std::string& definitions() const noexcept { return definitions_; }

  private:
    static constexpr const char* revision = ":revision";

    void line(std::string_view text) { text_.append(text).append("\n"); }

    void add(const Statement& statement) {
        if (statement.text.starts_with("select") && statement.text.contains("from \"counters\"")) {
            line(with_variables(statement) + " \\gset counter_");
            line("\\set counter_next :counter_value + 1");
            return;
        }
        if (!statement.writes) return line(with_variables(statement) + ";");
        Statement write = statement;
        if (write.text.starts_with("update \"counters\"")) {
            if (!in_turn_) return;
            write.values.back() = ":counter_next";
        }
        line("\\startpipeline");
        line("savepoint guarded;");
        line(with_variables(write) + ";");
        line("release savepoint guarded;");
        line("\\endpipeline");
    }

    std::string with_variables(const Statement& statement) {
        std::string text;
        for (std::size_t i = 0; i < statement.text.size(); ++i) {
            if (statement.text[i] != '$') {
                text += statement.text[i];
                continue;
            }
            const auto number = static_cast<std::size_t>(statement.text[++i] - '0');  // Below ten.
            text += variable_of(statement.values.at(number - 1));
        }
        return text;
    }

    std::string variable_of(const std::string& value) {
        if (value.starts_with(':')) return value;
        if (value == user_.user_id) return ":user_id";
        if (value == user_.name) return ":name";
        const std::string name = fmt::format("v{}", ++variables_);
        definitions_ += fmt::format(" -D '{}={}'", name, value);
        return ":" + name;
    }

    const RecordedUser& user_;
    const bool in_turn_;
    std::string text_, definitions_;
    std::size_t variables_ = 0;
};

double transactions_a_second(std::string_view output) {
    constexpr std::string_view label = "tps = ";
    const std::size_t at = output.find(label);
    return at == std::string_view::npos ? 0 : std::atof(output.data() + at + label.size());
}

}  // namespace

double run_pgbench(const PgbenchRun& run, const RecordedTransaction& recorded, const RecordedUser& user) {
    const Script script(recorded, user, run.in_turn);
    const std::filesystem::path file = run.folder / "create_user.pgbench";
    std::ofstream(file) << script.text();
    const std::string command = fmt::format(
        "pgbench --no-vacuum --protocol=prepared --client={} --jobs=2 --time={} --file='{}' -D n={}{} '{}'",
        run.connections, run.seconds, file.string(), run.number * 1'000'000, script.definitions(),
        run.address);
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> output(popen(command.c_str(), "r"), pclose);
    std::string text;
    std::array<char, 4096> piece{};
    while (const std::size_t bytes = std::fread(piece.data(), 1, piece.size(), output.get())) {
        text.append(piece.data(), bytes);
    }
    return transactions_a_second(text);
}

}  // namespace writ::bench
