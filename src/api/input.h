#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reference/api_model.h"

namespace writ::api {

/// The parameters of one call as a tree of values, whatever protocol they came in. Built by the reader of a
/// protocol from the operation model, so that every node has the type its shape says; unknown parameters are
/// not in it (spec 7.1). Names are those of the model.
class Input {
  public:
    Input() = default;
    explicit Input(const reference::Shape& shape) : shape_(&shape) {}

    // Structures, by member name. Absent members answer as stated.
    [[nodiscard]] const Input* find(std::string_view member) const noexcept;  ///< Null when absent.
    [[nodiscard]] bool has(std::string_view member) const noexcept { return find(member) != nullptr; }
    [[nodiscard]] std::string_view text(std::string_view member) const noexcept;  ///< "" when absent.
    [[nodiscard]] std::optional<std::string_view> maybe_text(std::string_view member) const noexcept;
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view member) const noexcept;
    [[nodiscard]] std::optional<bool> boolean(std::string_view member) const noexcept;
    [[nodiscard]] std::span<const Input> list(std::string_view member) const noexcept;  ///< Or empty.

    // The node itself.
    [[nodiscard]] const reference::Shape* shape() const noexcept { return shape_; }  ///< Null: no parameters.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }         ///< Scalars, as written.
    [[nodiscard]] std::int64_t integer() const noexcept { return number_; }  ///< Integers and booleans.
    [[nodiscard]] std::span<const Input> items() const noexcept { return items_; }  ///< Lists.
    [[nodiscard]] std::span<const std::pair<std::string, Input>> entries() const noexcept {
        return entries_;
    }  ///< Structures (name of the member) and maps (key).

    // For the readers of protocols.
    void set_text(std::string text) { text_ = std::move(text); }
    void set_integer(std::int64_t number) noexcept { number_ = number; }
    void add_item(Input item) { items_.push_back(std::move(item)); }
    void add_entry(std::string_view name, Input value) { entries_.emplace_back(name, std::move(value)); }

  private:
    const reference::Shape* shape_ = nullptr;
    std::string text_;
    std::int64_t number_ = 0;
    std::vector<Input> items_;
    std::vector<std::pair<std::string, Input>> entries_;
};

}  // namespace writ::api
