#include "advice/internal/statements.h"

#include <algorithm>
#include <map>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "advice/internal/resource_shape.h"
#include "policy/parse.h"
#include "policy/print.h"

namespace writ::advice::internal {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write_text(Writer& writer, std::string_view text) {
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void write_key(Writer& writer, std::string_view key) {
    writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
}

void write_list(Writer& writer, std::string_view key, const std::vector<std::string>& texts) {
    write_key(writer, key);
    writer.StartArray();
    for (const std::string& text : texts) write_text(writer, text);
    writer.EndArray();
}

/// Keys of one operator stand together. REQUIRES: sorted by operator.
void write_conditions(Writer& writer, const std::vector<ConstantKey>& conditions) {
    if (conditions.empty()) return;
    write_key(writer, "Condition");
    writer.StartObject();
    for (auto condition = conditions.begin(); condition != conditions.end();) {
        const std::string& op = condition->op;
        write_key(writer, op);
        writer.StartObject();
        for (; condition != conditions.end() && condition->op == op; ++condition) {
            std::vector<std::string> values;
            for (const std::string& value : condition->values) values.push_back(escaped(value, false));
            write_list(writer, condition->key, values);
        }
        writer.EndObject();
    }
    writer.EndObject();
}

std::string print(const GrantStatement& statement) {
    rapidjson::StringBuffer json;
    Writer writer(json);
    writer.StartObject();
    write_key(writer, "Effect");
    write_text(writer, "Allow");
    write_list(writer, "Action", statement.actions);
    write_list(writer, "Resource", statement.resources);
    write_conditions(writer, statement.conditions);
    writer.EndObject();
    return {json.GetString(), json.GetSize()};
}

std::string document_of(const std::vector<std::string>& statements) {
    std::string text = R"({"Version":"2012-10-17","Statement":[)";
    for (const std::string& statement : statements) text.append(statement).append(",");
    text.back() = ']';
    text += '}';
    const auto document = policy::parse(text, {.characters_max = std::size_t{1} << 24U});
    return document ? policy::print_normal(**document) : text;
}

std::size_t characters_of(const GrantStatement& statement) {
    return document_of({print(statement)}).size();
}

/// The statement in two halves; nothing when it has one action and one resource.
std::vector<GrantStatement> halves_of(const GrantStatement& statement) {
    const auto halves = [&](std::vector<std::string> GrantStatement::* list) {
        const std::vector<std::string>& all = statement.*list;
        const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
        std::vector<GrantStatement> both(2, statement);
        both[0].*list = {all.begin(), middle};
        both[1].*list = {middle, all.end()};
        return both;
    };
    if (statement.resources.size() > 1) return halves(&GrantStatement::resources);
    if (statement.actions.size() > 1) return halves(&GrantStatement::actions);
    return {};
}

void divide(GrantStatement statement, std::size_t characters_max, std::vector<GrantStatement>& out) {
    auto halves =
        characters_of(statement) > characters_max ? halves_of(statement) : std::vector<GrantStatement>{};
    if (halves.empty()) return out.push_back(std::move(statement));
    for (GrantStatement& half : halves) divide(std::move(half), characters_max, out);
}

std::string_view service_of(std::string_view action) {
    return action.substr(0, action.find(':'));
}

}  // namespace

std::vector<GrantStatement> statements_of(std::span<const Grant> grants) {
    using Conditions = std::vector<ConstantKey>;
    std::map<std::pair<std::string, Conditions>, std::set<std::string>> resources;
    for (const Grant& grant : grants) {
        resources[{grant.action, grant.conditions}].insert(grant.resource.text);
    }
    std::map<std::tuple<std::string_view, std::set<std::string>, Conditions>, std::vector<std::string>>
        actions;
    for (const auto& [of, texts] : resources) {
        actions[{service_of(of.first), texts, of.second}].push_back(of.first);
    }
    std::vector<GrantStatement> statements;
    for (const auto& [of, names] : actions) {
        const auto& texts = std::get<1>(of);
        statements.push_back({names, {texts.begin(), texts.end()}, std::get<2>(of)});
    }
    return statements;
}

std::vector<std::string> documents_of(std::vector<GrantStatement> statements, std::size_t characters_max) {
    std::vector<GrantStatement> fitting;
    for (GrantStatement& statement : statements) divide(std::move(statement), characters_max, fitting);
    std::vector<std::string> documents, printed;
    for (const GrantStatement& statement : fitting) {
        printed.push_back(print(statement));
        std::string document = document_of(printed);
        if (printed.size() == 1 || document.size() <= characters_max) {
            if (printed.size() == 1) documents.emplace_back();
            documents.back() = std::move(document);
            continue;
        }
        printed = {print(statement)};
        documents.push_back(document_of(printed));
    }
    return documents;
}

}  // namespace writ::advice::internal
