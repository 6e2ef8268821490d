#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/arn.h"
#include "base/text.h"
#include "gateway/internal/mapping/resource_template.h"
#include "gateway/services/services.h"

/// AWS Systems Manager: the Parameter Store, tags, commands and sessions by hand, the rest by the general
/// rule. Sources: "API operations defined by AWS Systems Manager" in the Service Authorization Reference, and
/// the user guide on parameter hierarchies.
namespace writ::gateway::internal {
namespace {

/// "/db/password:3" → the ARN of parameter/db/password: what follows the colon selects a version or label.
Result<std::string> parameter(std::string_view name, const MappingCall& call) {
    if (name.starts_with("arn:")) {
        const auto arn = parse_arn(name);
        const std::string_view resource = arn ? arn->resource : std::string_view{};
        const auto colon = resource.find(':');
        if (colon != std::string_view::npos) name.remove_suffix(resource.size() - colon);
        return name_or_arn(arn_in(call.place, "ssm", "parameter/"), name, call);
    }
    name = name.substr(0, name.find(':'));
    if (name.starts_with("/aws/reference/secretsmanager")) {
        return cannot_map(call, fmt::format("{} is a secret; read it from Secrets Manager", name));
    }
    if (name.empty()) return cannot_map(call, "it does not tell a parameter");
    return arn_in(call.place, "ssm", fmt::format("parameter{}{}", name.starts_with('/') ? "" : "/", name));
}

/// A path with or without a slash at its end; "/" is the root of all.
Result<std::string> path(std::string_view name, const MappingCall& call) {
    if (!name.starts_with('/')) return cannot_map(call, fmt::format("{} is not a path", name));
    while (name.size() > 1 && name.ends_with('/')) name.remove_suffix(1);
    return parameter(name, call);
}

/// Documents whose names begin so are of AWS, and their ARN has no account.
Result<std::string> document(std::string_view name, const MappingCall& call) {
    const std::string folded = ascii_lower(name.substr(0, 6));
    MappingPlace place = call.place;
    if (folded.starts_with("aws") || folded.starts_with("amazon") || folded.starts_with("amzn"))
        place.account = {};
    return name_or_arn(arn_in(place, "ssm", "document/"), name, call);
}

/// ResourceType says what ResourceId is.
Result<std::string> tagged_resource(std::string_view id, const MappingCall& call) {
    struct Kind {
        std::string_view type, begin;
    };
    static constexpr auto kinds = std::to_array<Kind>({{"Association", "association/"},
                                                       {"Automation", "automation-execution/"},
                                                       {"MaintenanceWindow", "maintenancewindow/"},
                                                       {"ManagedInstance", "managed-instance/"},
                                                       {"OpsItem", "opsitem/"},
                                                       {"OpsMetadata", "opsmetadata/"},
                                                       {"PatchBaseline", "patchbaseline/"}});
    const std::string type = call.parameters.first("ResourceType").value_or("");
    if (type == "Parameter") return parameter(id, call);
    if (type == "Document") return document(id, call);
    const auto kind = std::ranges::find(kinds, type, &Kind::type);
    if (kind == kinds.end()) return cannot_map(call, fmt::format("{} is no known type of a resource", type));
    return name_or_arn(arn_in(call.place, "ssm", kind->begin), id, call);
}

/// An instance of EC2, or a machine that was registered.
Result<std::string> node(std::string_view id, const MappingCall& call) {
    if (id.starts_with("i-")) return arn_in(call.place, "ec2", fmt::format("instance/{}", id));
    if (id.starts_with("mi-")) return arn_in(call.place, "ssm", fmt::format("managed-instance/{}", id));
    return cannot_map(call, fmt::format("{} is no instance", id));
}

/// Instances by their tags are known to AWS alone.
Result<void> send_command(const MappingCall& call, Demands&) {
    if (!call.parameters.has("Targets")) return {};
    return cannot_map(call, "which instances its targets are is not known here; list them in InstanceIds");
}

/// By path, with or without a slash in front, or by ARN.
Result<std::string> setting(std::string_view id, const MappingCall& call) {
    if (id.starts_with("arn:")) return name_or_arn(arn_in(call.place, "ssm", "servicesetting/"), id, call);
    if (id.starts_with('/')) id.remove_prefix(1);
    return arn_in(call.place, "ssm", fmt::format("servicesetting/{}", id));
}

constexpr std::string_view one = "{Name|parameter}";
constexpr std::string_view execution = "arn:{partition}:ssm:{region}:{account}:automation-execution/*";
constexpr std::string_view tagged = "{ResourceId|tagged}";

constexpr auto demands = std::to_array<DemandRow>({
    {"AddTagsToResource", "ssm:AddTagsToResource", tagged},
    {"DeleteParameter", "ssm:DeleteParameter", one},
    {"DeleteParameters", "ssm:DeleteParameters", "{Names[]|parameter}"},
    {"GetParameter", "ssm:GetParameter", one},
    {"GetParameterHistory", "ssm:GetParameterHistory", one},
    {"GetParameters", "ssm:GetParameters", "{Names[]|parameter}"},
    {"GetParametersByPath", "ssm:GetParametersByPath", "{Path|path}"},
    {"LabelParameterVersion", "ssm:LabelParameterVersion", one},
    {"ListTagsForResource", "ssm:ListTagsForResource", tagged},
    {"PutParameter", "ssm:PutParameter", one},
    {"PutParameter", "ssm:AddTagsToResource", one, "Tags[]"},
    {"RemoveTagsFromResource", "ssm:RemoveTagsFromResource", tagged},
    {"SendCommand", "ssm:SendCommand", "{DocumentName|document}"},
    {"SendCommand", "ssm:SendCommand", "{InstanceIds[]|node}"},
    {"SendCommand", "ssm:SendCommand", "arn:{partition}:s3:::{OutputS3BucketName}", "OutputS3BucketName"},
    {"SendCommand", "iam:PassRole", "arn:{partition}:iam::{account}:role/{ServiceRoleArn|arn}",
     "ServiceRoleArn", "iam:PassedToService=ssm.amazonaws.com"},
    {"StartAutomationExecution", "ssm:StartAutomationExecution", "{DocumentName|document}"},
    {"StartAutomationExecution", "ssm:StartAutomationExecution", execution},
    {"StartAutomationExecution", "ssm:AddTagsToResource", execution, "Tags[]"},
    {"StartAutomationExecution", "iam:PassRole",
     "arn:{partition}:iam::{account}:role/{Parameters{AutomationAssumeRole}[]|arn}",
     "Parameters{AutomationAssumeRole}", "iam:PassedToService=ssm.amazonaws.com"},
    {"StartSession", "ssm:StartSession", "{Target|node}"},
    {"StartSession", "ssm:StartSession", "{DocumentName|document}", "DocumentName"},
    {"UnlabelParameterVersion", "ssm:UnlabelParameterVersion", one},
});

constexpr auto rules = std::to_array<RuleRow>({
    {"SendCommand", send_command, "refused with `Targets`"},
});

constexpr auto types = std::to_array<TypeRow>({
    {"document", "{Name|document}"},
    {"maintenancewindow", "arn:{partition}:ssm:{region}:{account}:maintenancewindow/{WindowId}"},
    {"opsitem", "arn:{partition}:ssm:{region}:{account}:opsitem/{OpsItemId}"},
    {"parameter", one},
    {"patchbaseline", "arn:{partition}:ssm:{region}:{account}:patchbaseline/{BaselineId|arn}"},
    {"servicesetting", "{SettingId|setting}"},
    {"windowtarget", "arn:{partition}:ssm:{region}:{account}:windowtarget/{WindowTargetId}"},
    {"windowtask", "arn:{partition}:ssm:{region}:{account}:windowtask/{WindowTaskId}"},
});

constexpr auto readers = std::to_array<ValueReader>({{"document", document},
                                                     {"node", node},
                                                     {"parameter", parameter},
                                                     {"path", path},
                                                     {"setting", setting},
                                                     {"tagged", tagged_resource}});

}  // namespace

const ServiceRows ssm_rows{.service = "ssm",
                           .prefix = "ssm",
                           .demands = demands,
                           .rules = rules,
                           .types = types,
                           .readers = readers};

}  // namespace writ::gateway::internal
