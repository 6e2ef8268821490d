#include "gateway/services/partiql.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "gateway/services/partiql_tokens.h"

namespace writ::gateway::internal {
namespace {

using Kind = PartiqlToken::Kind;

class Reader {
  public:
    explicit Reader(std::vector<PartiqlToken> tokens) : tokens_(std::move(tokens)) {}

    std::optional<PartiqlStatement> read() {
        if (holds_another_statement()) return std::nullopt;
        const bool exists = take("EXISTS");
        if (exists && !take('(')) return std::nullopt;
        bool understood = false;
        if (take("SELECT")) {
            understood = read_select();
        } else if (!exists && take("INSERT")) {
            understood = read_insert();
        } else if (!exists && take("UPDATE")) {
            understood = read_update();
        } else if (!exists && take("DELETE")) {
            understood = read_delete();
        }
        if (!understood || (exists && !take(')')) || next_ != tokens_.size()) return std::nullopt;
        return std::move(read_);
    }

  private:
    using Verb = PartiqlStatement::Verb;

    [[nodiscard]] const PartiqlToken* peek(std::size_t ahead = 0) const {
        return next_ + ahead < tokens_.size() ? &tokens_[next_ + ahead] : nullptr;
    }
    bool take(std::string_view keyword) {
        const bool taken = peek() != nullptr && peek()->is(keyword);
        if (taken) ++next_;
        return taken;
    }
    bool take(char symbol) {
        const bool taken = peek() != nullptr && peek()->is_symbol(symbol);
        if (taken) ++next_;
        return taken;
    }
    [[nodiscard]] bool at_any(std::initializer_list<std::string_view> keywords) const {
        return peek() != nullptr &&
               std::ranges::any_of(keywords, [&](std::string_view keyword) { return peek()->is(keyword); });
    }

    /// A statement within the statement would be about another table.
    [[nodiscard]] bool holds_another_statement() const {
        constexpr auto verbs = std::to_array<std::string_view>({"SELECT", "INSERT", "UPDATE", "DELETE"});
        const auto is_verb = [&](const PartiqlToken& token) {
            return std::ranges::any_of(verbs, [&](std::string_view verb) { return token.is(verb); });
        };
        return std::ranges::count_if(tokens_, is_verb) > 1 ||
               std::ranges::count_if(tokens_, [](const PartiqlToken& token) { return token.is("FROM"); }) > 1;
    }

    void add_attribute(const std::string& name) {
        if (std::ranges::find(read_.attributes, name) == read_.attributes.end())
            read_.attributes.push_back(name);
    }

    /// A name or a name in quotes, as a table has it.
    bool read_name(std::string& name) {
        if (peek() == nullptr || !peek()->is_name() || peek()->text.empty()) return false;
        name = tokens_[next_++].text;
        return true;
    }

    /// Paths of the projection may begin with the table, which is named behind them.
    void look_for_table() {
        const auto from =
            std::ranges::find_if(tokens_, [](const PartiqlToken& token) { return token.is("FROM"); });
        if (tokens_.end() - from > 1) read_.table = std::next(from)->text;
    }

    bool read_select() {
        read_.verb = Verb::select;
        look_for_table();
        if (take('*')) {
            read_.everything = true;
        } else {
            do {
                if (!read_path()) return false;
            } while (take(','));
        }
        if (!take("FROM") || !read_name(read_.table)) return false;
        if (take('.') && !read_name(read_.index)) return false;
        if (take("WHERE") && !read_condition()) return false;
        if (!take("ORDER")) return true;
        if (!take("BY")) return false;
        do {
            if (!read_path()) return false;
            if (!take("ASC")) take("DESC");
        } while (take(','));
        return true;
    }

