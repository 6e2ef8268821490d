#include "api/input.h"

#include <algorithm>

namespace writ::api {

const Input* Input::find(std::string_view member) const noexcept {
    const auto at = std::ranges::find(entries_, member, &std::pair<std::string, Input>::first);
    return at == entries_.end() ? nullptr : &at->second;
}

std::string_view Input::text(std::string_view member) const noexcept {
    const Input* value = find(member);
    return value == nullptr ? std::string_view{} : std::string_view(value->text_);
}

std::optional<std::string_view> Input::maybe_text(std::string_view member) const noexcept {
    const Input* value = find(member);
    if (value == nullptr) return std::nullopt;
    return value->text_;
}

std::optional<std::int64_t> Input::integer(std::string_view member) const noexcept {
    const Input* value = find(member);
    if (value == nullptr) return std::nullopt;
    return value->number_;
}

std::optional<bool> Input::boolean(std::string_view member) const noexcept {
    const Input* value = find(member);
    if (value == nullptr) return std::nullopt;
    return value->number_ != 0;
}

std::span<const Input> Input::list(std::string_view member) const noexcept {
    const Input* value = find(member);
    return value == nullptr ? std::span<const Input>{} : value->items();
}

}  // namespace writ::api
