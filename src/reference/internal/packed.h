#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "reference/internal/embedded.h"

/// The packed form of the tables, as data/builders/packing.py writes it: sections of zstd frames, in pairs of
/// strings and LEB128 numbers. The bytes are part of the program, so damage is a bug: std::logic_error.
namespace writ::reference::internal {

/// Unpacked bytes of one section.
struct Bytes {
    std::unique_ptr<char[]> data;
    std::size_t size = 0;
};

[[nodiscard]] Bytes unpack(Table table, std::size_t section);
/// How many sections were unpacked since the program started; the tests of laziness ask.
[[nodiscard]] unsigned unpacked_sections(Table table) noexcept;

/// Reads a section of numbers from start to end.
class Numbers {
  public:
    explicit Numbers(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}
    explicit Numbers(const Bytes& bytes) : Numbers(std::string_view(bytes.data.get(), bytes.size)) {}

    std::uint32_t next();
    [[nodiscard]] bool done() const noexcept { return at_ == end_; }
    /// What is left to read.
    [[nodiscard]] std::string_view rest() const noexcept { return {at_, end_}; }

  private:
    const char* at_;
    const char* end_;
};

/// The strings of a section; `Bytes` must outlive them.
[[nodiscard]] std::vector<std::string_view> strings_of(const Bytes& bytes);

/// A row of lists that lie one behind the other in one vector.
template <class T>
struct Lists {
    std::vector<T> elements;
    std::vector<std::uint32_t> starts;  ///< One more than there are lists.

    [[nodiscard]] std::span<const T> operator[](std::size_t list) const {
        return std::span(elements).subspan(starts[list], starts[list + 1] - starts[list]);
    }
};

/// Reads lists whose elements `read()` reads.
template <class T, class Read>
[[nodiscard]] Lists<T> read_lists(Numbers& numbers, Read read) {
    Lists<T> lists;
    const auto count = numbers.next();
    lists.starts.reserve(count + 1);
    lists.starts.push_back(0);
    for (std::uint32_t list = 0; list < count; ++list) {
        for (auto left = numbers.next(); left != 0; --left) lists.elements.push_back(read());
        lists.starts.push_back(static_cast<std::uint32_t>(lists.elements.size()));
    }
    lists.elements.shrink_to_fit();
    return lists;
}

}  // namespace writ::reference::internal
