#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace writ::reference::internal {

enum class Table : std::uint8_t { authorization, managed_policies, api_models, request_models };

/// The packed bytes as they lie in data/packed.
[[nodiscard]] std::span<const std::byte> embedded(Table table) noexcept;

}  // namespace writ::reference::internal
