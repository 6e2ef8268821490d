#include <algorithm>
#include <chrono>
#include <fmt/format.h>

#include "base/text.h"
#include "crypto/hash.h"
#include "gateway/observed/observed_rows.h"
#include "gateway/services/s3_objects.h"

/// Amazon S3: https://docs.aws.amazon.com/AmazonS3/latest/API/
///
/// Of an object the tags of its current version are kept, and only of objects that have tags: a request that
/// writes an object of which no tags are known changes nothing.
namespace writ::gateway {
namespace {

using directory::FactKind;

std::string bucket_arn(const ObservedRequest& request, std::string_view bucket) {
    return fmt::format("arn:{}:s3:::{}", request.partition, bucket);
}

void drop_tags(const ObservedRequest& request, const std::string& arn, ResourceChanges& changes) {
    if (request.has_tags(arn)) add_change(request, changes, SetTags{arn, {}, true});
}

/// Where buckets belong to the account of the upstream nothing is learnt: configuration says it.
Result<void> learn_owner(const ObservedRequest& request, std::string_view path, ResourceChanges& changes) {
    const std::string bucket = request.parameters.first(path).value_or("");
    if (!request.creators_own_buckets || bucket.empty()) return {};
    const std::string owner = request.owner_of(bucket_arn(request, bucket));
    if (owner != request.caller_account || owner.empty()) return {};
    changes.push_back({owner, LearnFact{FactKind::bucket_owner, bucket, owner, {}}});
    return {};
}

Result<void> forget_bucket(const ObservedRequest& request, std::string_view path, ResourceChanges& changes) {
    const std::string bucket = request.parameters.first(path).value_or("");
    const std::string arn = bucket_arn(request, bucket);
    add_change(request, changes, ForgetResource{arn});
    changes.push_back({request.owner_of(arn), ForgetFact{FactKind::bucket_owner, bucket}});
    return {};
}

/// Tags that cannot be read were refused when the request was mapped.
TagPairs given_tags(const ObservedRequest& request) {
    return internal::s3_given_tags(request.parameters).value_or(TagPairs{});
}

Result<void> replace_given_tags(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    if (request.parameters.has("VersionId")) return {};
    add_change(request, changes, SetTags{std::string(request.resource()), given_tags(request), true});
    return {};
}

/// A new object has the tags that come with it, and no others.
Result<void> put_object(const ObservedRequest& request, std::string_view path, ResourceChanges& changes) {
    if (request.parameters.has(path)) return replace_given_tags(request, path, changes);
    drop_tags(request, std::string(request.resource()), changes);
    return {};
}

Result<void> delete_object(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    if (!request.parameters.has("VersionId")) drop_tags(request, std::string(request.resource()), changes);
    return {};
}

/// An answer with the status 200 may tell of an error all the same.
bool has_failed(const Answer& answer) {
    return answer.name() == "Error";
}

std::string source_of_copy(const ObservedRequest& request) {
    const auto source = std::ranges::find_if(
        request.resources, [&](const auto& resource) { return resource.arn != request.resource(); });
    return source == request.resources.end() ? std::string(request.resource()) : source->arn;
}

bool copies_tags(const ObservedRequest& request) {
    return request.parameters.first("TaggingDirective") != "REPLACE";
}

bool copy_changes_tags(const ObservedRequest& request) {
    if (!copies_tags(request) && request.parameters.has("Tagging")) return true;
    return request.has_tags(request.resource()) ||
           (copies_tags(request) && request.has_tags(source_of_copy(request)));
}

void copy_object(const ObservedRequest& request, const Answer& answer, ResourceChanges& changes) {
    if (has_failed(answer)) return;
    std::string target(request.resource()), source = source_of_copy(request);
    if (!copies_tags(request)) {
        add_change(request, changes, SetTags{target, given_tags(request), true});
    } else if (source != target) {
        std::string owner = request.owner_of(source);
        add_change(request, changes, CopyTags{std::move(owner), std::move(source), std::move(target)});
    }
}

bool replaces_tagged_object(const ObservedRequest& request) {
    return request.has_tags(request.resource());
}

/// Of any length, by a name of one length.
std::string upload_name(const ObservedRequest& request, std::string_view upload_id) {
    std::string text(request.resource());
    return hex_encode(crypto::sha256(text.append("\n").append(upload_id)));
}

bool gives_tags(const ObservedRequest& request) {
    return request.parameters.has("Tagging");
}

/// The tags of an object that is made in parts come before it is there.
void learn_upload(const ObservedRequest& request, const Answer& answer, ResourceChanges& changes) {
    constexpr std::chrono::seconds lifetime = std::chrono::days(7);
    const std::string upload_id = answer.first("UploadId");
    if (upload_id.empty()) return;
    learn(request, changes,
          {FactKind::upload_tags, upload_name(request, upload_id),
           request.parameters.first("Tagging").value_or(""), lifetime});
}

std::string name_of_upload(const ObservedRequest& request) {
    return upload_name(request, request.parameters.first("UploadId").value_or(""));
}

std::optional<std::string> tags_of_upload(const ObservedRequest& request) {
    if (request.known == nullptr) return std::nullopt;
    auto known = request.known->fact(request.account, FactKind::upload_tags, name_of_upload(request));
    return known ? std::move(*known) : std::nullopt;
}

bool completes_with_tags(const ObservedRequest& request) {
    return replaces_tagged_object(request) || tags_of_upload(request).has_value();
}

void complete_upload(const ObservedRequest& request, const Answer& answer, ResourceChanges& changes) {
    if (has_failed(answer)) return;
    std::string target(request.resource());
    const auto header = tags_of_upload(request);
    if (!header) return drop_tags(request, target, changes);
    auto tags = internal::s3_tags_of_header(*header).value_or(TagPairs{});
    add_change(request, changes, SetTags{std::move(target), std::move(tags), true});
    changes.push_back({request.account, ForgetFact{FactKind::upload_tags, name_of_upload(request)}});
}

/// The keys that are to go without naming a version, as ARNs.
std::vector<std::string> deleted_objects(const ObservedRequest& request) {
    std::vector<std::string> arns;
    const std::string bucket = request.parameters.first("Bucket").value_or("");
    const std::size_t count = internal::element_count(request.parameters, "Delete.Objects");
    for (std::size_t i = 0; i < count; ++i) {
        const std::string object = fmt::format("Delete.Objects[{}]", i);
        const auto key = request.parameters.first(object + ".Key");
        if (!key || request.parameters.has(object + ".VersionId")) continue;
        arns.push_back(bucket_arn(request, bucket + "/" + *key));
    }
    return arns;
}

bool deletes_tagged_objects(const ObservedRequest& request) {
    return std::ranges::any_of(deleted_objects(request),
                               [&](const std::string& arn) { return request.has_tags(arn); });
}

void delete_objects(const ObservedRequest& request, const Answer& answer, ResourceChanges& changes) {
    if (has_failed(answer)) return;
    std::vector<std::string> kept;
    const std::string bucket = request.parameters.first("Bucket").value_or("");
    for (const Answer* key : answer.at("Error.Key")) {
        kept.push_back(bucket_arn(request, bucket + "/" + key->text()));
    }
    for (const std::string& arn : deleted_objects(request)) {
        if (std::ranges::find(kept, arn) == kept.end()) drop_tags(request, arn, changes);
    }
}

constexpr auto rows = std::to_array<ObservedRow>({
    {"CompleteMultipartUpload", nullptr, {}, complete_upload, completes_with_tags},
    {"CopyObject", nullptr, {}, copy_object, copy_changes_tags},
    {"CreateBucket", learn_owner, "Bucket"},
    {"CreateBucket", set_tags},
    {"CreateMultipartUpload", nullptr, {}, learn_upload, gives_tags},
    {"DeleteBucket", forget_bucket, "Bucket"},
    {"DeleteBucketPolicy", delete_policy},
    {"DeleteBucketTagging", replace_tags},
    {"DeleteObject", delete_object},
    {"DeleteObjectTagging", replace_given_tags},
    {"DeleteObjects", nullptr, {}, delete_objects, deletes_tagged_objects},
    {"PutBucketPolicy", put_policy, "Policy"},
    {"PutBucketTagging", replace_given_tags},
    {"PutObject", put_object, "Tagging"},
    {"PutObjectTagging", replace_given_tags},
});

}  // namespace

constinit const ObservedService observed_s3{"s3", rows, "MalformedPolicy"};

}  // namespace writ::gateway
