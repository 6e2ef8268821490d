#include "policy/internal/validation/resource_text.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/partition.h"
#include "policy/internal/suggest.h"

namespace writ::policy::internal {
namespace {

// The message of AWS lists all but "root", which AWS's own policies use for sts:AssumeRoot.
constexpr auto iam_paths = std::to_array<std::string_view>(
    {"user/", "federated-user/", "role/", "group/", "instance-profile/", "mfa/", "server-certificate/",
     "policy/", "sms-mfa/", "saml-provider/", "oidc-provider/", "report/", "access-report/"});
// The reference has them since; whether the message does is not known [I].
constexpr auto newer_iam_paths = std::to_array<std::string_view>({"delegation-request/", "role-template/"});

bool has_wildcard(std::string_view text) {
    return text.find_first_of("*?") != std::string_view::npos;
}

// The parts of an ARN as far as they were written; colons of the sixth stay in it.
struct Parts {
    std::array<std::string_view, 6> text;
    std::size_t count = 0;
};

Parts split(std::string_view resource) {
    Parts parts;
    while (parts.count < 5) {
        const std::size_t colon = resource.find(':');
        parts.text.at(parts.count++) = resource.substr(0, colon);
        if (colon == std::string_view::npos) return parts;
        resource.remove_prefix(colon + 1);
    }
    parts.text.at(parts.count++) = resource;
    return parts;
}

ResourceDefect not_an_arn(std::string_view resource) {
    return {"Resource " + std::string(resource) + R"( must be in ARN format or "*".)",
            "Write \"*\" or an ARN such as \"arn:aws:s3:::bucket/*\"."};
}

std::optional<ResourceDefect> partition_defect(const Parts& parts) {
    const std::string_view partition = parts.text[1];
    // AWS forbids wildcards here, yet its own managed policies say "arn:*:" (spec R5).
    std::vector<std::string_view> names;
    for (const Partition& known : partitions()) names.push_back(known.name);
    if (partition == "*" || std::ranges::find(names, partition) != names.end()) return std::nullopt;
    std::string arn = "arn:" + std::string(partition);
    for (std::size_t i = 2; i < parts.text.size(); ++i)
        arn.append(":").append(i < parts.count ? parts.text.at(i) : "*");
    return ResourceDefect{
        "Partition \"" + std::string(partition) + "\" is not valid for resource \"" + arn + "\".",
        partition.starts_with("${")
            ? "Policy variables have a value only behind the fifth colon. Write the partition out, or \"*\"."
            : "The partition stands between the first two colons." + did_you_mean(partition, names)};
}

std::optional<ResourceDefect> region_defect(const Parts& parts, std::string_view resource) {
    if (parts.count < 4 || parts.text[3].empty()) return std::nullopt;
    if (parts.text[2] == "iam")
        return ResourceDefect{"IAM resource " + std::string(resource) + " cannot contain region information.",
                              "IAM has no regions: leave the part between the third and fourth colon empty."};
    // Access points, jobs and grants of S3 have regions and always an account; buckets have neither.
    if (parts.text[2] == "s3" && parts.count > 4 && parts.text[4].empty())
        return ResourceDefect{
            "Resource " + std::string(resource) + " can not contain region information.",
            "Names of buckets are global: leave the part between the third and fourth colon empty."};
    return std::nullopt;
}

std::optional<ResourceDefect> iam_path_defect(const Parts& parts) {
    if (parts.text[2] != "iam" || parts.count < 5) return std::nullopt;
    const std::string_view path = parts.text[5];
    if (path == "*" || path == "root") return std::nullopt;
    const auto begins = [&](std::string_view start) { return path.starts_with(start); };
    if (std::ranges::any_of(iam_paths, begins) || std::ranges::any_of(newer_iam_paths, begins))
        return std::nullopt;
    std::string message = R"(IAM resource path must either be "*" or start with )";
    for (const std::string_view start : iam_paths)
        message.append(start).append(start == iam_paths.back() ? "." : ", ");
    const std::string_view type = path.substr(0, std::min(path.find('/'), path.size() - 1) + 1);
    return ResourceDefect{std::move(message),
                          quoted(path) + " is no kind of IAM resource." + did_you_mean(type, iam_paths)};
}

// R6: IAM fills up what is missing; STS and Organizations do not. An SCP may end in a wildcard.
std::optional<ResourceDefect> incomplete(const Parts& parts, std::string_view resource, PolicyType type) {
    if (parts.count == 6) return std::nullopt;
    const bool refused = type == PolicyType::session || type == PolicyType::rcp ||
                         (type == PolicyType::scp && !resource.ends_with('*'));
    if (!refused) return std::nullopt;
    ResourceDefect defect = not_an_arn(resource);
    defect.hint = quoted(resource) + " has " + std::to_string(parts.count) + " of the six parts of an ARN.";
    return defect;
}

}  // namespace

std::optional<ResourceDefect> form_defect(std::string_view resource, PolicyType type) {
    if (resource == "*") return std::nullopt;
    const Parts parts = split(resource);
    if (parts.count < 2) return not_an_arn(resource);
    // Other services have short forms of their own, such as "execute-api:/stage/*" [I].
    if (type == PolicyType::resource) return std::nullopt;
    if (auto defect = partition_defect(parts)) return defect;
    if (parts.text[0] != "arn") return not_an_arn(resource);
    if (parts.count < 3 || has_wildcard(parts.text[2]))
        return ResourceDefect{"Resource vendor must be fully qualified and cannot contain regexes.",
                              "Name the service behind the second colon, as in \"arn:aws:s3:::bucket\"."};
    if (parts.text[2].empty()) return std::nullopt;  // Step 3 has a word to say.
    if (auto defect = region_defect(parts, resource)) return defect;
    if (auto defect = iam_path_defect(parts)) return defect;
    return incomplete(parts, resource, type);
}

std::optional<std::string> legacy_defect(std::string_view resource, PolicyType type) {
    if (resource == "*" || type == PolicyType::resource || form_defect(resource, type)) return std::nullopt;
    const Parts parts = split(resource);
    if (parts.text[2].empty())
        return quoted(resource) + " names no service between its second and third colon.";
    if (parts.count == 6 || resource.find("::") == std::string_view::npos) return std::nullopt;
    return quoted(resource) +
           " has fewer than five colons. Bucket ARNs have three of them in a row: "
           "\"arn:aws:s3:::bucket\".";
}

}  // namespace writ::policy::internal
