#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gateway/internal/mapping/request_tags.h"
#include "gateway/services/dynamodb_items.h"
#include "gateway/services/dynamodb_keys.h"
#include "gateway/services/partiql.h"

/// PartiQL: action, table and condition keys follow from the text of each statement.
namespace writ::gateway::internal {
namespace {

using Verb = PartiqlStatement::Verb;

std::string_view action_of(Verb verb) {
    switch (verb) {
        case Verb::select:
            return "dynamodb:PartiQLSelect";
        case Verb::insert:
            return "dynamodb:PartiQLInsert";
        case Verb::update:
            return "dynamodb:PartiQLUpdate";
        case Verb::remove:
            return "dynamodb:PartiQLDelete";
    }
    return {};
}

/// The equality that binds the partition key; null when there is none, nothing when it cannot be told.
std::optional<const PartiqlStatement::Equality*> bound_key(const PartiqlStatement& statement,
                                                           const std::optional<std::string>& partition_key) {
    const auto& equalities = statement.equalities;
    if (statement.has_alternatives) return std::nullopt;
    if (!partition_key) {
        // Changes name the whole primary key: when that is one attribute, it is the partition key.
        const bool changes = statement.verb == Verb::update || statement.verb == Verb::remove;
        const bool alone = equalities.size() == 1 && !statement.has_other_conditions;
        if (changes && alone) return equalities.data();
        return std::nullopt;
    }
    const auto is_key = [&](const auto& equality) { return equality.attribute == *partition_key; };
    const auto found = std::ranges::find_if(equalities, is_key);
    if (found == equalities.end()) return nullptr;
    if (std::ranges::count_if(equalities, is_key) > 1) return std::nullopt;
    return &*found;
}

void add_leading_keys(const MappingCall& call, const PartiqlStatement& statement,
                      const std::string& parameters, ItemKeys& keys, MappedDemand& demand) {
    const auto key = bound_key(statement, keys.partition_key());
    if (!key || (*key != nullptr && (*key)->values.empty())) {
        keys.leading_key_untold();
    } else if (*key != nullptr) {
        for (const PartiqlValue& value : (*key)->values) {
            auto text = value.parameter
                            ? key_value(call.parameters, fmt::format("{}[{}]", parameters, *value.parameter))
                            : std::optional(value.text);
            if (text) {
                keys.add_leading_key(std::move(*text));
            } else {
                keys.leading_key_untold();
            }
        }
    }
    if (statement.verb != Verb::select) return;
    if (key) {
        demand.keys.push_back({"dynamodb:FullTableScan", {*key == nullptr ? "true" : "false"}, false});
    } else {
        demand.untold_keys.emplace_back("dynamodb:FullTableScan");
    }
}

Result<void> add_statement(const MappingCall& call, const std::string& text_path,
                           const std::string& parameters, Demands& demands) {
    const auto text = call.parameters.first(text_path);
    if (!text) return cannot_map(call, "it has no statement");
    if (text->size() > expression_bytes_max) return cannot_map(call, "its PartiQL statement is too long");
    const auto statement = read_partiql(*text);
    if (!statement) return cannot_map(call, "its PartiQL statement is not understood");
    auto table = dynamodb_table_arn(statement->table, call);
    if (!table) return std::unexpected(std::move(table.error()));
    MappedDemand demand{.action = std::string(action_of(statement->verb)), .resource = *table};
    if (!statement->index.empty()) demand.resource += "/index/" + statement->index;

    ItemKeys keys(call, *table, statement->index);
    for (const std::string& name : statement->attributes) keys.add_attribute(name);
    add_leading_keys(call, *statement, parameters, keys, demand);
    keys.set_attributes(demand);
    keys.set_leading_keys(demand);
    if (statement->verb == Verb::select) {
        const char* select = statement->everything ? "ALL_ATTRIBUTES" : "SPECIFIC_ATTRIBUTES";
        demand.keys.push_back({"dynamodb:Select", {select}, false});
    }
    if (!statement->returning.empty())
        demand.keys.push_back({"dynamodb:ReturnValues", {statement->returning}, false});
    if (call.operation.name == "ExecuteTransaction") {
        demand.keys.push_back({"dynamodb:EnclosingOperation", {std::string(call.operation.name)}, false});
    }
    demands.push_back(std::move(demand));
    return {};
}

}  // namespace

Result<void> dynamodb_statements(const MappingCall& call, Demands& demands) {
    if (call.operation.name == "ExecuteStatement")
        return add_statement(call, "Statement", "Parameters", demands);
    const std::string list =
        call.operation.name == "ExecuteTransaction" ? "TransactStatements" : "Statements";
    const auto count = count_elements(call, list);
    if (!count) return std::unexpected(count.error());
    for (std::size_t i = 0; i < *count; ++i) {
        const std::string path = fmt::format("{}[{}]", list, i);
        auto added = add_statement(call, path + ".Statement", path + ".Parameters", demands);
        if (!added) return added;
    }
    return {};
}

}  // namespace writ::gateway::internal
