#include <charconv>
#include <cstddef>

#include "directory/internal/reports/recorded_uses.h"

namespace writ::directory {
namespace {

void append_count(std::string& out, std::size_t count) {
    out += std::to_string(count);
    out += ':';
}

void append_text(std::string& out, std::string_view text) {
    append_count(out, text.size());
    out += text;
}

std::optional<std::size_t> take_count(std::string_view& packed) {
    std::size_t count = 0;
    const auto read = std::from_chars(packed.data(), packed.data() + packed.size(), count);
    if (read.ec != std::errc{} || read.ptr == packed.data() + packed.size() || *read.ptr != ':') {
        return std::nullopt;
    }
    packed.remove_prefix(static_cast<std::size_t>(read.ptr - packed.data()) + 1);
    return count <= packed.size() ? std::optional(count) : std::nullopt;
}

std::optional<std::string> take_text(std::string_view& packed) {
    const auto size = take_count(packed);
    if (!size) return std::nullopt;
    std::string text(packed.substr(0, *size));
    packed.remove_prefix(*size);
    return text;
}

std::optional<UseKey> take_key(std::string_view& packed) {
    auto name = take_text(packed);
    if (!name || packed.empty()) return std::nullopt;
    UseKey key{.name = std::move(*name), .values = {}, .multivalued = packed.front() == 'm'};
    packed.remove_prefix(1);
    const auto values = take_count(packed);
    if (!values) return std::nullopt;
    for (std::size_t i = 0; i < *values; ++i) {
        auto value = take_text(packed);
        if (!value) return std::nullopt;
        key.values.push_back(std::move(*value));
    }
    return key;
}

}  // namespace

std::string pack_context(const std::vector<UseKey>& context) {
    std::string packed;
    for (const UseKey& key : context) {
        append_text(packed, key.name);
        packed += key.multivalued ? 'm' : 's';
        append_count(packed, key.values.size());
        for (const std::string& value : key.values) append_text(packed, value);
    }
    return packed;
}

std::optional<std::vector<UseKey>> unpack_context(std::string_view packed) {
    std::vector<UseKey> context;
    while (!packed.empty()) {
        auto key = take_key(packed);
        if (!key) return std::nullopt;
        context.push_back(std::move(*key));
    }
    return context;
}

}  // namespace writ::directory
