#include <array>
#include <fmt/format.h>

#include "gateway/internal/mapping/resource_template.h"
#include "gateway/services/kms_keys.h"
#include "gateway/services/services.h"

/// Amazon Kinesis Data Streams. Source: "API operations defined by Amazon Kinesis Data Streams" in the
/// Service Authorization Reference.
namespace writ::gateway::internal {
namespace {

Result<std::string> stream(std::string_view name, const MappingCall& call) {
    if (call.parameters.has("StreamId"))
        return cannot_map(call, "which stream its StreamId means is not known here");
    return name_or_arn(arn_in(call.place, "kinesis", "stream/"), name, call);
}

Result<std::string> stream_of_iterator(std::string_view iterator, const MappingCall& call) {
    if (call.place.facts != nullptr)
        if (auto arn = call.place.facts->stream_of_iterator(iterator)) return *arn;
    if (const auto arn = call.parameters.first("StreamARN")) return stream(*arn, call);
    return cannot_map(call, "its shard iterator does not tell its stream; name the stream in StreamARN");
}

constexpr std::string_view named = "{StreamARN,StreamName|stream}";
constexpr std::string_view consumer = "arn:{partition}:kinesis:{region}:{account}:stream/{ConsumerARN|arn}";

constexpr auto demands = std::to_array<DemandRow>({
    {"CreateStream", "kinesis:CreateStream", named},
    {"CreateStream", "kinesis:AddTagsToStream", named, "Tags{}"},
    {"GetRecords", "kinesis:GetRecords", "{ShardIterator|iterator}"},
    {"RegisterStreamConsumer", "kinesis:RegisterStreamConsumer", named},
    {"RegisterStreamConsumer", "kinesis:TagResource", named, "Tags{}"},
    {"StartStreamEncryption", "kinesis:StartStreamEncryption", named},
    {"StartStreamEncryption", "kinesis:StartStreamEncryption", "{KeyId|key}"},
    {"StopStreamEncryption", "kinesis:StopStreamEncryption", named},
    {"StopStreamEncryption", "kinesis:StopStreamEncryption", "{KeyId|key}"},
});

constexpr auto types = std::to_array<TypeRow>({
    {"channel", "arn:{partition}:kinesis:{region}:{account}:channel/{ChannelARN|arn}"},
    {"consumer", consumer},
    {"stream", named},
});

constexpr auto readers =
    std::to_array<ValueReader>({{"iterator", stream_of_iterator}, {"key", kms_key_arn}, {"stream", stream}});

}  // namespace

const ServiceRows kinesis_rows{
    .service = "kinesis", .prefix = "kinesis", .demands = demands, .types = types, .readers = readers};

}  // namespace writ::gateway::internal
