#include "api/validate.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace writ::api {
namespace {

using reference::Member;
using reference::Shape;
using reference::ShapeType;

constexpr std::string_view usual_code = "ValidationError";

/// Where live AWS is known to differ from the published model.
struct Deviation {
    std::string_view shape;
    std::optional<std::int64_t> max;  ///< Nothing: as published.
    std::string_view code_below_minimum = usual_code;
};
constexpr auto deviations = std::to_array<Deviation>({
    {"sourceIdentityType", 256},                                      // ?22.
    {"roleMaxSessionDurationType", std::nullopt, "ParamValidation"},  // B6.
});

const Deviation* find_deviation(const Shape& shape) {
    const auto at = std::ranges::find(deviations, shape.name, &Deviation::shape);
    return at == deviations.end() ? nullptr : &*at;
}

std::optional<std::int64_t> max_of(const Shape& shape) {
    const Deviation* deviation = find_deviation(shape);
    return deviation != nullptr && deviation->max ? deviation->max : shape.max;
}

std::string lower_camel(std::string_view name) {
    std::string path(name);
    if (!path.empty()) path[0] = ascii_lower(path[0]);
    return path;
}

class Validation {
  public:
    explicit Validation(Patterns& patterns) : patterns_(patterns) {}

    void structure(const Input& input, const std::string& path) {
        if (input.shape() == nullptr) return;
        for (const Member& member : input.shape()->members) {
            const std::string below = (path.empty() ? "" : path + ".") + lower_camel(member.name);
            const Input* value = input.find(member.name);
            if (value != nullptr) {
                check(*value, below, member.sensitive);
            } else if (member.required) {
                add("Value null", below, "Member must not be null", "INPUT_REQUIRED");
            }
        }
    }

    [[nodiscard]] Result<void> result() const {
        if (violations_.empty()) return {};
        std::string message = std::to_string(violations_.size()) +
                              (violations_.size() == 1 ? " validation error" : " validation errors") +
                              " detected: ";
        for (const std::string& violation : violations_) {
            if (&violation != &violations_.front()) message += "; ";
            message += violation;
        }
        return std::unexpected(Error{std::string(code_), 400, std::move(message), std::string(reason_)});
    }

  private:
    void check(const Input& value, const std::string& path, bool sensitive) {
        const Shape& shape = *value.shape();
        sensitive = sensitive || shape.sensitive;
        switch (shape.type) {
            case ShapeType::structure:
                return structure(value, path);
            case ShapeType::list:
                return list(value, path, sensitive);
            case ShapeType::map:
                return size(static_cast<std::int64_t>(value.entries().size()), shape, "Value", path);
            case ShapeType::string:
            case ShapeType::blob:
                return text(value, path, sensitive);
            case ShapeType::integer:
            case ShapeType::long_integer:
                return number(value, path, sensitive);
            default:
                return;
        }
    }

    void list(const Input& value, const std::string& path, bool sensitive) {
        const Shape& shape = *value.shape();
        const auto count = static_cast<std::int64_t>(value.items().size());
        const std::size_t before = violations_.size();
        size(count, shape, shown_list(value, sensitive), path);
        if (violations_.size() > before && shape.max && count > *shape.max) return;
        std::size_t position = 0;
        for (const Input& item : value.items()) {
            check(item, path + "." + std::to_string(++position) + ".member", sensitive);
        }
    }

    void text(const Input& value, const std::string& path, bool sensitive) {
        const Shape& shape = *value.shape();
        const std::string shown = sensitive ? "Value" : "Value '" + value.text() + "'";
        if (!shape.values.empty() && std::ranges::find(shape.values, value.text()) == shape.values.end()) {
            return add(shown, path, "Member must satisfy enum value set: [" + joined(shape.values) + "]",
                       "INVALID_ENUM");
        }
        if (!shape.pattern.empty() && !patterns_.matches(shape.pattern, value.text())) {
            add(shown, path, "Member must satisfy regular expression pattern: " + std::string(shape.pattern),
                "INVALID_PATTERN");
        }
        size(static_cast<std::int64_t>(count_scalars(value.text()).value_or(value.text().size())), shape,
             shown, path);
    }

    void number(const Input& value, const std::string& path, bool sensitive) {
        const Shape& shape = *value.shape();
        const std::string shown = sensitive ? "Value" : "Value '" + std::to_string(value.integer()) + "'";
        if (shape.min && value.integer() < *shape.min) {
            if (const Deviation* deviation = find_deviation(shape)) code_ = deviation->code_below_minimum;
            add(shown, path, "Member must have value greater than or equal to " + std::to_string(*shape.min),
                "MIN_VALUE_EXCEEDED");
        }
        if (const auto max = max_of(shape); max && value.integer() > *max) {
            add(shown, path, "Member must have value less than or equal to " + std::to_string(*max),
                "MAX_VALUE_EXCEEDED");
        }
    }

    void size(std::int64_t size, const Shape& shape, const std::string& shown, const std::string& path) {
        if (shape.min && size < *shape.min) {
            add(shown, path, "Member must have length greater than or equal to " + std::to_string(*shape.min),
                "MIN_LENGTH_EXCEEDED");
        }
        if (const auto max = max_of(shape); max && size > *max) {
            add(shown, path, "Member must have length less than or equal to " + std::to_string(*max),
                "MAX_LENGTH_EXCEEDED");
        }
    }

    /// Lists of texts are printed as [a, b]; others without their value.
    static std::string shown_list(const Input& value, bool sensitive) {
        const ShapeType type = value.shape()->element->shape->type;
        if (sensitive || type == ShapeType::structure || type == ShapeType::list || type == ShapeType::map) {
            return "Value";
        }
        std::string shown = "Value '[";
        for (const Input& item : value.items()) {
            if (&item != value.items().data()) shown += ", ";
            shown += item.text();
        }
        return shown + "]'";
    }

    static std::string joined(std::span<const std::string_view> values) {
        std::string text;
        for (const std::string_view value : values) {
            if (!text.empty()) text += ", ";
            text += value;
        }
        return text;
    }

    void add(const std::string& shown, const std::string& path, const std::string& constraint,
             std::string_view reason) {
        if (violations_.empty()) reason_ = reason;
        violations_.push_back(shown + " at '" + path + "' failed to satisfy constraint: " + constraint);
    }

    Patterns& patterns_;
    std::vector<std::string> violations_;
    std::string_view code_ = usual_code;
    std::string_view reason_;  ///< Of the first violation.
};

}  // namespace

Result<void> validate(const Input& input, Patterns& patterns) {
    Validation validation(patterns);
    validation.structure(input, "");
    return validation.result();
}

}  // namespace writ::api
