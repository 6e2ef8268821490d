#include "gateway/internal/mapping/request_tags.h"

#include <fmt/format.h>

namespace writ::gateway::internal {
namespace {

std::string element(std::string_view path, std::size_t index) {
    return std::string(path).append("[").append(std::to_string(index)).append("]");
}

void read_map(RequestTags& read, const std::string& path, const Parameters& parameters) {
    // Values that are null would shift the others: each is asked for under its key.
    for (std::string& key : parameters.all(path + "{}")) {
        auto value = parameters.first(fmt::format("{}{{{}}}", path, key)).value_or("");
        read.tags.emplace_back(std::move(key), std::move(value));
    }
}

void read_list(RequestTags& read, const TagPlaces::Entries& entries, const Parameters& parameters) {
    const std::string members = entries.path + "[].";
    auto keys = parameters.all(members + entries.key);
    auto values = parameters.all(members + entries.value);
    // As many keys as elements, and as many values: they belong together in their order.
    if (keys.size() == values.size() && !parameters.has(element(entries.path, keys.size()))) {
        read.tags.reserve(read.tags.size() + keys.size());
        for (std::size_t i = 0; i < keys.size(); ++i)
            read.tags.emplace_back(std::move(keys[i]), std::move(values[i]));
        return;
    }
    const std::size_t count = element_count(parameters, entries.path);
    for (std::size_t i = 0; i < count; ++i) {
        const auto member = [&](const std::string& name) {
            return parameters.first(element(entries.path, i) + "." + name);
        };
        if (auto key = member(entries.key)) {
            read.tags.emplace_back(std::move(*key), member(entries.value).value_or(""));
        }
    }
}

}  // namespace

std::size_t element_count(const Parameters& parameters, std::string_view path) {
    std::size_t count = 0;
    while (parameters.has(element(path, count))) ++count;
    return count;
}

RequestTags read_tags(const TagPlaces& places, const Parameters& parameters) {
    RequestTags read;
    for (const TagPlaces::Entries& entries : places.entries) {
        if (entries.key.empty()) {
            read_map(read, entries.path, parameters);
        } else {
            read_list(read, entries, parameters);
        }
    }
    for (const auto& [key, value] : read.tags) read.keys.push_back(key);
    for (const std::string& path : places.keys)
        for (std::string& key : parameters.all(path)) read.keys.push_back(std::move(key));
    return read;
}

}  // namespace writ::gateway::internal
