#pragma once

#include "gateway/internal/mapping/mapping_rows.h"

/// What of DynamoDB no row can express: the condition keys of items, and the operations on several of them.
namespace writ::gateway::internal {

/// Keys of the operations on one table: its attributes and the values of its partition key, in one reading.
[[nodiscard]] Result<void> dynamodb_item_keys(const MappingCall& call, MappedDemand& demand);
[[nodiscard]] Result<void> dynamodb_select(const MappingCall& call, MappedDemand& demand);

[[nodiscard]] Result<void> dynamodb_batch_get(const MappingCall& call, Demands& demands);
[[nodiscard]] Result<void> dynamodb_batch_write(const MappingCall& call, Demands& demands);
[[nodiscard]] Result<void> dynamodb_transact_get(const MappingCall& call, Demands& demands);
[[nodiscard]] Result<void> dynamodb_transact_write(const MappingCall& call, Demands& demands);
/// The table of another region that a new replica joins.
[[nodiscard]] Result<void> dynamodb_join_replica(const MappingCall& call, Demands& demands);
/// ExecuteStatement, BatchExecuteStatement, ExecuteTransaction.
[[nodiscard]] Result<void> dynamodb_statements(const MappingCall& call, Demands& demands);

/// ARN of a table by its name or ARN.
[[nodiscard]] Result<std::string> dynamodb_table_arn(std::string_view name, const MappingCall& call);
/// An iterator begins with the ARN of its stream and a bar.
[[nodiscard]] Result<std::string> dynamodb_stream_of_iterator(std::string_view iterator,
                                                              const MappingCall& call);

}  // namespace writ::gateway::internal
