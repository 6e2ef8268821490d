#pragma once

#include <algorithm>
#include <deque>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gateway/internal/requests/parameter_tree.h"
#include "gateway/mapping.h"

/// What the tests of the mapping share: parameters written as JSON under the names of the model, and demands
/// as lines of text.
namespace writ::gateway::testing {

using Json = nlohmann::json;

/// Adds a value to a tree as a body of that shape would; a member that the model does not know fails the
/// test.
class TreeOfJson {
  public:
    explicit TreeOfJson(internal::ParameterTree& tree) : tree_(tree) {}

    void add_members(internal::ParameterTree::Number parent, const reference::RequestShape& shape,
                     const Json& object) {
        for (const auto& [name, value] : object.items()) {
            const auto member = std::ranges::find(shape.members, name, &reference::RequestMember::name);
            if (member == shape.members.end()) {
                ADD_FAILURE() << "no member " << name;
                continue;
            }
            fill(tree_.add(parent, kind_of(value, *member->shape), member->name), *member->shape, value);
        }
    }

  private:
    using Kind = internal::ParameterTree::Kind;

    static Kind kind_of(const Json& value, const reference::RequestShape& shape) {
        if (value.is_array()) return Kind::list;
        if (!value.is_object()) return Kind::scalar;
        return shape.kind == reference::RequestShapeKind::map ? Kind::map : Kind::structure;
    }

    void fill(internal::ParameterTree::Number node, const reference::RequestShape& shape, const Json& value) {
        switch (tree_.kind(node)) {
            case Kind::structure:
                return add_members(node, shape, value);
            case Kind::list:
                for (const Json& element : value) {
                    const auto& inner = *shape.element->shape;
                    fill(tree_.add(node, kind_of(element, inner), ""), inner, element);
                }
                return;
            case Kind::map:
                for (const auto& [key, entry] : value.items()) {
                    const auto& inner = *shape.element->shape;
                    fill(tree_.add_entry(node, kind_of(entry, inner), key), inner, entry);
                }
                return;
            default:
                tree_.set_text(node, value.is_string() ? value.get<std::string>() : value.dump());
        }
    }

    internal::ParameterTree& tree_;
};

inline Parameters parameters_of(const reference::RequestOperation& operation, std::string_view json) {
    auto tree = std::make_unique<internal::ParameterTree>();
    const Json object = Json::parse(json);
    if (operation.input != nullptr) {
        TreeOfJson(*tree).add_members(internal::ParameterTree::root, *operation.input, object);
    }
    return Parameters(std::move(tree));
}

inline constexpr MappingPlace place{"aws", "eu-west-1", "111122223333"};

inline Result<std::vector<MappedDemand>> map(std::string_view service_id, std::string_view operation_name,
                                             std::string_view json, const MappingPlace& at = place) {
    const auto* service = reference::find_request_service(service_id);
    if (service == nullptr) return fail("Test", 500, "no service " + std::string(service_id));
    const auto* operation = reference::find_request_operation(*service, operation_name);
    if (operation == nullptr) return fail("Test", 500, "no operation " + std::string(operation_name));
    return map_request(*service, *operation, parameters_of(*operation, json), at);
}

/// "s3:GetObject arn:aws:s3:::bucket/key" for each demand, or the error.
inline std::vector<std::string> demands(std::string_view service, std::string_view operation,
                                        std::string_view json, const MappingPlace& at = place) {
    const auto mapped = map(service, operation, json, at);
    if (!mapped) return {mapped.error().message};
    std::vector<std::string> lines;
    for (const MappedDemand& demand : *mapped) lines.push_back(demand.action + " " + demand.resource);
    return lines;
}

/// The condition keys of the demand for an action (the first one): "a,b" for one with several values, "?" for
/// one that is not told.
inline std::map<std::string, std::string> keys(std::string_view service, std::string_view operation,
                                               std::string_view json, std::string_view action,
                                               const MappingPlace& at = place) {
    const auto mapped = map(service, operation, json, at);
    if (!mapped) return {{"error", mapped.error().message}};
    const auto demand = std::ranges::find(*mapped, action, &MappedDemand::action);
    if (demand == mapped->end()) return {{"error", "no such demand"}};
    std::map<std::string, std::string> lines;
    for (const RequestKey& key : demand->keys) {
        std::string& text = lines[key.name];
        for (const std::string& value : key.values) text += (text.empty() ? "" : ",") + value;
    }
    for (const std::string& name : demand->untold_keys) lines[name] = "?";
    return lines;
}

inline bool is_refused(std::string_view service, std::string_view operation, std::string_view json,
                       const MappingPlace& at = place) {
    const auto mapped = map(service, operation, json, at);
    return !mapped && mapped.error().code == "AccessDenied" && mapped.error().http_status == 403;
}

/// Facts that a test writes down.
class KnownFacts : public ResourceFacts {
  public:
    std::map<std::string, std::string, std::less<>> partition_keys{};  ///< By table ARN, a bar and the index.
    std::map<std::string, std::string, std::less<>> aliases{}, secrets{}, iterators{};

    [[nodiscard]] std::optional<std::string> partition_key(std::string_view table,
                                                           std::string_view index) const override {
        return find(partition_keys, std::string(table) + "|" + std::string(index));
    }
    [[nodiscard]] std::optional<std::string> key_of_alias(std::string_view arn) const override {
        return find(aliases, arn);
    }
    [[nodiscard]] std::optional<std::string> secret_arn(std::string_view name) const override {
        return find(secrets, name);
    }
    [[nodiscard]] std::optional<std::string> stream_of_iterator(std::string_view iterator) const override {
        return find(iterators, iterator);
    }

  private:
    static std::optional<std::string> find(const std::map<std::string, std::string, std::less<>>& facts,
                                           std::string_view name) {
        const auto found = facts.find(name);
        return found == facts.end() ? std::nullopt : std::optional(found->second);
    }
};

}  // namespace writ::gateway::testing
