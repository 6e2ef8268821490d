#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "choices.h"

/// The small alphabets that policies and requests share, so that they collide: the same few accounts, names,
/// actions, resources, keys and values, and near misses of each.
namespace writ::differential {

inline constexpr std::string_view account_a = "111111111111", account_b = "222222222222",
                                  account_m = "999999999999";

enum class ValueType : std::uint8_t { text, number, date, address, boolean, bytes, arn };

struct Key {
    std::string_view name;
    ValueType type = ValueType::text;
    bool multivalued = false;  ///< Usually: a generator gives it a list.
};

/// What requests ask.
[[nodiscard]] std::span<const std::string_view> actions() noexcept;
[[nodiscard]] std::span<const std::string_view> resources() noexcept;
/// Keys of contexts; policies name them in this spelling or another.
[[nodiscard]] std::span<const Key> keys() noexcept;
/// Values of both sides, odd and malformed ones included.
[[nodiscard]] std::span<const std::string_view> values(ValueType type) noexcept;
/// Operators that compare values of the type, without IfExists and set qualifiers; together all of spec 3.2.
[[nodiscard]] std::span<const std::string_view> operators(ValueType type) noexcept;

/// An entry of Principal: element name ("" for the scalar "*") and value.
struct PrincipalText {
    std::string_view type;
    std::string_view value;
};
[[nodiscard]] std::span<const PrincipalText> principals() noexcept;

/// `text` itself or something close: a part replaced by a wildcard or variable, one character more, less, or
/// in the other case.
[[nodiscard]] std::string near_miss(Choices& choices, std::string_view text);
/// The same with letters in another case only.
[[nodiscard]] std::string other_case(Choices& choices, std::string_view text);

}  // namespace writ::differential
