#include "gateway/services/dynamodb_keys.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gateway/services/dynamodb_expressions.h"

namespace writ::gateway::internal {
namespace {

/// Names of attributes may hold anything, but a path holds no '}'.
std::string entry(std::string path, std::string_view name) {
    path += '{';
    path += name;
    path += '}';
    return path;
}
bool is_readable(std::string_view name) {
    return !name.contains('}');
}

/// Both must outlive the result.
NameOf names_at(const MappingCall& call, const std::string& prefix) {
    return [&call, &prefix](std::string_view placeholder) -> std::optional<std::string> {
        return call.parameters.first(entry(prefix + "ExpressionAttributeNames", placeholder));
    };
}

}  // namespace

std::optional<std::string> key_value(const Parameters& parameters, const std::string& path) {
    for (const char* type : {".S", ".N", ".B"})
        if (auto value = parameters.first(path + type)) return value;
    return std::nullopt;
}

ItemKeys::ItemKeys(const MappingCall& call, std::string_view table_arn, std::string_view index)
    : call_(call), on_index_(!index.empty()) {
    if (call.place.facts != nullptr) partition_key_ = call.place.facts->partition_key(table_arn, index);
}

void ItemKeys::add_attribute(std::string name) {
    constexpr std::size_t usual_attributes = 8;
    if (attributes_.empty()) attributes_.reserve(usual_attributes);
    attributes_.push_back(std::move(name));
}

void ItemKeys::add_names(std::vector<std::string> names) {
    for (std::string& name : names) add_attribute(std::move(name));
}

void ItemKeys::add_item(const std::string& path, bool is_key) {
    const auto names = call_.parameters.all(path + "{}");
    for (const std::string& name : names) add_attribute(name);
    if (names.empty()) return leading_key_untold();
    // A key of one attribute is the partition key, whatever the table.
    const std::string* key = is_key && names.size() == 1 ? names.data() : nullptr;
    if (key == nullptr && partition_key_) {
        const auto found = std::ranges::find(names, *partition_key_);
        if (found != names.end()) key = &*found;
    }
    if (key == nullptr || !is_readable(*key)) return leading_key_untold();
    auto value = key_value(call_.parameters, entry(path, *key));
    if (!value) return leading_key_untold();
    add_leading_key(std::move(*value));
}

void ItemKeys::add_expression(const std::string& prefix, std::string_view member) {
    const auto expression = call_.parameters.first(prefix + std::string(member));
    if (!expression) return;
    if (expression->size() > expression_bytes_max) return attributes_untold();
    auto names = attributes_of_expression(*expression, names_at(call_, prefix));
    if (!names) return attributes_untold();
    add_names(std::move(*names));
}

void ItemKeys::add_key_condition(const std::string& prefix) {
    const auto value_at = [&](const std::string& placeholder) {
        return key_value(call_.parameters, entry(prefix + "ExpressionAttributeValues", placeholder));
    };
    const auto expression = call_.parameters.first(prefix + "KeyConditionExpression");
    if (!expression) return;
    if (expression->size() > expression_bytes_max) return leading_key_untold();
    auto told = key_equalities(*expression, names_at(call_, prefix));
    if (!told) return leading_key_untold();
    // One equality is that of the partition key, for no query goes without.
    if (told->size() > 1 && partition_key_) {
        std::erase_if(*told, [&](const KeyEquality& other) { return other.attribute != *partition_key_; });
    }
    if (told->size() != 1) return leading_key_untold();
    auto value = value_at(told->front().placeholder);
    if (!value) return leading_key_untold();
    add_leading_key(std::move(*value));
}

void ItemKeys::add_member(const std::string& prefix, std::string_view name) {
    static constexpr auto maps = std::to_array<std::string_view>(
        {"AttributeUpdates", "Expected", "KeyConditions", "QueryFilter", "ScanFilter"});
    const auto path = [&](std::string_view step) { return prefix + std::string(name).append(step); };
    if (name == "Key" || name == "Item") {
        add_item(path({}), name == "Key");
    } else if (name.ends_with("Expression")) {
        add_expression(prefix, name);
        if (name == "KeyConditionExpression") add_key_condition(prefix);
    } else if (name == "AttributesToGet") {
        add_names(call_.parameters.all(path("[]")));
    } else if (std::ranges::find(maps, name) != maps.end()) {
        add_names(call_.parameters.all(path("{}")));
        if (name == "KeyConditions") add_key_conditions(prefix);
    }
}

void ItemKeys::add_members(const std::string& prefix) {
    const std::string_view path(prefix.data(), prefix.empty() ? 0 : prefix.size() - 1);  // Without the dot.
    for (const std::string_view name : call_.parameters.names(path)) add_member(prefix, name);
}

void ItemKeys::add_key_conditions(const std::string& prefix) {
    const auto conditions = call_.parameters.all(prefix + "KeyConditions{}");
    if (conditions.empty()) return;
    const std::string* key = conditions.size() == 1 ? conditions.data() : nullptr;
    if (partition_key_) {
        const auto found = std::ranges::find(conditions, *partition_key_);
        if (found != conditions.end()) key = &*found;
    }
    auto value =
        key == nullptr || !is_readable(*key)
            ? std::nullopt
            : key_value(call_.parameters, entry(prefix + "KeyConditions", *key) + ".AttributeValueList[0]");
    if (value) return add_leading_key(std::move(*value));
    leading_key_untold();
}

void ItemKeys::set_attributes(MappedDemand& demand) {
    if (attributes_untold_) {
        demand.untold_keys.emplace_back("dynamodb:Attributes");
    } else if (!attributes_.empty()) {
        std::ranges::sort(attributes_);
        const auto repeated = std::ranges::unique(attributes_);
        attributes_.erase(repeated.begin(), repeated.end());
        demand.keys.push_back({"dynamodb:Attributes", attributes_, true});
    }
}

void ItemKeys::set_leading_keys(MappedDemand& demand) const {
    // The first of the two is the older name of the other.
    for (const char* name : {"dynamodb:LeadingKeys", "dynamodb:FirstPartitionKeyValues"}) {
        if (leading_untold_) {
            demand.untold_keys.emplace_back(name);
        } else if (!leading_keys_.empty()) {
            demand.keys.push_back({name, leading_keys_, true});
        }
    }
    // The partition key of an index may be of up to four attributes.
    if (!on_index_) return;
    for (const char* name : {"dynamodb:SecondPartitionKeyValues", "dynamodb:ThirdPartitionKeyValues",
                             "dynamodb:FourthPartitionKeyValues"}) {
        demand.untold_keys.emplace_back(name);
    }
}

void set_select(const MappingCall& call, const std::string& prefix, bool on_index, MappedDemand& demand) {
    auto select = call.parameters.first(prefix + "Select");
    if (!select) {
        const bool projects = call.parameters.has(prefix + "ProjectionExpression") ||
                              call.parameters.has(prefix + "AttributesToGet");
        select = projects ? "SPECIFIC_ATTRIBUTES" : on_index ? "ALL_PROJECTED_ATTRIBUTES" : "ALL_ATTRIBUTES";
    }
    demand.keys.push_back({"dynamodb:Select", {std::move(*select)}, false});
}

void set_as_given(const MappingCall& call, std::string_view key, const std::string& path,
                  MappedDemand& demand) {
    if (auto value = call.parameters.first(path)) {
        demand.keys.push_back({std::string(key), {std::move(*value)}, false});
    }
}

}  // namespace writ::gateway::internal
