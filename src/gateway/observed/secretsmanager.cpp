#include "base/arn.h"
#include "gateway/observed/observed_rows.h"

/// AWS Secrets Manager: https://docs.aws.amazon.com/secretsmanager/latest/apireference/
///
/// The ARN of a secret ends in six characters that only answers tell. What is learnt is the ARN behind the
/// one without them.
namespace writ::gateway {
namespace {

using directory::FactKind;

/// As the gateway names the secret: other servers may write another account. Empty: it is no secret.
std::string told_arn(const ObservedRequest& request, const Answer& secret) {
    const std::string text = secret.first("ARN");
    const auto arn = parse_arn(text);
    const std::string begin = "secret:" + secret.first("Name");
    constexpr std::size_t end_characters = 7;  // "-AbCdEf".
    const bool is_sound = arn && arn->service == "secretsmanager" && arn->resource.starts_with(begin + "-") &&
                          arn->resource.size() == begin.size() + end_characters;
    return is_sound ? arn_of(request, "secretsmanager", arn->resource) : std::string();
}

void learn_secret(const ObservedRequest& request, const Answer& secret, ResourceChanges& changes) {
    learn(request, changes,
          {FactKind::secret_arn, arn_of(request, "secretsmanager", "secret:" + secret.first("Name")),
           told_arn(request, secret)});
}

void learn_new_secret(const ObservedRequest& request, const Answer& answer, ResourceChanges& changes) {
    learn_secret(request, answer, changes);
    auto tags = tags_of(request).tags;
    if (!tags.empty()) add_change(request, changes, SetTags{told_arn(request, answer), std::move(tags)});
}

void learn_list(const ObservedRequest& request, const Answer& answer, ResourceChanges& changes) {
    for (const Answer* secret : answer.at("SecretList")) learn_secret(request, *secret, changes);
}

/// Its ARN without the end.
std::string_view unended(std::string_view arn) {
    return arn.substr(0, arn.rfind('-'));
}

/// Secrets are got often: who named it by name named one that is known.
bool is_not_known(const ObservedRequest& request) {
    if (request.facts == nullptr) return true;
    return request.facts->secret_arn(unended(request.resource())) != request.resource();
}

/// Without a way back the name is free at once, and the next secret of that name has another ARN.
Result<void> forget_secret(const ObservedRequest& request, std::string_view path, ResourceChanges& changes) {
    if (request.parameters.first(path) != "true") return {};
    changes.push_back(
        {request.account, ForgetFact{FactKind::secret_arn, std::string(unended(request.resource()))}});
    return forget_resources(request, {}, changes);
}

constexpr auto rows = std::to_array<ObservedRow>({
    {"CreateSecret", nullptr, {}, learn_new_secret},
    {"DeleteResourcePolicy", delete_policy},
    {"DeleteSecret", forget_secret, "ForceDeleteWithoutRecovery"},
    {"DescribeSecret", nullptr, {}, learn_secret},
    {"GetSecretValue", nullptr, {}, learn_secret, is_not_known},
    {"ListSecrets", nullptr, {}, learn_list},
    {"PutResourcePolicy", put_policy, "ResourcePolicy"},
});

}  // namespace

constinit const ObservedService observed_secretsmanager{"secretsmanager", rows};

}  // namespace writ::gateway
