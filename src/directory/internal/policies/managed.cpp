#include "directory/internal/policies/managed.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "base/arn.h"
#include "crypto/hash.h"
#include "directory/internal/entities.h"
#include "directory/internal/names.h"

namespace writ::directory {
namespace {

constexpr std::string_view service_role_path = "/aws-service-role/";
constexpr std::string_view root_task_path = "/root-task/";
constexpr std::string_view published_arns = "arn:aws:";  ///< As the reference has them.

std::vector<NamedAwsPolicy> sorted_by_name() {
    std::vector<NamedAwsPolicy> policies;
    policies.reserve(reference::managed_policy_count());
    for (std::size_t i = 0; i < reference::managed_policy_count(); ++i) {
        const reference::ManagedPolicy& policy = reference::managed_policy(i);
        policies.push_back({fold(policy.name), &policy});
    }
    std::ranges::sort(policies, {}, &NamedAwsPolicy::name_folded);
    return policies;
}

/// The stored spelling of the ARN of a policy of either kind; nothing when there is none.
Result<std::optional<std::string>> stored_arn(const AccountView& account, std::string_view arn) {
    if (find_aws_policy(account.environment.partition, arn) != nullptr) return std::string(arn);
    auto record = find_policy_record(account, arn);
    if (!record) return std::unexpected(std::move(record.error()));
    if (!*record) return std::nullopt;
    return std::move((*record)->arn);
}

}  // namespace

const reference::ManagedPolicy* find_aws_policy(std::string_view partition, std::string_view arn) {
    // The table also has what AWS publishes for Organizations.
    constexpr std::string_view behind_partition = ":iam::aws:policy/";
    const auto parts = parse_arn(arn);
    if (!parts || parts->partition != partition) return nullptr;
    const std::string_view rest = arn.substr(arn.find(':') + 1 + partition.size());
    if (!rest.starts_with(behind_partition)) return nullptr;
    return reference::find_managed_policy("arn:aws" + std::string(rest));
}

std::string arn_in(std::string_view partition, const reference::ManagedPolicy& aws) {
    std::string arn = "arn:";
    return arn.append(partition).append(aws.arn.substr(published_arns.size() - 1));
}

std::string document_in(std::string_view partition, const reference::ManagedPolicy& aws) {
    std::string document = reference::managed_policy_document(aws);
    if (partition == "aws") return document;
    const std::string ours = "arn:" + std::string(partition) + ":";
    for (std::size_t at = document.find(published_arns); at != std::string::npos;
         at = document.find(published_arns, at + ours.size())) {
        document.replace(at, published_arns.size(), ours);
    }
    return document;
}

std::string aws_policy_id(const reference::ManagedPolicy& aws) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    constexpr std::size_t characters = 16;
    const crypto::Digest digest = crypto::sha256(aws.arn);
    std::string id = "ANPAI";  // Fifth character I: of the form that holds no account (spec S16).
    for (std::size_t i = 0; i < characters; ++i) {
        id += alphabet[std::to_integer<std::size_t>(digest[i]) % alphabet.size()];
    }
    return id;
}

std::span<const NamedAwsPolicy> aws_policies_by_name() {
    static const std::vector<NamedAwsPolicy> policies = sorted_by_name();
    return policies;
}

Policy to_policy(std::string_view partition, const reference::ManagedPolicy& aws) {
    return {.policy_id = aws_policy_id(aws),
            .name = std::string(aws.name),
            .path = std::string(aws.path),
            .arn = arn_in(partition, aws),
            .default_version_id = std::string(aws.version_id),
            .description = {},
            .attachable = aws.path != root_task_path,
            .created_at = parse_iso8601(aws.created).value_or(Instant{}),
            .updated_at = parse_iso8601(aws.updated).value_or(Instant{}),
            .tags = {}};
}

Policy to_policy(const store::Policy& record) {
    return {.policy_id = record.policy_id,
            .name = record.name,
            .path = record.path,
            .arn = record.arn,
            .default_version_id = version_id_of(record.default_version),
            .description = record.description,
            .attachable = true,
            .created_at = record.created_at,
            .updated_at = record.updated_at,
            .tags = {}};
}

std::string version_id_of(std::int64_t version) {
    return "v" + std::to_string(version);
}

std::optional<std::int64_t> version_of(std::string_view version_id) noexcept {
    if (version_id.size() < 2 || version_id.front() != 'v' || version_id[1] == '0') return std::nullopt;
    std::int64_t version = 0;
    const char* const end = version_id.data() + version_id.size();
    const auto [rest, error] = std::from_chars(version_id.data() + 1, end, version);
    if (error != std::errc{} || rest != end || version < 1) return std::nullopt;
    return version;
}

std::optional<PolicyPlace> place_of(std::string_view arn) noexcept {
    constexpr std::string_view type = "policy";
    const auto parts = parse_arn(arn);
    if (!parts || parts->service != "iam" || !parts->region.empty()) return std::nullopt;
    if (!parts->resource.starts_with("policy/")) return std::nullopt;
    const std::string_view path_and_name = parts->resource.substr(type.size());
    const std::size_t name_begin = path_and_name.rfind('/') + 1;
    return PolicyPlace{path_and_name.substr(0, name_begin), path_and_name.substr(name_begin)};
}

Error policy_not_found(std::string_view arn) {
    return {"NoSuchEntity", 404, "Policy " + std::string(arn) + " was not found."};
}

Result<store::Policy> own_policy(const AccountView& account, std::string_view arn) {
    if (find_aws_policy(account.environment.partition, arn) != nullptr) {
        return fail("AccessDenied", 403, "Policy is outside your own account.");
    }
    return policy_by_arn(account, arn);
}

Result<std::string> attachable_policy(const AccountView& account, std::string_view arn) {
    auto stored = stored_arn(account, arn);
    if (!stored) return std::unexpected(std::move(stored.error()));
    if (!*stored) {
        return fail("NoSuchEntity", 404,
                    "Policy " + std::string(arn) + " does not exist or is not attachable.");
    }
    if (const auto* aws = find_aws_policy(account.environment.partition, arn)) {
        if (aws->path.starts_with(service_role_path)) {
            return fail("PolicyNotAttachable", 400,
                        "Cannot attach a Service Role Policy to a Customer Role.");
        }
        if (aws->path == root_task_path) {  // Only AssumeRoot uses them; the words are ours [I].
            return fail("PolicyNotAttachable", 400,
                        "Policy " + std::string(arn) + " does not exist or is not attachable.");
        }
    }
    return std::move(**stored);
}

Result<std::string> existing_policy(const AccountView& account, std::string_view arn) {
    auto stored = stored_arn(account, arn);
    if (!stored) return std::unexpected(std::move(stored.error()));
    if (!*stored) return std::unexpected(policy_not_found(arn));
    return std::move(**stored);
}

}  // namespace writ::directory
