#include "gateway/observed/observed_rows.h"

/// AWS KMS: https://docs.aws.amazon.com/kms/latest/APIReference/
namespace writ::gateway {
namespace {

using directory::FactKind;

/// A key that is made has no name before the answer.
void learn_new_key(const ObservedRequest& request, const Answer& answer, ResourceChanges& changes) {
    const std::string id = answer.first("KeyMetadata.KeyId");
    if (id.empty()) return;
    const std::string arn = arn_of(request, "kms", "key/" + id);
    if (auto policy = request.parameters.first("Policy"); policy && !policy->empty()) {
        add_change(request, changes, PutPolicy{arn, std::move(*policy)});
    }
    if (auto tags = tags_of(request).tags; !tags.empty()) {
        add_change(request, changes, SetTags{arn, std::move(tags)});
    }
}

/// Of CreateAlias and UpdateAlias: the first resource is the alias, the last one the key.
Result<void> learn_alias(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    if (request.resources.size() < 2) return {};
    learn(request, changes,
          {FactKind::alias_key, request.resources.front().arn, request.resources.back().arn});
    return {};
}

Result<void> forget_alias(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    changes.push_back({request.account, ForgetFact{FactKind::alias_key, std::string(request.resource())}});
    return {};
}

void learn_aliases(const ObservedRequest& request, const Answer& answer, ResourceChanges& changes) {
    for (const Answer* alias : answer.at("Aliases")) {
        const std::string name = alias->first("AliasName"), key = alias->first("TargetKeyId");
        if (!name.starts_with("alias/") || key.empty()) continue;
        learn(request, changes,
              {FactKind::alias_key, arn_of(request, "kms", name), arn_of(request, "kms", "key/" + key)});
    }
}

/// A policy is looked at before the service makes the key.
Result<void> check_new_key(const ObservedRequest& request, std::string_view path, ResourceChanges&) {
    const auto policy = request.parameters.first(path);
    if (!policy || policy->empty()) return {};
    return check_policy_of(request, *policy);
}

// A key whose deletion is scheduled keeps its policy: it can be taken back. Ids are never used again.
constexpr auto rows = std::to_array<ObservedRow>({
    {"CreateAlias", learn_alias},
    {"CreateKey", check_new_key, "Policy", learn_new_key},
    {"DeleteAlias", forget_alias},
    {"ListAliases", nullptr, {}, learn_aliases},
    {"PutKeyPolicy", put_policy, "Policy"},
    {"UpdateAlias", learn_alias},
});

}  // namespace

constinit const ObservedService observed_kms{"kms", rows};

}  // namespace writ::gateway
