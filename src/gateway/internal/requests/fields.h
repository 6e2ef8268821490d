#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace writ::gateway::internal {

/// The fields of a query string or of a form, decoded once, in the order they were sent.
class Fields {
  public:
    struct Field {
        std::string name;
        std::string value;  ///< Empty also where there is no '='.
    };

    /// Decodes "a=b&c" with percent signs and '+' for a blank, and adds the fields behind those it has.
    /// Errors: MalformedRequest for a broken percent sign, a text that is not UTF-8, a raw ';', which some
    /// readers take for a separator, and for more than 16,384 fields.
    [[nodiscard]] Result<void> add(std::string_view encoded);

    [[nodiscard]] std::span<const Field> all() const noexcept { return fields_; }
    /// The first of that name; null when there is none.
    [[nodiscard]] const Field* find(std::string_view name) const noexcept;
    [[nodiscard]] bool has(std::string_view name) const noexcept { return find(name) != nullptr; }

  private:
    std::vector<Field> fields_;
};

/// What stands behind the '?' of a request target; empty when nothing does.
[[nodiscard]] std::string_view query_of(std::string_view target) noexcept;

/// The content type is application/x-www-form-urlencoded, whatever parameters follow.
[[nodiscard]] bool is_form(std::string_view content_type) noexcept;

}  // namespace writ::gateway::internal
