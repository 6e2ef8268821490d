#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/arn.h"
#include "gateway/internal/mapping/resource_template.h"
#include "gateway/services/services.h"

/// Amazon SQS. Source: "API operations defined by Amazon SQS" in the Service Authorization Reference.
namespace writ::gateway::internal {
namespace {

/// "https://sqs.eu-west-1.amazonaws.com/111122223333/orders" → the ARN of the queue. Other servers write
/// 000000000000 or a word where AWS writes the account: such a queue is the place's.
Result<std::string> queue_of_url(std::string_view url, const MappingCall& call) {
    const auto last = url.rfind('/');
    const auto name = last == std::string_view::npos ? url : url.substr(last + 1);
    const bool plain = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    });
    if (name.empty() || !plain || name == "." || name == "..") {
        return cannot_map(call, fmt::format("{} is not the URL of a queue", url));
    }
    const auto before = url.substr(0, last == std::string_view::npos ? 0 : last);
    const auto owner = before.substr(before.rfind('/') + 1);
    MappingPlace place = call.place;
    if (is_account_id(owner) && owner != "000000000000") place.account = owner;
    return arn_in(place, "sqs", name);
}

constexpr std::string_view queue = "{QueueUrl|queue}";
constexpr std::string_view source = "arn:{partition}:sqs:{region}:{account}:{SourceArn|arn}";
constexpr std::string_view destination = "arn:{partition}:sqs:{region}:{account}:{DestinationArn|arn}";

constexpr auto demands = std::to_array<DemandRow>({
    {"ChangeMessageVisibilityBatch", "sqs:ChangeMessageVisibility", queue},
    {"CreateQueue", "sqs:CreateQueue", "arn:{partition}:sqs:{region}:{account}:{QueueName}"},
    // A queue that is there already keeps its policy at AWS; not all servers are so strict.
    {"CreateQueue", "sqs:SetQueueAttributes", "arn:{partition}:sqs:{region}:{account}:{QueueName}",
     "Attributes{Policy}"},
    {"CreateQueue", "sqs:TagQueue", "arn:{partition}:sqs:{region}:{account}:{QueueName}", "tags{}"},
    {"DeleteMessageBatch", "sqs:DeleteMessage", queue},
    {"GetQueueUrl", "sqs:GetQueueUrl", "arn:{partition}:sqs:{region}:{account}:{QueueName}",
     "!QueueOwnerAWSAccountId"},
    {"GetQueueUrl", "sqs:GetQueueUrl", "arn:{partition}:sqs:{region}:{QueueOwnerAWSAccountId}:{QueueName}",
     "QueueOwnerAWSAccountId"},
    {"ListMessageMoveTasks", "sqs:ListMessageMoveTasks", source},
    {"ListMessageMoveTasks", "sqs:GetQueueAttributes", source},
    {"SendMessageBatch", "sqs:SendMessage", queue},
    {"StartMessageMoveTask", "sqs:StartMessageMoveTask", source},
    {"StartMessageMoveTask", "sqs:ReceiveMessage", source},
    {"StartMessageMoveTask", "sqs:DeleteMessage", source},
    {"StartMessageMoveTask", "sqs:GetQueueAttributes", source},
    // Without a destination the messages go where they came from, which the request does not tell.
    {"StartMessageMoveTask", "sqs:SendMessage", destination},
});

constexpr auto types = std::to_array<TypeRow>({{"queue", queue}});
constexpr auto readers = std::to_array<ValueReader>({{"queue", queue_of_url}});

}  // namespace

const ServiceRows sqs_rows{
    .service = "sqs", .prefix = "sqs", .demands = demands, .types = types, .readers = readers};

}  // namespace writ::gateway::internal