    bool read_insert() {
        read_.verb = Verb::insert;
        if (!take("INTO") || !read_name(read_.table) || !take("VALUE") || !take('{')) return false;
        do {
            if (peek() == nullptr || peek()->kind != Kind::string) return false;
            const std::string name = tokens_[next_++].text;
            if (!take(':')) return false;
            add_attribute(name);
            read_.equalities.push_back({name, {}});
            if (auto value = read_scalar()) {
                read_.equalities.back().values.push_back(std::move(*value));
            } else if (!skip_value()) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    bool read_update() {
        read_.verb = Verb::update;
        if (!read_name(read_.table) || !at_any({"SET", "REMOVE"})) return false;
        while (at_any({"SET", "REMOVE"})) {
            ++next_;
            while (peek() != nullptr && !at_any({"SET", "REMOVE", "WHERE", "RETURNING"}))
                if (!read_operand()) return false;
        }
        return read_where_and_returning();
    }

    bool read_delete() {
        read_.verb = Verb::remove;
        return take("FROM") && read_name(read_.table) && read_where_and_returning();
    }

    bool read_where_and_returning() {
        if (!take("WHERE") || !read_condition()) return false;
        if (!take("RETURNING")) return true;
        const bool all = take("ALL");
        if (!all && !take("MODIFIED")) return false;
        const bool old = take("OLD");
        if (!old && !take("NEW")) return false;
        read_.returning = std::string(all ? "ALL_" : "UPDATED_") + (old ? "OLD" : "NEW");
        return take('*');
    }

    /// attribute[.nested | [3]]…; the table may stand before it.
    bool read_path() {
        std::string name;
        if (!read_name(name)) return false;
        if (name == read_.table && take('.') && !read_name(name)) return false;
        while (true) {
            if (take('.')) {
                std::string nested;
                if (!read_name(nested)) return false;
            } else if (take('[')) {
                if (peek() == nullptr || peek()->kind != Kind::number) return false;
                ++next_;
                if (!take(']')) return false;
            } else {
                break;
            }
        }
        paths_.push_back(name);
        add_attribute(name);
        return true;
    }

    std::optional<PartiqlValue> read_scalar() {
        const PartiqlToken* token = peek();
        if (token == nullptr) return std::nullopt;
        const bool parameter = token->is_symbol('?');
        if (!parameter && token->kind != Kind::string && token->kind != Kind::number) return std::nullopt;
        ++next_;
        if (parameter) return PartiqlValue{{}, parameters_++};
        return PartiqlValue{token->text, std::nullopt};
    }

    /// A value of any type up to the comma or bracket that ends it. It names no attributes.
    bool skip_value() {
        std::size_t depth = 0;
        while (const PartiqlToken* token = peek()) {
            const bool ends = token->is_symbol('}') || token->is_symbol(']') || token->is_symbol(')');
            if (depth == 0 && (ends || token->is_symbol(','))) return true;
            if (token->kind == Kind::quoted) return false;
            if (token->is_symbol('?')) ++parameters_;
            if (token->is_symbol('{') || token->is_symbol('[') || token->is_symbol('(')) ++depth;
            if (ends) --depth;
            ++next_;
        }
        return false;
    }

    /// One token of a condition or a SET clause that is no comparison: a path, a function, a value, an
    /// operator.
    bool read_operand() {
        const PartiqlToken& token = *peek();
        const bool literal = token.is("TRUE") || token.is("FALSE") || token.is("NULL") || token.is("MISSING");
        const bool function = token.kind == Kind::word && peek(1) != nullptr && peek(1)->is_symbol('(');
        if (token.is_name() && !literal && !function) return read_path();
        if (token.is_symbol('?')) ++parameters_;
        ++next_;
        return true;
    }

    /// Up to the end, to what follows a condition, or to the bracket that closes EXISTS.
    bool read_condition() {
        const std::size_t begin = next_;
        std::size_t depth = 0;
        while (peek() != nullptr && !at_any({"ORDER", "RETURNING"})) {
            if (peek()->is_symbol('(')) ++depth;
            if (peek()->is_symbol(')') && depth-- == 0) break;
            if (at_any({"OR", "NOT"})) read_.has_alternatives = true;
            if (at_any({"OR", "NOT", "AND", "BETWEEN", "IS", "IN"})) {
                if (at_any({"BETWEEN", "IS", "IN"})) read_.has_other_conditions = true;
                ++next_;
            } else if (!read_comparison()) {
                return false;
            }
        }
        return next_ > begin;
    }

    /// path = value and path IN [value, …] are kept; whatever else stands there is another condition.
    bool read_comparison() {
        const bool function = peek(1) != nullptr && peek(1)->is_symbol('(');
        if (!peek()->is_name() || function) {
            if (!peek()->is_symbol('(') && !peek()->is_symbol(')')) read_.has_other_conditions = true;
            return read_operand();
        }
        const std::size_t begin = next_;
        if (!read_path()) return false;
        const bool top_level =
            next_ == begin + 1 || (next_ == begin + 3 && tokens_[begin].text == read_.table);
        const std::string name = paths_.back();
        if (top_level && take('=')) {
            if (auto value = read_scalar()) {
                read_.equalities.push_back({name, {std::move(*value)}});
                return at_end_of_comparison();
            }
        } else if (top_level && take("IN")) {
            return read_alternatives(name) && at_end_of_comparison();
        }
        read_.has_other_conditions = true;
        return true;
    }

    /// Else the value goes on, as in 1 + 1.
    [[nodiscard]] bool at_end_of_comparison() const {
        return peek() == nullptr || peek()->is_symbol(')') || at_any({"AND", "OR", "ORDER", "RETURNING"});
    }

    bool read_alternatives(const std::string& name) {
        const char end = take('[') ? ']' : ')';
        if (end == ')' && !take('(')) return false;
        read_.equalities.push_back({name, {}});
        do {
            auto value = read_scalar();
            if (!value) return false;
            read_.equalities.back().values.push_back(std::move(*value));
        } while (take(','));
        return take(end);
    }

    std::vector<PartiqlToken> tokens_;
    std::size_t next_ = 0;
    std::size_t parameters_ = 0;
    std::vector<std::string> paths_;
    PartiqlStatement read_;
};

}  // namespace

std::optional<PartiqlStatement> read_partiql(std::string_view statement) {
    auto tokens = partiql_tokens(statement);
    if (!tokens) return std::nullopt;
    return Reader(std::move(*tokens)).read();
}

}  // namespace writ::gateway::internal
