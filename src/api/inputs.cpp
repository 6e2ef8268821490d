#include "api/inputs.h"

namespace writ::api {

std::optional<std::string> optional_text(const Input& input, std::string_view member) {
    const auto text = input.maybe_text(member);
    if (!text) return std::nullopt;
    return std::string(*text);
}

std::vector<std::string> texts_of(const Input& input, std::string_view member) {
    std::vector<std::string> texts;
    for (const Input& item : input.list(member)) texts.push_back(item.text());
    return texts;
}

std::vector<directory::Tag> tags_of(const Input& input) {
    std::vector<directory::Tag> tags;
    for (const Input& tag : input.list("Tags")) {
        tags.push_back({std::string(tag.text("Key")), std::string(tag.text("Value"))});
    }
    return tags;
}

}  // namespace writ::api
