#include "gateway/services/dynamodb_items.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/arn.h"
#include "gateway/internal/mapping/request_tags.h"
#include "gateway/internal/mapping/resource_template.h"
#include "gateway/services/dynamodb_keys.h"

namespace writ::gateway::internal {
namespace {

/// One access to an item of a transaction.
Result<void> add_item(const MappingCall& call, std::string_view action, const std::string& prefix,
                      Demands& demands) {
    auto table = dynamodb_table_arn(call.parameters.first(prefix + "TableName").value_or(""), call);
    if (!table) return std::unexpected(std::move(table.error()));
    MappedDemand demand{.action = std::string(action), .resource = *table};
    ItemKeys keys(call, *table, {});
    keys.add_members(prefix);
    keys.set_attributes(demand);
    keys.set_leading_keys(demand);
    if (action == "dynamodb:GetItem") set_select(call, prefix, false, demand);
    set_as_given(call, "dynamodb:ReturnConsumedCapacity", "ReturnConsumedCapacity", demand);
    demand.keys.push_back({"dynamodb:EnclosingOperation", {std::string(call.operation.name)}, false});
    demands.push_back(std::move(demand));
    return {};
}

std::string table_path(std::string_view table) {
    return fmt::format("RequestItems{{{}}}", table);
}

/// The tables of a batch; names with a '}' cannot be addressed and are no names of tables.
Result<std::vector<std::string>> batch_tables(const MappingCall& call) {
    auto tables = call.parameters.all("RequestItems{}");
    if (tables.empty()) return cannot_map(call, "it names no table");
    if (tables.size() > elements_max) return cannot_map(call, "it names too many tables");
    if (std::ranges::any_of(tables, [](const std::string& table) { return table.contains('}'); })) {
        return cannot_map(call, "it names what is no table");
    }
    return tables;
}

/// A demand for each table of a batch. `add_keys(path, keys)` adds what the batch says of the items of one.
template <class AddKeys>
Result<void> add_tables(const MappingCall& call, std::string_view action, Demands& demands,
                        const AddKeys& add_keys) {
    const auto tables = batch_tables(call);
    if (!tables) return std::unexpected(tables.error());
    for (const std::string& name : *tables) {
        auto table = dynamodb_table_arn(name, call);
        if (!table) return std::unexpected(std::move(table.error()));
        const std::string path = table_path(name);
        MappedDemand demand{.action = std::string(action), .resource = *table};
        ItemKeys keys(call, *table, {});
        if (auto added = add_keys(path, keys); !added) return added;
        keys.set_attributes(demand);
        keys.set_leading_keys(demand);
        if (action == "dynamodb:BatchGetItem") set_select(call, path + ".", false, demand);
        set_as_given(call, "dynamodb:ReturnConsumedCapacity", "ReturnConsumedCapacity", demand);
        demands.push_back(std::move(demand));
    }
    return {};
}

}  // namespace

Result<std::string> dynamodb_table_arn(std::string_view name, const MappingCall& call) {
    if (name.empty()) return cannot_map(call, "it does not tell TableName");
    return name_or_arn(arn_in(call.place, "dynamodb", "table/"), name, call);
}

Result<std::string> dynamodb_stream_of_iterator(std::string_view iterator, const MappingCall& call) {
    const auto stream = iterator.substr(0, iterator.find('|'));
    const auto arn = parse_arn(stream);
    const bool is_stream = arn && arn->service == "dynamodb" && !arn->region.empty() &&
                           !arn->account.empty() && arn->resource.starts_with("table/") &&
                           arn->resource.contains("/stream/") && stream.size() < iterator.size();
    if (!is_stream) return cannot_map(call, "its shard iterator does not tell its stream");
    return std::string(stream);
}

Result<void> dynamodb_item_keys(const MappingCall& call, MappedDemand& demand) {
    Result<std::string> table;
    if (call.place.facts != nullptr) {  // Nobody else asks for the ARN.
        table = dynamodb_table_arn(call.parameters.first("TableName").value_or(""), call);
        if (!table) return std::unexpected(std::move(table.error()));
    }
    ItemKeys keys(call, *table, call.parameters.first("IndexName").value_or(""));
    keys.add_members({});
    keys.set_attributes(demand);
    // A scan goes through all partitions.
    if (call.operation.name != "Scan") keys.set_leading_keys(demand);
    return {};
}

Result<void> dynamodb_select(const MappingCall& call, MappedDemand& demand) {
    set_select(call, {}, call.parameters.has("IndexName"), demand);
    return {};
}

Result<void> dynamodb_batch_get(const MappingCall& call, Demands& demands) {
    return add_tables(call, "dynamodb:BatchGetItem", demands,
                      [&](const std::string& path, ItemKeys& keys) -> Result<void> {
                          keys.add_members(path + ".");
                          const auto count = count_elements(call, path + ".Keys");
                          if (!count) return std::unexpected(count.error());
                          for (std::size_t i = 0; i < *count; ++i) {
                              keys.add_item(fmt::format("{}.Keys[{}]", path, i), true);
                          }
                          return {};
                      });
}

Result<void> dynamodb_batch_write(const MappingCall& call, Demands& demands) {
    return add_tables(call, "dynamodb:BatchWriteItem", demands,
                      [&](const std::string& path, ItemKeys& keys) -> Result<void> {
                          const auto count = count_elements(call, path);
                          if (!count) return std::unexpected(count.error());
                          for (std::size_t i = 0; i < *count; ++i) {
                              const std::string put = fmt::format("{}[{}].PutRequest.Item", path, i);
                              const std::string removed = fmt::format("{}[{}].DeleteRequest.Key", path, i);
                              if (call.parameters.has(put)) keys.add_item(put, false);
                              if (call.parameters.has(removed)) keys.add_item(removed, true);
                          }
                          return {};
                      });
}

Result<void> dynamodb_transact_get(const MappingCall& call, Demands& demands) {
    const auto count = count_elements(call, "TransactItems");
    if (!count) return std::unexpected(count.error());
    for (std::size_t i = 0; i < *count; ++i) {
        auto added = add_item(call, "dynamodb:GetItem", fmt::format("TransactItems[{}].Get.", i), demands);
        if (!added) return added;
    }
    return {};
}

Result<void> dynamodb_transact_write(const MappingCall& call, Demands& demands) {
    struct Kind {
        std::string_view member, action;
    };
    static constexpr auto kinds = std::to_array<Kind>({{"ConditionCheck", "dynamodb:ConditionCheckItem"},
                                                       {"Put", "dynamodb:PutItem"},
                                                       {"Update", "dynamodb:UpdateItem"},
                                                       {"Delete", "dynamodb:DeleteItem"}});
    const auto count = count_elements(call, "TransactItems");
    if (!count) return std::unexpected(count.error());
    for (std::size_t i = 0; i < *count; ++i) {
        const std::size_t before = demands.size();
        for (const Kind& kind : kinds) {
            const auto path = fmt::format("TransactItems[{}].{}", i, kind.member);
            if (!call.parameters.has(path)) continue;
            if (auto added = add_item(call, kind.action, path + ".", demands); !added) return added;
        }
        if (demands.size() == before)
            return cannot_map(call, "an item of the transaction does nothing that is known");
    }
    return {};
}

Result<void> dynamodb_join_replica(const MappingCall& call, Demands& demands) {
    const auto source = call.parameters.first("GlobalTableSourceArn");
    if (!source) return {};
    const auto arn = parse_arn(*source);
    if (!arn || arn->partition != call.place.partition || arn->service != "dynamodb" ||
        !arn->resource.starts_with("table/")) {
        return cannot_map(call, fmt::format("{} is not the ARN of a table", *source));
    }
    demands.push_back({.action = "dynamodb:AssociateTableReplica", .resource = *source});
    return {};
}

}  // namespace writ::gateway::internal
