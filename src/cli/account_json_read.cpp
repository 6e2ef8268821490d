#include <cstdint>
#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <utility>

#include "base/bounded_depth.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/account_json.h"

namespace writ::cli {
namespace {

using Json = rapidjson::Value;
using directory::AccountDetails;
using directory::AttachedPolicy;
using directory::CarriedPolicies;
using directory::GroupDetail;
using directory::InlineDocument;
using directory::InstanceProfile;
using directory::PolicyDetail;
using directory::PolicyVersion;
using directory::ResourceDetail;
using directory::RoleDetail;
using directory::RoleLastUsed;
using directory::Tag;
using directory::UserDetail;

constexpr int depth_max = 100;  // An account has twelve.

/// Null: it is no JSON. Its texts lie in `text`, which must outlive it.
rapidjson::Document parse(std::string& text) {
    constexpr unsigned flags =
        rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseInsituFlag;
    rapidjson::Document document;
    if (!count_scalars(text))
        return document;  // Behind a scalar that the end cuts off RapidJSON would read on.
    auto read = [&](rapidjson::Document& into) {
        rapidjson::InsituStringStream stream(text.data());
        rapidjson::Reader reader;
        BoundedDepth bounded(into, depth_max);
        // A NUL ends the stream for RapidJSON, wherever it stands.
        return !reader.Parse<flags>(stream, bounded).IsError() && stream.Tell() == text.size();
    };
    document.Populate(read);
    return document;
}

const Json* find(const Json& object, const char* name) {
    const auto member = object.FindMember(name);
    return member == object.MemberEnd() ? nullptr : &member->value;
}

std::string text_of(const Json& string) {
    return {string.GetString(), string.GetStringLength()};
}

std::string printed(const Json& value) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    value.Accept(writer);
    return {buffer.GetString(), buffer.GetSize()};
}

/// What was found first to be wrong; everything else is read all the same.
class Reader {
  public:
    [[nodiscard]] const std::string& defect() const noexcept { return defect_; }

    template <class T>
    std::vector<T> list(const Json& object, const char* name, T (Reader::*read)(const Json&)) {
        std::vector<T> items;
        const Json* const member = find(object, name);
        if (member == nullptr) return items;
        if (!member->IsArray()) {
            complain(fmt::format("{} is no list", name));
            return items;
        }
        const std::string before = place_;
        items.reserve(member->Size());
        for (rapidjson::SizeType i = 0; i < member->Size(); ++i) {
            place_ = fmt::format("{}{}[{}].", before, name, i);
            const Json& item = (*member)[i];
            if (item.IsObject() || std::is_same_v<T, std::string>) {
                items.push_back((this->*read)(item));
            } else {
                complain("must be an object");
            }
        }
        place_ = before;
        return items;
    }

    UserDetail user(const Json& object) {
        UserDetail detail;
        detail.user = {.user_id = text(object, "UserId"),
                       .name = text(object, "UserName"),
                       .path = text(object, "Path"),
                       .arn = text(object, "Arn"),
                       .created_at = date(object, "CreateDate"),
                       .boundary_arn = boundary(object),
                       .tags = list(object, "Tags", &Reader::tag)};
        detail.policies = carried(object, "UserPolicyList");
        detail.group_names = list(object, "GroupList", &Reader::word);
        return detail;
    }

    GroupDetail group(const Json& object) {
        return {.group = {.group_id = text(object, "GroupId"),
                          .name = text(object, "GroupName"),
                          .path = text(object, "Path"),
                          .arn = text(object, "Arn"),
                          .created_at = date(object, "CreateDate")},
                .policies = carried(object, "GroupPolicyList")};
    }

    RoleDetail role(const Json& object) {
        RoleDetail detail;
        detail.role.role_id = text(object, "RoleId");
        detail.role.name = text(object, "RoleName");
        detail.role.path = text(object, "Path");
        detail.role.arn = text(object, "Arn");
        detail.role.trust_document = document(object, "AssumeRolePolicyDocument");
        detail.role.created_at = date(object, "CreateDate");
        detail.role.boundary_arn = boundary(object);
        detail.role.tags = list(object, "Tags", &Reader::tag);
        detail.role.last_used = last_used(object);
        detail.policies = carried(object, "RolePolicyList");
        detail.profiles = list(object, "InstanceProfileList", &Reader::profile);
        return detail;
    }

    PolicyDetail policy(const Json& object) {
        PolicyDetail detail;
        detail.policy.policy_id = text(object, "PolicyId");
        detail.policy.name = text(object, "PolicyName");
        detail.policy.path = text(object, "Path");
        detail.policy.arn = text(object, "Arn");
        detail.policy.default_version_id = text(object, "DefaultVersionId");
        detail.policy.created_at = date(object, "CreateDate");
        detail.policy.updated_at = date(object, "UpdateDate");
        detail.versions = list(object, "PolicyVersionList", &Reader::version);
        return detail;
    }

