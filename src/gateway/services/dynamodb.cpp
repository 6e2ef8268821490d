#include <array>

#include "gateway/services/dynamodb_items.h"
#include "gateway/services/services.h"

/// Amazon DynamoDB and its streams. Sources: "API operations defined by Amazon DynamoDB" in the Service
/// Authorization Reference, and the developer guide on fine-grained access control, transactions, PartiQL and
/// global tables. Replication's own actions (ReadDataForReplication …) are the service's, not the caller's.
namespace writ::gateway::internal {
namespace {

constexpr std::string_view table = "arn:{partition}:dynamodb:{region}:{account}:table/{TableName|arn}";
constexpr std::string_view table_or_index =
    "arn:{partition}:dynamodb:{region}:{account}:table/{TableName|arn}[/index/{IndexName}]";
constexpr std::string_view global_table =
    "arn:{partition}:dynamodb::{account}:global-table/{GlobalTableName}";
constexpr std::string_view target_table =
    "arn:{partition}:dynamodb:{region}:{account}:table/{TargetTableName|arn}";
constexpr std::string_view source_table =
    "arn:{partition}:dynamodb:{region}:{account}:table/{SourceTableArn,SourceTableName|arn}";
constexpr std::string_view new_table =
    "arn:{partition}:dynamodb:{region}:{account}:table/{TableCreationParameters.TableName|arn}";
constexpr std::string_view adds_replica = "ReplicaUpdates[].Create";
constexpr std::string_view drops_replica = "ReplicaUpdates[].Delete";
constexpr std::string_view joins_replica = "GlobalTableSourceArn";

constexpr auto demands = std::to_array<DemandRow>({
    {"CreateTable", "dynamodb:CreateTable", table},
    {"CreateTable", "dynamodb:TagResource", table, "Tags[]"},
    {"CreateTable", "dynamodb:PutResourcePolicy", table, "ResourcePolicy"},
    {"CreateTable", "dynamodb:CreateTableReplica", table, joins_replica},
    {"DeleteItem", "dynamodb:DeleteItem", table},
    {"DescribeContributorInsights", "dynamodb:DescribeContributorInsights", table_or_index},
    {"ExportTableToPointInTime", "dynamodb:ExportTableToPointInTime",
     "arn:{partition}:dynamodb:{region}:{account}:table/{TableArn|arn}"},
    {"GetItem", "dynamodb:GetItem", table},
    {"ImportTable", "dynamodb:ImportTable", new_table},
    {"ListBackups", "dynamodb:ListBackups", "*"},
    {"ListContributorInsights", "dynamodb:ListContributorInsights", "*"},
    {"ListExports", "dynamodb:ListExports",
     "arn:{partition}:dynamodb:{region}:{account}:table/{TableArn|arn}", "TableArn"},
    {"ListExports", "dynamodb:ListExports", "arn:{partition}:dynamodb:{region}:{account}:table/*",
     "!TableArn"},
    {"ListImports", "dynamodb:ListImports",
     "arn:{partition}:dynamodb:{region}:{account}:table/{TableArn|arn}", "TableArn"},
    {"ListImports", "dynamodb:ListImports", "arn:{partition}:dynamodb:{region}:{account}:table/*",
     "!TableArn"},
    {"PutItem", "dynamodb:PutItem", table},
    {"Query", "dynamodb:Query", table_or_index},
    {"RestoreTableFromBackup", "dynamodb:RestoreTableFromBackup", "@backup"},
    {"RestoreTableFromBackup", "dynamodb:RestoreTableFromBackup", target_table},
    {"RestoreTableFromBackup", "dynamodb:BatchWriteItem", target_table},
    {"RestoreTableFromBackup", "dynamodb:DeleteItem", target_table},
    {"RestoreTableFromBackup", "dynamodb:GetItem", target_table},
    {"RestoreTableFromBackup", "dynamodb:PutItem", target_table},
    {"RestoreTableFromBackup", "dynamodb:Query", target_table},
    {"RestoreTableFromBackup", "dynamodb:Scan", target_table},
    {"RestoreTableFromBackup", "dynamodb:UpdateItem", target_table},
    {"RestoreTableToPointInTime", "dynamodb:RestoreTableToPointInTime", source_table},
    {"RestoreTableToPointInTime", "dynamodb:RestoreTableToPointInTime", target_table},
    {"RestoreTableToPointInTime", "dynamodb:BatchWriteItem", target_table},
    {"RestoreTableToPointInTime", "dynamodb:DeleteItem", target_table},
    {"RestoreTableToPointInTime", "dynamodb:GetItem", target_table},
    {"RestoreTableToPointInTime", "dynamodb:PutItem", target_table},
    {"RestoreTableToPointInTime", "dynamodb:Query", target_table},
    {"RestoreTableToPointInTime", "dynamodb:Scan", target_table},
    {"RestoreTableToPointInTime", "dynamodb:UpdateItem", target_table},
    {"Scan", "dynamodb:Scan", table_or_index},
    {"SearchVectors", "dynamodb:SearchVectors", table_or_index},
    {"UpdateContributorInsights", "dynamodb:UpdateContributorInsights", table_or_index},
    {"UpdateGlobalTable", "dynamodb:UpdateGlobalTable", global_table},
    {"UpdateGlobalTable", "dynamodb:UpdateGlobalTable",
     "arn:{partition}:dynamodb:{region}:{account}:table/{GlobalTableName}"},
    {"UpdateGlobalTableSettings", "dynamodb:UpdateGlobalTableSettings", global_table},
    {"UpdateGlobalTableSettings", "dynamodb:UpdateGlobalTableSettings",
     "arn:{partition}:dynamodb:{region}:{account}:table/{GlobalTableName}"},
    {"CreateGlobalTable", "dynamodb:CreateGlobalTable", global_table},
    {"CreateGlobalTable", "dynamodb:CreateGlobalTable",
     "arn:{partition}:dynamodb:{region}:{account}:table/{GlobalTableName}"},
    {"UpdateItem", "dynamodb:UpdateItem", table},
    {"UpdateTable", "dynamodb:UpdateTable", table},
    {"UpdateTable", "dynamodb:CreateTableReplica", table, adds_replica},
    {"UpdateTable", "dynamodb:BatchWriteItem", table, adds_replica},
    {"UpdateTable", "dynamodb:DeleteItem", table, adds_replica},
    {"UpdateTable", "dynamodb:GetItem", table, adds_replica},
    {"UpdateTable", "dynamodb:PutItem", table, adds_replica},
    {"UpdateTable", "dynamodb:Query", table, adds_replica},
    {"UpdateTable", "dynamodb:Scan", table, adds_replica},
    {"UpdateTable", "dynamodb:UpdateItem", table, adds_replica},
    {"UpdateTable", "dynamodb:DeleteTableReplica", table, drops_replica},
    {"UpdateTable", "dynamodb:CreateGlobalTableWitness", table, "GlobalTableWitnessUpdates[].Create"},
    {"UpdateTable", "dynamodb:DeleteGlobalTableWitness", table, "GlobalTableWitnessUpdates[].Delete"},
});

constexpr auto rules = std::to_array<RuleRow>({
    {"BatchExecuteStatement", dynamodb_statements,
     "for each statement `dynamodb:PartiQLSelect`, `PartiQLInsert`, `PartiQLUpdate` or `PartiQLDelete` on "
     "its "
     "table or index"},
    {"BatchGetItem", dynamodb_batch_get, "`dynamodb:BatchGetItem` on each table of `RequestItems`"},
    {"BatchWriteItem", dynamodb_batch_write, "`dynamodb:BatchWriteItem` on each table of `RequestItems`"},
    {"CreateTable", dynamodb_join_replica,
     "with `GlobalTableSourceArn` `dynamodb:AssociateTableReplica` on that table"},
    {"ExecuteStatement", dynamodb_statements,
     "`dynamodb:PartiQLSelect`, `PartiQLInsert`, `PartiQLUpdate` or `PartiQLDelete` on the table or index of "
     "the "
     "statement"},
    {"ExecuteTransaction", dynamodb_statements,
     "for each statement `dynamodb:PartiQLSelect`, `PartiQLInsert`, `PartiQLUpdate` or `PartiQLDelete` on "
     "its "
     "table; `dynamodb:EnclosingOperation`"},
    {"TransactGetItems", dynamodb_transact_get,
     "`dynamodb:GetItem` on the table of each item; `dynamodb:EnclosingOperation`"},
    {"TransactWriteItems", dynamodb_transact_write,
     "`dynamodb:PutItem`, `UpdateItem`, `DeleteItem` or `ConditionCheckItem` on the table of each item; "
     "`dynamodb:EnclosingOperation`"},
});

constexpr auto types = std::to_array<TypeRow>({
    {"backup", "arn:{partition}:dynamodb:{region}:{account}:table/{BackupArn|arn}"},
    {"export", "arn:{partition}:dynamodb:{region}:{account}:table/{ExportArn|arn}"},
    {"global-table", global_table},
    {"import", "arn:{partition}:dynamodb:{region}:{account}:table/{ImportArn|arn}"},
    {"stream", "arn:{partition}:dynamodb:{region}:{account}:table/{StreamArn|arn}"},
    {"table", table},
});

constexpr auto keys = std::to_array<KeyRow>({
    {"dynamodb:Attributes", "", dynamodb_item_keys,
     "attributes of the key, the item and the expressions; with it `dynamodb:LeadingKeys`, the values of the "
     "partition key"},
    {"dynamodb:EnclosingOperation", ""},
    {"dynamodb:FullTableScan", ""},
    {"dynamodb:LeadingKeys", ""},
    {"dynamodb:Select", "", dynamodb_select, "as given, else by what the request projects"},
});

constexpr auto stream_demands = std::to_array<DemandRow>({
    {"DescribeStream", "dynamodb:DescribeStream",
     "arn:{partition}:dynamodb:{region}:{account}:table/{StreamArn|arn}"},
    {"GetRecords", "dynamodb:GetRecords", "{ShardIterator|stream}"},
    {"GetShardIterator", "dynamodb:GetShardIterator",
     "arn:{partition}:dynamodb:{region}:{account}:table/{StreamArn|arn}"},
    {"ListStreams", "dynamodb:ListStreams", "*"},
});
constexpr auto stream_readers = std::to_array<ValueReader>({{"stream", dynamodb_stream_of_iterator}});

}  // namespace

const ServiceRows dynamodb_rows{.service = "dynamodb",
                                .prefix = "dynamodb",
                                .demands = demands,
                                .rules = rules,
                                .types = types,
                                .keys = keys};
const ServiceRows dynamodb_streams_rows{
    .service = "dynamodbstreams", .prefix = "dynamodb", .demands = stream_demands, .readers = stream_readers};

}  // namespace writ::gateway::internal
