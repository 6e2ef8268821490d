#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/output.h"
#include "base/result.h"
#include "directory/tags.h"

/// From what the directory returns to what an operation answers. An error passes through.
namespace writ::api {

template <class T>
using Shape = Output (*)(const T&);

/// `{member: shape(value)}`.
template <class T>
Result<Output> answer(const Result<T>& result, std::string_view member, Shape<T> shape) {
    if (!result) return std::unexpected(result.error());
    Output output;
    output.set(member, shape(*result));
    return output;
}

/// Operations that answer nothing.
inline Result<Output> done(const Result<void>& result) {
    if (!result) return std::unexpected(result.error());
    return Output{};
}

template <class T>
Output list_of(const std::vector<T>& items, Shape<T> shape) {
    Output list = Output::list();
    for (const T& item : items) list.add(shape(item));
    return list;
}

inline Output tag_shape(const directory::Tag& tag) {
    Output output;
    output.set("Key", tag.key);
    output.set("Value", tag.value);
    return output;
}

inline Output text_shape(const std::string& text) {
    return text;
}

/// `Tags`, where an answer shows them only when there are some.
inline void set_tags(Output& output, const std::vector<directory::Tag>& tags) {
    if (!tags.empty()) output.set("Tags", list_of(tags, tag_shape));
}

}  // namespace writ::api
