#include "api/audit/data_events.h"

#include <algorithm>
#include <array>

#include "base/arn.h"

namespace writ::api::audit {
namespace {

struct DataOperation {
    std::string_view service, operation;
};
constexpr auto data_operations = std::to_array<DataOperation>({
    {"dynamodb", "BatchExecuteStatement"},
    {"dynamodb", "BatchGetItem"},
    {"dynamodb", "BatchWriteItem"},
    {"dynamodb", "DeleteItem"},
    {"dynamodb", "ExecuteStatement"},
    {"dynamodb", "ExecuteTransaction"},
    {"dynamodb", "GetItem"},
    {"dynamodb", "GetRecords"},
    {"dynamodb", "GetShardIterator"},
    {"dynamodb", "PutItem"},
    {"dynamodb", "Query"},
    {"dynamodb", "Scan"},
    {"dynamodb", "TransactGetItems"},
    {"dynamodb", "TransactWriteItems"},
    {"dynamodb", "UpdateItem"},
    {"kinesis", "GetRecords"},
    {"kinesis", "GetShardIterator"},
    {"kinesis", "PutRecord"},
    {"kinesis", "PutRecords"},
    {"kinesis", "SubscribeToShard"},
    {"lambda", "Invoke"},
    {"lambda", "InvokeWithResponseStream"},
    {"monitoring", "GetMetricData"},
    {"monitoring", "GetMetricStatistics"},
    {"monitoring", "PutMetricData"},
    {"s3", "HeadBucket"},
    {"s3", "ListMultipartUploads"},
    {"s3", "ListObjects"},
    {"s3", "ListObjectsV2"},
    {"s3", "ListObjectVersions"},
    {"sns", "Publish"},
    {"sns", "PublishBatch"},
    {"sqs", "ChangeMessageVisibility"},
    {"sqs", "ChangeMessageVisibilityBatch"},
    {"sqs", "DeleteMessage"},
    {"sqs", "DeleteMessageBatch"},
    {"sqs", "ReceiveMessage"},
    {"sqs", "SendMessage"},
    {"sqs", "SendMessageBatch"},
});

bool is_object(std::string_view resource) {
    const auto arn = parse_arn(resource);
    return arn && arn->service == "s3" && arn->resource.contains('/');
}

}  // namespace

bool is_data_event(std::string_view service, std::string_view operation,
                   std::span<const std::string> resources) {
    if (service == "s3" && std::ranges::any_of(resources, is_object)) return true;
    return std::ranges::any_of(data_operations, [&](const DataOperation& row) {
        return row.service == service && row.operation == operation;
    });
}

}  // namespace writ::api::audit
