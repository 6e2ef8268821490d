#include "bench/unit.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace writ::bench {
namespace {

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) noexcept {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// For texts whose length is a multiple of eight.
std::uint64_t hash_of(std::string_view text) noexcept {
    std::uint64_t hash = 0x9E3779B97F4A7C15ULL ^ text.size();
    for (std::size_t at = 0; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, sizeof word);
        hash = mixed(hash ^ word, 0xD6E8FEB86659FD93ULL);
    }
    return hash;
}

/// Open addressing, half full.
class NameTable {
  public:
    explicit NameTable(const std::vector<std::string>& names) : names_(names), slots_(65536) {
        for (std::uint32_t i = 0; i < names.size(); ++i) {
            std::uint64_t hash = hash_of(names[i]);
            std::size_t at = hash & (slots_.size() - 1);
            while (slots_[at].index != 0) at = (at + 1) & (slots_.size() - 1);
            slots_[at] = {static_cast<std::uint32_t>(hash >> 32), i + 1};
        }
    }
    [[nodiscard]] std::uint32_t find(std::string_view name) const noexcept {
        const std::uint64_t hash = hash_of(name);
        const auto tag = static_cast<std::uint32_t>(hash >> 32);
        for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
            const Slot& slot = slots_[at];
            if (slot.index == 0) return 0;
            if (slot.tag == tag && names_[slot.index - 1] == name) return slot.index;
        }
    }

  private:
    struct Slot {
        std::uint32_t tag = 0, index = 0;
    };
    const std::vector<std::string>& names_;
    std::vector<Slot> slots_;
};

/// prefix * middle * suffix.
struct CompiledGlob {
    std::string_view prefix, middle, suffix;
    [[nodiscard]] bool matches(std::string_view text) const noexcept {
        if (text.size() < prefix.size() + middle.size() + suffix.size()) return false;
        if (!text.starts_with(prefix) || !text.ends_with(suffix)) return false;
        const std::size_t between = text.size() - prefix.size() - suffix.size();
        return ::memmem(text.data() + prefix.size(), between, middle.data(), middle.size()) != nullptr;
    }
};

}  // namespace

Timing measure_unit() {
    std::vector<std::string> names;
    for (unsigned i = 0; i < 20'000; ++i) {
        std::array<char, 32> name{};
        std::snprintf(name.data(), name.size(), "svc%04u:Action%010u", i % 400, i);
        names.emplace_back(name.data(), 24);
    }
    const NameTable table(names);
    std::mt19937 random(7);
    std::vector<std::string> asked(4096);
    for (std::string& name : asked) name = names[random() % names.size()];

    const CompiledGlob glob{"arn:aws:dynamodb:us-east-1:111122223333:table/project-", "/index/", ""};
    std::vector<std::string> arns(
        64, "arn:aws:dynamodb:us-east-1:111122223333:table/project-orders-2026/index/by-owner");
    for (std::size_t i = 0; i < arns.size(); ++i) arns[i][59] = static_cast<char>('a' + i % 26);

    return measure([&](std::size_t i) {
        keep(table.find(asked[i & 4095]));
        keep(glob.matches(arns[i & 63]));
    });
}

}  // namespace writ::bench
