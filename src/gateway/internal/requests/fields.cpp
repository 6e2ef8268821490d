#include "gateway/internal/requests/fields.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "gateway/internal/errors.h"

namespace writ::gateway::internal {
namespace {

/// Far above what any operation takes.
constexpr std::size_t fields_max = 16'384;

Result<std::string> decode(std::string_view text) {
    if (!text.contains('%') && !text.contains('+')) {
        if (count_scalars(text)) return std::string(text);
    } else if (auto decoded = percent_decode(text, true); !decoded) {
        return malformed("A '%' in the parameters of the request is not followed by two hexadecimal digits.");
    } else if (count_scalars(*decoded)) {
        return std::move(*decoded);
    }
    return malformed("The parameters of the request are not UTF-8.");
}

}  // namespace

std::string quoted(std::string_view text) {
    constexpr std::size_t shown_max = 128;
    std::string shown = "'";
    for (const char c : text.substr(0, shown_max)) shown += c >= ' ' && c <= '~' ? c : '?';
    shown += text.size() > shown_max ? "…'" : "'";
    return shown;
}

Result<void> Fields::add(std::string_view encoded) {
    if (encoded.find(';') != std::string_view::npos)
        return malformed("A ';' in the parameters of the request must be written as %3B.");
    constexpr std::size_t usual_fields = 8;  // What growing would allocate again and again.
    if (!encoded.empty() && fields_.empty()) fields_.reserve(usual_fields);
    while (!encoded.empty()) {
        const std::size_t end = std::min(encoded.find('&'), encoded.size());
        const std::string_view pair = encoded.substr(0, end);
        encoded.remove_prefix(std::min(end + 1, encoded.size()));
        if (pair.empty()) continue;
        if (fields_.size() == fields_max) return malformed("The request has too many parameters.");
        const std::size_t equals = std::min(pair.find('='), pair.size());
        auto name = decode(pair.substr(0, equals));
        if (!name) return std::unexpected(name.error());
        auto value = decode(pair.substr(std::min(equals + 1, pair.size())));
        if (!value) return std::unexpected(value.error());
        fields_.push_back({std::move(*name), std::move(*value)});
    }
    return {};
}

const Fields::Field* Fields::find(std::string_view name) const noexcept {
    const auto found = std::ranges::find(fields_, name, &Field::name);
    return found == fields_.end() ? nullptr : &*found;
}

std::string_view query_of(std::string_view target) noexcept {
    const std::size_t mark = target.find('?');
    return mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
}

bool is_form(std::string_view content_type) noexcept {
    const auto type = trimmed(content_type.substr(0, content_type.find(';')));
    return equals_ignoring_case(type, "application/x-www-form-urlencoded");
}

}  // namespace writ::gateway::internal
