#include "reference/internal/packed.h"

#include <array>
#include <atomic>
#include <stdexcept>
#include <zstd.h>

namespace writ::reference::internal {
namespace {

std::array<std::atomic<unsigned>, 4> unpacked_by_table;

[[noreturn]] void damaged() {
    throw std::logic_error("a fact table inside the program is damaged");
}

std::uint32_t little_endian(std::span<const std::byte> bytes) {
    std::uint32_t number = 0;
    for (unsigned i = 0; i < 4; ++i) number |= std::to_integer<std::uint32_t>(bytes[i]) << (8 * i);
    return number;
}

}  // namespace

Bytes unpack(Table table, std::size_t section) {
    auto rest = embedded(table);
    for (;; --section) {
        if (rest.size() < 8) damaged();
        const std::size_t size = little_endian(rest);
        const std::size_t packed = little_endian(rest.subspan(4));
        rest = rest.subspan(8);
        if (packed > rest.size()) damaged();
        if (section == 0) {
            Bytes bytes{std::make_unique_for_overwrite<char[]>(size), size};
            if (ZSTD_decompress(bytes.data.get(), size, rest.data(), packed) != size) damaged();
            ++unpacked_by_table[static_cast<std::size_t>(table)];
            return bytes;
        }
        rest = rest.subspan(packed);
    }
}

unsigned unpacked_sections(Table table) noexcept {
    return unpacked_by_table[static_cast<std::size_t>(table)].load();
}

std::uint32_t Numbers::next() {
    std::uint32_t number = 0;
    for (unsigned shift = 0; at_ != end_ && shift < 32; shift += 7) {
        const auto byte = static_cast<unsigned char>(*at_++);
        number |= (byte & 0x7FU) << shift;
        if (byte < 0x80U) return number;
    }
    damaged();
}

std::vector<std::string_view> strings_of(const Bytes& bytes) {
    Numbers numbers(bytes);
    std::vector<std::string_view> strings(numbers.next());
    std::vector<std::uint32_t> sizes(strings.size());
    for (auto& size : sizes) size = numbers.next();
    auto rest = numbers.rest();
    for (std::size_t i = 0; i < strings.size(); ++i) {
        if (sizes[i] > rest.size()) damaged();
        strings[i] = rest.substr(0, sizes[i]);
        rest.remove_prefix(sizes[i]);
    }
    return strings;
}

}  // namespace writ::reference::internal
