#include "gateway/observed/observed_rows.h"
#include "gateway/observed/stored_facts.h"

/// Amazon Kinesis Data Streams: https://docs.aws.amazon.com/kinesis/latest/APIReference/
///
/// Shard iterators do not tell their stream. Those that answers give are kept for the five minutes that they
/// are good for.
namespace writ::gateway {
namespace {

using directory::FactKind;

constexpr std::chrono::seconds iterator_lifetime{300};
constexpr std::size_t records_bytes_max = std::size_t{16} << 20U;  // GetRecords answers up to 10 MiB.

void learn_iterator_at(const ObservedRequest& request, const std::string& iterator,
                       ResourceChanges& changes) {
    if (iterator.empty()) return;
    learn(request, changes,
          {FactKind::iterator_stream, iterator_fact_name(iterator), std::string(request.resource()),
           iterator_lifetime});
}

/// Who names the stream here will name it again.
bool names_no_stream(const ObservedRequest& request) {
    return !request.parameters.has("StreamARN");
}

void learn_iterator(const ObservedRequest& request, const Answer& answer, ResourceChanges& changes) {
    learn_iterator_at(request, answer.first("ShardIterator"), changes);
}

void learn_next_iterator(const ObservedRequest& request, const Answer& answer, ResourceChanges& changes) {
    learn_iterator_at(request, answer.first("NextShardIterator"), changes);
}

constexpr auto rows = std::to_array<ObservedRow>({
    {"AddTagsToStream", set_tags},
    {"CreateStream", set_tags},
    {"DeleteResourcePolicy", delete_policy},
    {"DeleteStream", forget_resources},
    {"GetRecords", nullptr, {}, learn_next_iterator, names_no_stream, records_bytes_max},
    {"GetShardIterator", nullptr, {}, learn_iterator},
    {"PutResourcePolicy", put_policy, "Policy"},
    {"RemoveTagsFromStream", remove_tags},
});

}  // namespace

constinit const ObservedService observed_kinesis{"kinesis", rows, "InvalidArgumentException"};

}  // namespace writ::gateway
