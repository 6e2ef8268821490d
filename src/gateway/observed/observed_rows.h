#pragma once

#include <array>
#include <span>
#include <string_view>

#include "gateway/internal/mapping/request_tags.h"
#include "gateway/observed/answer.h"
#include "gateway/observed/observation.h"
#include "gateway/observed/policy_text.h"

namespace writ::gateway {

/// What one operation changes. Several rows of an operation: all of it.
struct ObservedRow {
    std::string_view operation;  ///< "PutBucketPolicy".
    /// What the request alone tells. Errors as of observe().
    Result<void> (*request)(const ObservedRequest&, std::string_view path, ResourceChanges&) = nullptr;
    std::string_view path{};  ///< For `request`: where it finds what it looks for.
    /// What only the answer tells.
    void (*answer)(const ObservedRequest&, const Answer&, ResourceChanges&) = nullptr;
    /// Whether the answer is worth reading; null: always.
    bool (*wants_answer)(const ObservedRequest&) = nullptr;
    std::size_t answer_bytes_max = std::size_t{1} << 20U;
};

/// The rows of one service; a file of gateway/observed holds them.
struct ObservedService {
    std::string_view service;  ///< RequestService::id.
    std::span<const ObservedRow> rows;
    /// How the service calls a policy that it cannot read.
    std::string_view malformed_policy = "MalformedPolicyDocumentException";
};

extern const ObservedService observed_dynamodb, observed_ec2, observed_ecr, observed_events, observed_kinesis,
    observed_kms, observed_lambda, observed_logs, observed_s3, observed_secretsmanager, observed_sns,
    observed_sqs, observed_ssm;

// What many rows have in common, all about the first resource of the request.

/// The policy at `path`; an empty one removes it; none changes nothing.
[[nodiscard]] Result<void> put_policy(const ObservedRequest& request, std::string_view path,
                                      ResourceChanges& changes);
/// The same of what is made: an empty one is none.
[[nodiscard]] Result<void> put_first_policy(const ObservedRequest& request, std::string_view path,
                                            ResourceChanges& changes);
[[nodiscard]] Result<void> delete_policy(const ObservedRequest& request, std::string_view path,
                                         ResourceChanges& changes);
/// The statement with the Sid at `path`.
[[nodiscard]] Result<void> remove_statement(const ObservedRequest& request, std::string_view path,
                                            ResourceChanges& changes);
/// The tags that the request has, if any.
[[nodiscard]] Result<void> set_tags(const ObservedRequest& request, std::string_view path,
                                    ResourceChanges& changes);
/// The same in place of all others, also when there are none.
[[nodiscard]] Result<void> replace_tags(const ObservedRequest& request, std::string_view path,
                                        ResourceChanges& changes);
[[nodiscard]] Result<void> remove_tags(const ObservedRequest& request, std::string_view path,
                                       ResourceChanges& changes);
/// All resources of the request are gone.
[[nodiscard]] Result<void> forget_resources(const ObservedRequest& request, std::string_view path,
                                            ResourceChanges& changes);

/// Adds the change, if its ARN is that of one resource.
template <class Change>
void add_change(const ObservedRequest& request, ResourceChanges& changes, Change change) {
    if (!request.is_one_resource(change.arn)) return;
    std::string owner = request.owner_of(change.arn);
    changes.push_back({std::move(owner), std::move(change)});
}
/// Facts belong to the account of the upstream.
inline void learn(const ObservedRequest& request, ResourceChanges& changes, LearnFact fact) {
    if (fact.name.empty() || fact.value.empty()) return;
    changes.push_back({request.account, std::move(fact)});
}

/// The error of a policy that cannot be read, as the service would tell it.
[[nodiscard]] Result<void> check_policy_of(const ObservedRequest& request, std::string_view document);
/// Adds a statement that the service makes of parameters, if it makes a policy that can be read.
[[nodiscard]] Result<void> add_statement(const ObservedRequest& request, const GrantedStatement& statement,
                                         ResourceChanges& changes);
/// How services write an account id in such a statement: the ARN of its root user. ARNs stay as they are.
[[nodiscard]] std::string account_root(const ObservedRequest& request, std::string_view principal);
[[nodiscard]] internal::RequestTags tags_of(const ObservedRequest& request);
/// "arn:aws:kms:eu-west-1:111122223333:RESOURCE" where the request was made.
[[nodiscard]] std::string arn_of(const ObservedRequest& request, std::string_view service,
                                 std::string_view resource);

}  // namespace writ::gateway
