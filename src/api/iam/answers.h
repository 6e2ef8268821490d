#pragma once

#include <string_view>

#include "api/answers.h"
#include "directory/pages.h"

/// Lists as IAM answers them. An error passes through.
namespace writ::api::iam {

/// The list with IsTruncated and, only when more follows, Marker (spec 8.4).
template <class T>
void set_page(Output& output, std::string_view member, const directory::Page<T>& page, Shape<T> shape) {
    output.set(member, list_of(page.items, shape));
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
