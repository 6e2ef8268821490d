#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "directory/reports/recorded_uses.h"

/// What would be enough: the least-privilege policy of somebody, from what he was seen to use.
namespace writ::advice {

struct GenerationLimits {
    /// More resources of one shape below one parent become a template: "table/*" in place of each table.
    std::size_t exact_resources_max = 10;
    std::size_t characters_max = 6'144;  ///< Of a document, as IAM counts them for managed policies.
    std::size_t documents_max = 10;  ///< Managed policies that one user or role takes, without asking AWS.
};

/// A resource of a statement. Wildcards stand for whole segments only.
struct ResourcePattern {
    std::string text;  ///< As in the policy; what is no wildcard there is escaped: "${*}".
    /// What stands between the wildcards, as it is; one piece: the resource is exact.
    std::vector<std::string> pieces;

    [[nodiscard]] bool is_template() const noexcept { return pieces.size() > 1; }
    /// Whether the resource is one of those that the pattern stands for.
    [[nodiscard]] bool fits(std::string_view resource) const noexcept;
};

/// A condition that held for every use of a grant.
struct ConstantKey {
    std::string op;  ///< "StringEquals".
    std::string key;
    std::vector<std::string> values;

    auto operator<=>(const ConstantKey&) const = default;
};

/// What the policy says of one action, before equal ones share a statement.
struct Grant {
    std::string action;
    ResourcePattern resource;
    std::vector<ConstantKey> conditions;  ///< By operator and key.
};

struct GeneratedPolicy {
    std::vector<std::string> documents;  ///< Identity policies in normal form. Empty: nothing was used.
    std::vector<Grant> grants;
    std::vector<std::string> notes;  ///< What a person should know before attaching them; sentences.
};

/// Exactly the actions that were used, on exactly the resources, or on templates of them:
///   - More than `exact_resources_max` resources of an action that differ in one segment only become one with
///     "*" in its place. Segments end at '/' and ':'; service, region, account, the word of the resource type
///     and the names of buckets are never templated. Where "*" would reach another type of resource that the
///     action takes (an index below "table/*"), the resources stay exact.
///   - Conditions: a key of the table in internal/constant_keys.cpp that had the same values in every use of
///     an action on a resource; for Resource "*" also aws:RequestedRegion.
///   - Statements: actions of a service with the same resources and conditions share one.
/// What does not fit one document is split into several; what does not fit `documents_max` is templated from
/// two resources on, and then also where the template reaches other types; the notes tell.
/// Pure. Cost: n log n in the uses.
[[nodiscard]] GeneratedPolicy generate_policy(std::span<const directory::RecordedUse> uses,
                                              const GenerationLimits& limits = {});

}  // namespace writ::advice
