#pragma once

#include <string_view>
#include <utility>

#include "api/output.h"
#include "base/result.h"
#include "directory/pages.h"

/// From what the directory returns to what an operation answers. An error passes through.
namespace writ::api::iam {

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

/// The list with IsTruncated and, only when more follows, Marker (spec 8.4).
template <class T>
void set_page(Output& output, std::string_view member, const directory::Page<T>& page, Shape<T> shape) {
    Output items = Output::list();
    for (const T& item : page.items) items.add(shape(item));
    output.set(member, std::move(items));
    output.set("IsTruncated", page.marker.has_value());
    if (page.marker) output.set("Marker", *page.marker);
}

template <class T>
Result<Output> answer_page(const Result<directory::Page<T>>& page, std::string_view member, Shape<T> shape) {
    if (!page) return std::unexpected(page.error());
    Output output;
    set_page(output, member, *page, shape);
    return output;
}

}  // namespace writ::api::iam
