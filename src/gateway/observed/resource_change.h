#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "directory/resources/guarded_resources.h"

/// What a request that a service has carried out changed in what is known of its resources.
namespace writ::gateway {

using TagPairs = directory::TagPairs;

struct PutPolicy {
    std::string arn, document;
    bool operator==(const PutPolicy&) const = default;
};
struct DeletePolicy {
    std::string arn;
    bool operator==(const DeletePolicy&) const = default;
};
/// One more statement in the policy, in place of the one with the same Sid.
struct AddStatement {
    std::string arn, sid, statement;  ///< JSON.
    bool operator==(const AddStatement&) const = default;
};
/// The last statement takes the policy along.
struct RemoveStatement {
    std::string arn, sid;
    bool operator==(const RemoveStatement&) const = default;
};
struct SetTags {
    std::string arn;
    TagPairs tags;
    bool replace_all = false;  ///< Those that are there go.
    bool operator==(const SetTags&) const = default;
};
/// The tags that the source has are all that the target has then.
struct CopyTags {
    std::string source_account, source_arn, arn;
    bool operator==(const CopyTags&) const = default;
};
struct RemoveTags {
    std::string arn;
    std::vector<std::string> keys;
    TagPairs exact{};  ///< Removed only where they have that value.
    bool operator==(const RemoveTags&) const = default;
};
/// The resource is gone, and what lies in it.
struct ForgetResource {
    std::string arn;
    bool operator==(const ForgetResource&) const = default;
};
struct LearnFact {
    directory::FactKind kind{};
    std::string name, value;
    std::optional<std::chrono::seconds> lifetime{};  ///< Nothing: until something else is learnt.
    bool operator==(const LearnFact&) const = default;
};
struct ForgetFact {
    directory::FactKind kind{};
    std::string name;
    bool operator==(const ForgetFact&) const = default;
};

struct ResourceChange {
    std::string account;  ///< Owner of the resource.
    std::variant<PutPolicy, DeletePolicy, AddStatement, RemoveStatement, SetTags, CopyTags, RemoveTags,
                 ForgetResource, LearnFact, ForgetFact>
        what;
    bool operator==(const ResourceChange&) const = default;
};
using ResourceChanges = std::vector<ResourceChange>;

/// The ARN that a change is about, or the name of the fact.
[[nodiscard]] const std::string& subject_of(const ResourceChange& change);

}  // namespace writ::gateway
