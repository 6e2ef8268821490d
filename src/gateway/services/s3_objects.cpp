#include "gateway/services/s3_objects.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <ranges>

#include "base/arn.h"
#include "base/text.h"
#include "gateway/internal/mapping/request_tags.h"
#include "gateway/internal/mapping/resource_template.h"

namespace writ::gateway::internal {
namespace {

constexpr std::string_view version_mark = "?versionId=";

/// A server that keeps objects as files could read them as another object.
bool has_dot_segment(std::string_view name) {
    return std::ranges::any_of(name | std::views::split('/'), [](const auto& part) {
        const std::string_view segment(part);
        return segment == "." || segment == "..";
    });
}

/// Headers are percent-encoded bytes; names and tags are text.
bool is_text(std::string_view decoded) {
    return count_scalars(decoded) && !decoded.contains('\0');
}

struct CopySource {
    std::string name;  ///< BUCKET/KEY, or the ARN of an object behind an access point.
    std::string version{};
};

/// The header is percent-encoded, with or without a slash in front, and may name a version behind its key. A
/// mark that shows only after decoding would be a version to one reader and part of the key to another.
Result<CopySource> read_copy_source(const MappingCall& call, bool plus_is_blank) {
    const std::string header = call.parameters.first("CopySource").value_or("");
    std::string_view text = header;
    if (text.starts_with('/')) text.remove_prefix(1);
    CopySource source;
    if (const auto mark = text.find('?'); mark != std::string_view::npos) {
        const auto query = text.substr(mark);
        text = text.substr(0, mark);
        if (!query.starts_with(version_mark) || query.find_first_of("?&%+", 1) != std::string_view::npos ||
            query.size() == version_mark.size()) {
            return cannot_map(call, "what follows the key of the copy source is not a version");
        }
        source.version = query.substr(version_mark.size());
    }
    auto decoded = percent_decode(text, plus_is_blank);
    if (!decoded || !is_text(*decoded) || decoded->contains(version_mark) || has_dot_segment(*decoded)) {
        return cannot_map(call, "its copy source can be read in two ways");
    }
    source.name = std::move(*decoded);
    const auto slash = source.name.find('/');
    if (slash == 0 || slash == std::string::npos || slash + 1 == source.name.size()) {
        return cannot_map(call, "its copy source does not name a bucket and a key");
    }
    return source;
}

Result<std::string> source_arn(const MappingCall& call, const CopySource& source) {
    if (!source.name.starts_with("arn:")) {
        return fmt::format("arn:{}:s3:::{}", call.place.partition, source.name);
    }
    const auto arn = parse_arn(source.name);
    if (!arn || arn->service != "s3" || !arn->resource.starts_with("accesspoint/") ||
        arn->resource.find("/object/") == std::string_view::npos) {
        return cannot_map(call, "its copy source is not the ARN of an object behind an access point");
    }
    if (auto why = misplaced_arn(source.name, call.place); !why.empty()) return cannot_map(call, why);
    return source.name;
}

Result<void> add_source(const MappingCall& call, Demands& demands, bool plus_is_blank) {
    auto source = read_copy_source(call, plus_is_blank);
    if (!source) return std::unexpected(std::move(source.error()));
    auto arn = source_arn(call, *source);
    if (!arn) return std::unexpected(std::move(arn.error()));
    std::vector<RequestKey> keys;
    if (!source->version.empty()) keys.push_back({"s3:versionid", {source->version}, false});
    const std::string_view version = source->version.empty() ? "" : "Version";
    demands.push_back({.action = fmt::format("s3:GetObject{}", version), .resource = *arn, .keys = keys});
    if (call.parameters.first("TaggingDirective") == "COPY") {
        demands.push_back(
            {.action = fmt::format("s3:GetObject{}Tagging", version), .resource = *arn, .keys = keys});
    }
    return {};
}

/// Of the header x-amz-tagging, a query string, or of the tag set in the body.
}  // namespace

std::optional<std::vector<std::pair<std::string, std::string>>> s3_given_tags(const Parameters& parameters) {
    if (const auto header = parameters.first("Tagging")) return s3_tags_of_header(*header);
    static const TagPlaces places{{{"Tagging.TagSet", "Key", "Value"}}, {}};
    return read_tags(places, parameters).tags;
}

std::optional<std::vector<std::pair<std::string, std::string>>> s3_tags_of_header(std::string_view header) {
    std::vector<std::pair<std::string, std::string>> tags;
    for (const auto& part : header | std::views::split('&')) {
        const std::string_view pair(part);
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto key = percent_decode(pair.substr(0, equals), true);
        auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!key || !value || !is_text(*key) || !is_text(*value)) return std::nullopt;
        tags.emplace_back(std::move(*key), std::move(*value));
    }
    return tags;
}

