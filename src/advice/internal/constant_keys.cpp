#include "advice/internal/constant_keys.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace writ::advice::internal {
namespace {

/// A condition key that narrows what somebody may do, as against one that tells how he happened to ask.
struct NarrowingKey {
    std::string_view name;  ///< A last '/' or ':' stands for every key that begins so.
    bool without_resource_only = false;
};
constexpr auto narrowing_keys = std::to_array<NarrowingKey>({
    {"aws:RequestedRegion", true},  // An ARN names its region.
    {"dynamodb:LeadingKeys"},
    {"ec2:CreateAction"},
    {"ec2:InstanceType"},
    {"events:detail-type"},
    {"events:source"},
    {"iam:PassedToService"},
    {"kms:EncryptionContext:"},
    {"kms:GrantOperations"},
    {"kms:ViaService"},
    {"lambda:FunctionUrlAuthType"},
    {"s3:prefix"},
    {"s3:x-amz-acl"},
    {"s3:x-amz-server-side-encryption"},
    {"s3:x-amz-server-side-encryption-aws-kms-key-id"},
    {"s3:x-amz-storage-class"},
    {"secretsmanager:VersionStage"},
    {"sns:Protocol"},
});

bool narrows(const directory::UseKey& key, bool has_resource) {
    return std::ranges::any_of(narrowing_keys, [&](const NarrowingKey& row) {
        if (row.without_resource_only && has_resource) return false;
        if (row.name.ends_with(':')) {
            return key.name.size() > row.name.size() &&
                   equals_ignoring_case(key.name.substr(0, row.name.size()), row.name);
        }
        return equals_ignoring_case(key.name, row.name);
    });
}

bool has(const directory::RecordedUse& use, const directory::UseKey& key) {
    return std::ranges::find(use.context, key) != use.context.end();
}

}  // namespace

std::vector<ConstantKey> constant_keys(std::span<const directory::RecordedUse* const> uses) {
    std::vector<ConstantKey> constant;
    if (uses.empty()) return constant;
    const directory::RecordedUse& first = *uses.front();
    for (const directory::UseKey& key : first.context) {
        if (key.values.empty() || !narrows(key, first.resource != "*")) continue;
        if (!std::ranges::all_of(uses, [&](const auto* use) { return has(*use, key); })) continue;
        if (!key.multivalued) {
            constant.push_back({"StringEquals", key.name, key.values});
            continue;
        }
        // A set operator alone would hold for requests without the key (spec C10).
        constant.push_back({"ForAllValues:StringEquals", key.name, key.values});
        constant.push_back({"Null", key.name, {"false"}});
    }
    std::ranges::sort(constant);
    return constant;
}

}  // namespace writ::advice::internal
