#include <fmt/format.h>

#include "gateway/observed/observed_rows.h"

/// Amazon DynamoDB: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/
///
/// What is learnt is the name of the partition key of tables and indexes, by ARN.
namespace writ::gateway {
namespace {

using directory::FactKind;

constexpr auto index_lists =
    std::to_array<std::string_view>({"GlobalSecondaryIndexes", "LocalSecondaryIndexes"});

std::string index_arn(const ObservedRequest& request, std::string_view index) {
    return fmt::format("{}/index/{}", request.resource(), index);
}

/// The attribute with the role HASH in the schema at `path` of the request; empty: none.
std::string partition_key(const ObservedRequest& request, const std::string& path) {
    for (std::size_t i = 0; request.parameters.has(fmt::format("{}[{}]", path, i)); ++i) {
        if (request.parameters.first(fmt::format("{}[{}].KeyType", path, i)) != "HASH") continue;
        return request.parameters.first(fmt::format("{}[{}].AttributeName", path, i)).value_or("");
    }
    return {};
}

/// The same in an answer.
std::string partition_key(const Answer& table) {
    for (const Answer* part : table.at("KeySchema"))
        if (part->first("KeyType") == "HASH") return part->first("AttributeName");
    return {};
}

void learn_index(const ObservedRequest& request, const std::string& path, ResourceChanges& changes) {
    const auto name = request.parameters.first(path + ".IndexName");
    if (!name) return;
    learn(request, changes,
          {FactKind::partition_key, index_arn(request, *name), partition_key(request, path + ".KeySchema")});
}

Result<void> learn_new_table(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    learn(request, changes,
          {FactKind::partition_key, std::string(request.resource()), partition_key(request, "KeySchema")});
    for (const std::string_view list : index_lists) {
        const std::size_t count = internal::element_count(request.parameters, list);
        for (std::size_t i = 0; i < count; ++i) learn_index(request, fmt::format("{}[{}]", list, i), changes);
    }
    return {};
}

Result<void> learn_index_updates(const ObservedRequest& request, std::string_view path,
                                 ResourceChanges& changes) {
    const std::size_t count = internal::element_count(request.parameters, path);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string update = fmt::format("{}[{}]", path, i);
        learn_index(request, update + ".Create", changes);
        if (const auto gone = request.parameters.first(update + ".Delete.IndexName")) {
            changes.push_back(
                {request.account, ForgetFact{FactKind::partition_key, index_arn(request, *gone)}});
        }
    }
    return {};
}

void learn_table(const ObservedRequest& request, const Answer& answer, ResourceChanges& changes) {
    for (const Answer* table : answer.at("Table")) {
        learn(request, changes,
              {FactKind::partition_key, std::string(request.resource()), partition_key(*table)});
        for (const std::string_view list : index_lists)
            for (const Answer* index : table->at(list)) {
                learn(request, changes,
                      {FactKind::partition_key, index_arn(request, index->first("IndexName")),
                       partition_key(*index)});
            }
    }
}

Result<void> forget_table(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    changes.push_back(
        {request.account, ForgetFact{FactKind::partition_key, std::string(request.resource())}});
    return forget_resources(request, {}, changes);
}

constexpr auto rows = std::to_array<ObservedRow>({
    {"CreateTable", learn_new_table},
    {"CreateTable", put_first_policy, "ResourcePolicy"},
    {"CreateTable", set_tags},
    {"DeleteResourcePolicy", delete_policy},
    {"DeleteTable", forget_table},
    {"DescribeTable", nullptr, {}, learn_table},
    {"PutResourcePolicy", put_policy, "Policy"},
    {"UpdateTable", learn_index_updates, "GlobalSecondaryIndexUpdates"},
});

}  // namespace

constinit const ObservedService observed_dynamodb{"dynamodb", rows, "ValidationException"};

}  // namespace writ::gateway