Result<std::string> s3_bucket_arn(std::string_view bucket, const MappingCall& call) {
    if (!bucket.starts_with("arn:")) return fmt::format("arn:{}:s3:::{}", call.place.partition, bucket);
    const auto arn = parse_arn(bucket);
    if (!arn || arn->service != "s3" || !arn->resource.starts_with("accesspoint/")) {
        return cannot_map(call, fmt::format("{} is not the ARN of an access point", bucket));
    }
    return std::string(bucket);
}

Result<std::string> s3_objects_arn(std::string_view bucket, const MappingCall& call) {
    auto arn = s3_bucket_arn(bucket, call);
    if (arn && bucket.starts_with("arn:")) *arn += "/object";
    return arn;
}

Result<void> s3_copy_source(const MappingCall& call, Demands& demands) {
    if (auto added = add_source(call, demands, false); !added) return added;
    // A plus sign is itself to some servers and a blank to others: both objects must be readable.
    const bool has_plus = call.parameters.first("CopySource").value_or("").contains('+');
    return has_plus ? add_source(call, demands, true) : Result<void>{};
}

Result<void> s3_delete_objects(const MappingCall& call, Demands& demands) {
    const auto bucket = call.parameters.first("Bucket");
    if (!bucket || bucket->empty()) return cannot_map(call, "it does not tell Bucket");
    auto objects = s3_objects_arn(*bucket, call);
    if (!objects) return std::unexpected(std::move(objects.error()));
    if (auto why = misplaced_arn(*objects, call.place); !why.empty()) return cannot_map(call, why);
    const bool bypasses = call.parameters.first("BypassGovernanceRetention").value_or("false") != "false";
    const auto count = count_elements(call, "Delete.Objects");
    if (!count) return std::unexpected(count.error());
    for (std::size_t i = 0; i < *count; ++i) {
        const auto key = call.parameters.first(fmt::format("Delete.Objects[{}].Key", i));
        if (!key || key->empty() || has_dot_segment(*key)) {
            return cannot_map(call, "one of the objects to delete has no key that all servers read alike");
        }
        MappedDemand demand{.action = "s3:DeleteObject", .resource = fmt::format("{}/{}", *objects, *key)};
        if (auto version = call.parameters.first(fmt::format("Delete.Objects[{}].VersionId", i))) {
            demand.action = "s3:DeleteObjectVersion";
            demand.keys.push_back({"s3:versionid", {std::move(*version)}, false});
        }
        if (auto etag = call.parameters.first(fmt::format("Delete.Objects[{}].ETag", i))) {
            demand.keys.push_back({"s3:if-match", {std::move(*etag)}, false});
        }
        demands.push_back(demand);
        if (bypasses)
            demands.push_back({.action = "s3:BypassGovernanceRetention", .resource = demand.resource});
    }
    return {};
}

Result<void> s3_copy_source_key(const MappingCall& call, MappedDemand& demand) {
    if (!call.parameters.has("CopySource")) return {};
    auto source = read_copy_source(call, false);
    if (!source) return std::unexpected(std::move(source.error()));
    demand.keys.push_back({"s3:x-amz-copy-source", {std::move(source->name)}, false});
    return {};
}

Result<void> s3_object_creation(const MappingCall& call, MappedDemand& demand) {
    static constexpr auto creating =
        std::to_array<std::string_view>({"CompleteMultipartUpload", "CopyObject", "PutObject"});
    const bool creates = std::ranges::find(creating, call.operation.name) != creating.end();
    demand.keys.push_back({"s3:ObjectCreationOperation", {creates ? "true" : "false"}, false});
    return {};
}

Result<void> s3_remaining_retention(const MappingCall& call, MappedDemand& demand) {
    if (call.parameters.has("ObjectLockRetainUntilDate") ||
        call.parameters.has("Retention.RetainUntilDate")) {
        demand.untold_keys.emplace_back("s3:object-lock-remaining-retention-days");
    }
    return {};
}

Result<void> s3_request_object_tags(const MappingCall& call, MappedDemand& demand) {
    auto tags = s3_given_tags(call.parameters);
    if (!tags) return cannot_map(call, "its tags are not a query string");
    if (tags->size() > request_keys_max) return cannot_map(call, "it has too many tags");
    std::vector<std::string> names;
    for (auto& [key, value] : *tags) {
        demand.keys.push_back({"s3:RequestObjectTag/" + key, {std::move(value)}, false});
        names.push_back(std::move(key));
    }
    if (!names.empty()) demand.keys.push_back({"s3:RequestObjectTagKeys", std::move(names), true});
    return {};
}

}  // namespace writ::gateway::internal
