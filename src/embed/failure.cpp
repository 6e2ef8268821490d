#include "embed/failure.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace writ::embed {
namespace {

// Words for failures that come without: making them must not need memory.
std::string_view words_for(const Failure& failure) noexcept {
    if (!failure.message.empty()) return failure.message;
    return failure.status == WRIT_OUT_OF_MEMORY ? "Out of memory." : "A defect inside the library.";
}

// The longest beginning that fits and does not cut a character of UTF-8 in two.
std::string_view cut(std::string_view text, std::size_t bytes_max) noexcept {
    if (text.size() <= bytes_max) return text;
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    while (bytes_max > 0 && continues(text[bytes_max])) --bytes_max;
    return text.substr(0, bytes_max);
}

}  // namespace

writ_status report(writ_error* error, const Failure& failure) noexcept {
    if (error == nullptr) return failure.status;
    *error = writ_error{};
    error->status = failure.status;
    if (failure.at) {
        error->line = failure.at->line;
        error->column = failure.at->column;
        error->byte = failure.at->byte;
    }
    const std::string_view message = cut(words_for(failure), sizeof error->message - 1);
    std::ranges::copy(message, error->message);
    return failure.status;
}

}  // namespace writ::embed
