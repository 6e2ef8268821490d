#pragma once

#include <span>
#include <string_view>

namespace writ {

/// A part of AWS that shares nothing with the others: an ARN of one means nothing in another.
struct Partition {
    std::string_view name;           ///< As in ARNs: "aws-cn".
    std::string_view region_prefix;  ///< Of its regions: "cn-"; empty for the commercial partition.
    std::string_view global_region;  ///< That requests to IAM are signed for: "cn-north-1".
};

/// The partition that a region belongs to: the commercial one unless another claims it.
[[nodiscard]] const Partition& partition_of_region(std::string_view region) noexcept;

/// All of them, the commercial one first.
[[nodiscard]] std::span<const Partition> partitions() noexcept;
/// By its name; the commercial one for any other text.
[[nodiscard]] const Partition& partition_of_name(std::string_view name) noexcept;

}  // namespace writ
