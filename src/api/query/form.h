#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace writ::api::query {

/// The fields of a form body or a query string, decoded and sorted by name. A name that was sent twice
/// answers with its first value (spec 7.1).
class Form {
  public:
    struct Field {
        std::string name;
        std::string value;
    };

    /// Decodes "a=b&c=d" with percent signs and '+' for a blank, and adds the fields behind those it has.
    /// Errors: MalformedQueryString for a broken percent sign and for more than 16,384
    /// fields, MalformedInput for a text that is not UTF-8.
    [[nodiscard]] Result<void> add(std::string_view encoded);
    /// Call it once after the last add(); the others read what it made. Cost: n log n.
    void sort();

    /// Null when there is no such field.
    [[nodiscard]] const std::string* find(std::string_view name) const noexcept;
    /// All fields whose name begins with `prefix`.
    [[nodiscard]] std::span<const Field> below(std::string_view prefix) const noexcept;

  private:
    std::vector<Field> fields_;
};

}  // namespace writ::api::query
