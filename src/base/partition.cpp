#include "base/partition.h"

#include <algorithm>
#include <array>

namespace writ {
namespace {

constexpr auto table = std::to_array<Partition>({
    {"aws", "", "us-east-1"},
    {"aws-cn", "cn-", "cn-north-1"},
    {"aws-eusc", "eusc-", "eusc-de-east-1"},
    {"aws-iso", "us-iso-", "us-iso-east-1"},
    {"aws-iso-b", "us-isob-", "us-isob-east-1"},
    {"aws-iso-e", "eu-isoe-", "eu-isoe-west-1"},
    {"aws-iso-f", "us-isof-", "us-isof-south-1"},
    {"aws-us-gov", "us-gov-", "us-gov-west-1"},
});

}  // namespace

std::span<const Partition> partitions() noexcept {
    return table;
}

const Partition& partition_of_region(std::string_view region) noexcept {
    const auto* const found = std::ranges::find_if(table, [&](const Partition& partition) {
        return !partition.region_prefix.empty() && region.starts_with(partition.region_prefix);
    });
    return found == table.end() ? table.front() : *found;
}

const Partition& partition_of_name(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(table, name, &Partition::name);
    return found == table.end() ? table.front() : *found;
}

}  // namespace writ
