#include "cases/internal/reader.h"

namespace writ::cases {
namespace {

using Kind = JsonNode::Kind;

PolicyLevel read_list(Reader& reader, const JsonNode& node, std::string_view name) {
    PolicyLevel list;
    if (!reader.expect_kind(node, Kind::array, name)) return list;
    for (const JsonNode& item : node.items) {
        auto policy = reader.document(item, "a policy in " + std::string(name));
        if (!policy) return list;
        if (policy->source.name.empty()) policy->source.name = std::to_string(list.size());
        list.push_back(std::move(*policy));
    }
    return list;
}

std::optional<PolicyLevel> read_optional_list(Reader& reader, const JsonNode& policies,
                                              std::string_view name) {
    const JsonNode* node = Reader::member(policies, name);
    if (node == nullptr) return std::nullopt;
    return read_list(reader, *node, name);
}

std::optional<PolicyText> read_single(Reader& reader, const JsonNode& policies, std::string_view name) {
    const JsonNode* node = Reader::member(policies, name);
    if (node == nullptr) return std::nullopt;
    auto policy = reader.document(*node, name);
    if (policy && policy->source.name.empty()) policy->source.name = "0";
    return policy;
}

std::optional<std::vector<PolicyLevel>> read_levels(Reader& reader, const JsonNode& policies,
                                                    std::string_view name) {
    const JsonNode* node = Reader::member(policies, name);
    if (node == nullptr || !reader.expect_kind(*node, Kind::array, name)) return std::nullopt;
    std::vector<PolicyLevel> levels;
    levels.reserve(node->items.size());
    for (const JsonNode& level : node->items)
        levels.push_back(read_list(reader, level, "each level of " + std::string(name)));
    return levels;
}

}  // namespace

PolicyTexts read_policies(Reader& reader, const JsonNode& node) {
    PolicyTexts policies;
    if (!reader.object(
            node, "policies",
            {"identity", "boundary", "session", "scope_down", "resource", "trust", "endpoint", "scp", "rcp"}))
        return policies;
    policies.identity = read_optional_list(reader, node, "identity").value_or(PolicyLevel{});
    policies.boundary = read_single(reader, node, "boundary");
    policies.session = read_optional_list(reader, node, "session");
    policies.scope_down = read_levels(reader, node, "scope_down");
    policies.resource = read_single(reader, node, "resource");
    policies.trust = read_single(reader, node, "trust");
    policies.endpoint = read_single(reader, node, "endpoint");
    policies.scp = read_levels(reader, node, "scp");
    policies.rcp = read_levels(reader, node, "rcp");
    return policies;
}

}  // namespace writ::cases
