#include "api/audit/resources.h"

#include <algorithm>
#include <array>

#include "base/arn.h"

namespace writ::api::audit {
namespace {

struct ResourceTypeName {
    std::string_view service;
    std::string_view resource;  ///< As in the ARN, up to the first slash or colon; empty: any.
    std::string_view name;
};
constexpr auto type_names = std::to_array<ResourceTypeName>({
    {"iam", "group", "AWS::IAM::Group"},
    {"iam", "instance-profile", "AWS::IAM::InstanceProfile"},
    {"iam", "mfa", "AWS::IAM::VirtualMFADevice"},
    {"iam", "oidc-provider", "AWS::IAM::OIDCProvider"},
    {"iam", "policy", "AWS::IAM::ManagedPolicy"},
    {"iam", "role", "AWS::IAM::Role"},
    {"iam", "saml-provider", "AWS::IAM::SAMLProvider"},
    {"iam", "server-certificate", "AWS::IAM::ServerCertificate"},
    {"iam", "user", "AWS::IAM::User"},
    {"dynamodb", "table", "AWS::DynamoDB::Table"},
    {"ecr", "repository", "AWS::ECR::Repository"},
    {"events", "event-bus", "AWS::Events::EventBus"},
    {"events", "rule", "AWS::Events::Rule"},
    {"kinesis", "stream", "AWS::Kinesis::Stream"},
    {"kms", "key", "AWS::KMS::Key"},
    {"lambda", "function", "AWS::Lambda::Function"},
    {"logs", "log-group", "AWS::Logs::LogGroup"},
    {"secretsmanager", "secret", "AWS::SecretsManager::Secret"},
    {"sns", "", "AWS::SNS::Topic"},
    {"sqs", "", "AWS::SQS::Queue"},
    {"ssm", "parameter", "AWS::SSM::Parameter"},
    {"states", "stateMachine", "AWS::StepFunctions::StateMachine"},
    {"organizations", "account", "AWS::Organizations::Account"},
    {"organizations", "organization", "AWS::Organizations::Organization"},
    {"organizations", "ou", "AWS::Organizations::OrganizationalUnit"},
    {"organizations", "policy", "AWS::Organizations::Policy"},
    {"organizations", "resourcepolicy", "AWS::Organizations::ResourcePolicy"},
});

/// Empty: it has none.
std::string_view type_of(const ArnView& arn) noexcept {
    if (arn.service == "s3" && arn.account.empty()) {
        return arn.resource.contains('/') ? "AWS::S3::Object" : "AWS::S3::Bucket";
    }
    const std::string_view kind = arn.resource.substr(0, arn.resource.find_first_of("/:"));
    const auto* const known = std::ranges::find_if(type_names, [&](const ResourceTypeName& row) {
        return row.service == arn.service && (row.resource.empty() || row.resource == kind);
    });
    return known == type_names.end() ? std::string_view{} : known->name;
}

void add(std::vector<std::string>& arns, const std::string& text) {
    const bool is_one = parse_arn(text).has_value() && !text.ends_with('/') && !text.contains('\n');
    if (is_one && std::ranges::find(arns, text) == arns.end()) arns.push_back(text);
}

}  // namespace

std::vector<std::string> arns_of(const Target& target) {
    std::vector<std::string> arns;
    add(arns, target.arn);
    for (const Target& also : target.also) add(arns, also.arn);
    for (const Target& companion : target.companions) add(arns, companion.arn);
    return arns;
}

void write_resource(Writer& writer, std::string_view text) {
    const auto arn = parse_arn(text);
    writer.StartObject();
    write(writer, "ARN", text);
    if (arn && !arn->account.empty()) write(writer, "accountId", arn->account);
    const std::string_view type = arn ? type_of(*arn) : std::string_view{};
    if (!type.empty()) write(writer, "type", type);
    writer.EndObject();
}

}  // namespace writ::api::audit