    ResourceDetail resource(const Json& object) {
        ResourceDetail detail{.arn = text(object, "Arn"), .policy = {}, .tags = {}};
        if (const Json* policy = find(object, "ResourcePolicyDocument")) {
            detail.policy = policy->IsNull() ? std::string() : document(object, "ResourcePolicyDocument");
        }
        detail.tags = list(object, "Tags", &Reader::tag);
        return detail;
    }

    std::string word(const Json& item) {
        if (item.IsString()) return text_of(item);
        complain("must be a text");
        return {};
    }

  private:
    void complain(std::string_view what) {
        if (defect_.empty()) defect_ = fmt::format("{}{}", place_, what);
    }

    std::string text(const Json& object, const char* name) {
        const Json* const member = find(object, name);
        if (member != nullptr && member->IsString()) return text_of(*member);
        complain(fmt::format("{} is missing or no text", name));
        return {};
    }

    Instant date(const Json& object, const char* name) {
        const auto instant = parse_iso8601(text(object, name));
        if (!instant) complain(fmt::format("{} is no date", name));
        return instant.value_or(Instant{});
    }

    std::string document(const Json& object, const char* name) {
        const Json* const member = find(object, name);
        if (member != nullptr && member->IsObject()) return printed(*member);
        const std::string encoded = text(object, name);
        return percent_decode(encoded).value_or(encoded);
    }

    /// A member that may be missing; null: it is, or is no object, which is complained of.
    const Json* part(const Json& object, const char* name) {
        const Json* const member = find(object, name);
        if (member == nullptr || member->IsNull()) return nullptr;
        if (member->IsObject()) return member;
        complain(fmt::format("{} is no object", name));
        return nullptr;
    }

    std::optional<std::string> boundary(const Json& object) {
        const Json* boundary = part(object, "PermissionsBoundary");
        if (boundary == nullptr) return std::nullopt;
        return text(*boundary, "PermissionsBoundaryArn");
    }

    std::optional<RoleLastUsed> last_used(const Json& object) {
        const Json* used = part(object, "RoleLastUsed");
        if (used == nullptr || find(*used, "LastUsedDate") == nullptr) return std::nullopt;
        return RoleLastUsed{date(*used, "LastUsedDate"),
                            find(*used, "Region") != nullptr ? text(*used, "Region") : std::string()};
    }

    CarriedPolicies carried(const Json& object, const char* inline_list) {
        return {list(object, inline_list, &Reader::inline_policy),
                list(object, "AttachedManagedPolicies", &Reader::attached)};
    }

    InlineDocument inline_policy(const Json& object) {
        return {text(object, "PolicyName"), document(object, "PolicyDocument")};
    }
    AttachedPolicy attached(const Json& object) {
        return {text(object, "PolicyName"), text(object, "PolicyArn")};
    }
    Tag tag(const Json& object) { return {text(object, "Key"), text(object, "Value")}; }
    InstanceProfile profile(const Json& object) {
        return {.profile_id = text(object, "InstanceProfileId"),
                .name = text(object, "InstanceProfileName"),
                .path = text(object, "Path"),
                .arn = text(object, "Arn"),
                .created_at = date(object, "CreateDate"),
                .role = {},
                .tags = {}};
    }
    PolicyVersion version(const Json& object) {
        const Json* const is_default = find(object, "IsDefaultVersion");
        return {.version_id = text(object, "VersionId"),
                .is_default = is_default != nullptr && is_default->IsTrue(),
                .document = document(object, "Document"),
                .created_at = date(object, "CreateDate")};
    }

    std::string place_;
    std::string defect_;
};

}  // namespace

std::expected<directory::AccountDetails, std::string> read_account(std::string text) {
    const rapidjson::Document json = parse(text);
    if (!json.IsObject()) return std::unexpected("it is no JSON object");
    if (find(json, "UserDetailList") == nullptr || find(json, "RoleDetailList") == nullptr) {
        return std::unexpected(
            "it is not what `aws iam get-account-authorization-details` prints: UserDetailList or "
            "RoleDetailList is missing");
    }
    if (const Json* const truncated = find(json, "IsTruncated");
        truncated != nullptr && truncated->IsTrue()) {
        return std::unexpected("it is only a part of the account: IsTruncated is true");
    }
    Reader reader;
    AccountDetails details{.users = reader.list(json, "UserDetailList", &Reader::user),
                           .roles = reader.list(json, "RoleDetailList", &Reader::role),
                           .groups = reader.list(json, "GroupDetailList", &Reader::group),
                           .policies = reader.list(json, "Policies", &Reader::policy),
                           .resources = reader.list(json, "ResourceDetailList", &Reader::resource),
                           .buckets = reader.list(json, "OwnedBuckets", &Reader::word),
                           .marker = {}};
    if (!reader.defect().empty()) return std::unexpected(reader.defect());
    return details;
}

}  // namespace writ::cli
