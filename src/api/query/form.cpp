#include "api/query/form.h"

#include <algorithm>

#include "base/text.h"

namespace writ::api::query {
namespace {

/// Far above what any operation takes. A field costs many times its bytes, and forms are read before it is
/// known who sends them.
constexpr std::size_t fields_max = 16'384;

Result<std::string> decode(std::string_view text) {
    const bool plain = text.find_first_of("%+") == std::string_view::npos;
    std::string decoded;
    if (plain) {
        decoded = text;
    } else if (auto unescaped = percent_decode(text, true)) {
        decoded = std::move(*unescaped);
    } else {
        return fail("MalformedQueryString", 400, "The query string contains a syntax error.");
    }
    if (!count_scalars(decoded)) return fail("MalformedInput", 400, "");
    return decoded;
}

}  // namespace

Result<void> Form::add(std::string_view encoded) {
    constexpr std::size_t usual_fields = 8;  // What growing would allocate again and again.
    if (!encoded.empty() && fields_.empty()) fields_.reserve(usual_fields);
    while (!encoded.empty()) {
        const std::size_t end = std::min(encoded.find('&'), encoded.size());
        const std::string_view pair = encoded.substr(0, end);
        encoded.remove_prefix(std::min(end + 1, encoded.size()));
        if (pair.empty()) continue;
        if (fields_.size() == fields_max) {
            return fail("MalformedQueryString", 400, "The query string contains too many fields.");
        }

        const std::size_t equals = std::min(pair.find('='), pair.size());
        auto name = decode(pair.substr(0, equals));
        if (!name) return std::unexpected(name.error());
        auto value = decode(pair.substr(std::min(equals + 1, pair.size())));
        if (!value) return std::unexpected(value.error());
        fields_.push_back({std::move(*name), std::move(*value)});
    }
    return {};
}

void Form::sort() {
    // Clients send few fields, mostly in order; sorting would allocate.
    if (!std::ranges::is_sorted(fields_, {}, &Field::name))
        std::ranges::stable_sort(fields_, {}, &Field::name);
    const auto repeated = std::ranges::unique(fields_, {}, &Field::name);
    fields_.erase(repeated.begin(), repeated.end());
}

const std::string* Form::find(std::string_view name) const noexcept {
    const auto at = std::ranges::lower_bound(fields_, name, {}, &Field::name);
    return at != fields_.end() && at->name == name ? &at->value : nullptr;
}

std::span<const Form::Field> Form::below(std::string_view prefix) const noexcept {
    const auto begin = std::ranges::lower_bound(fields_, prefix, {}, &Field::name);
    const auto end = std::partition_point(begin, fields_.end(),
                                          [&](const Field& field) { return field.name.starts_with(prefix); });
    return {begin, end};
}

}  // namespace writ::api::query
