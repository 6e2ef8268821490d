#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/internal/mapping/mapping_rows.h"

/// The condition keys of access to items of one table, gathered part by part. A part of a request is named by
/// the path before its members: "" for GetItem, "TransactItems[2].Put." for one of several.
namespace writ::gateway::internal {

class ItemKeys {
  public:
    ItemKeys(const MappingCall& call, std::string_view table_arn, std::string_view index);

    /// The attributes of a key or an item, as a map of attribute values: "Key", "RequestItems{T}.Keys[3]".
    /// Without `lists_key` it must hold the partition key among others, as an item does.
    void add_item(const std::string& path, bool is_key);
    /// Key, item, projection, conditions, filters and updates that stand as members at `prefix`.
    void add_members(const std::string& prefix);
    /// Attributes that are named otherwise.
    void add_attribute(std::string name);
    void add_leading_key(std::string value) { leading_keys_.push_back(std::move(value)); }
    void leading_key_untold() { leading_untold_ = true; }
    void attributes_untold() { attributes_untold_ = true; }

    [[nodiscard]] const std::optional<std::string>& partition_key() const { return partition_key_; }

    void set_attributes(MappedDemand& demand);
    void set_leading_keys(MappedDemand& demand) const;

  private:
    void add_member(const std::string& prefix, std::string_view name);
    void add_expression(const std::string& prefix, std::string_view member);
    void add_names(std::vector<std::string> names);
    void add_key_condition(const std::string& prefix);
    void add_key_conditions(const std::string& prefix);

    const MappingCall& call_;
    bool on_index_;
    std::optional<std::string> partition_key_;
    std::vector<std::string> attributes_;
    std::vector<std::string> leading_keys_;
    bool leading_untold_ = false, attributes_untold_ = false;
};

/// Text of an attribute value that can be part of a key: its S, N or B.
[[nodiscard]] std::optional<std::string> key_value(const Parameters& parameters, const std::string& path);

/// dynamodb:Select of a part that reads: as given, else by whether it projects.
void set_select(const MappingCall& call, const std::string& prefix, bool on_index, MappedDemand& demand);

/// dynamodb:ReturnValues and dynamodb:ReturnConsumedCapacity, as given.
void set_as_given(const MappingCall& call, std::string_view key, const std::string& path,
                  MappedDemand& demand);

}  // namespace writ::gateway::internal
