#include "engine/internal/prefix_trie.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace writ::engine {
namespace {

// The values that a trie offers for a key.
std::set<std::uint32_t> offered(const PrefixTriesBuilder& builder, PrefixTries::Root root,
                                std::string_view key) {
    std::set<std::uint32_t> values;
    PrefixTries(builder.words()).visit(root, key, [&](std::uint32_t first, std::uint32_t last) {
        for (; first != last; ++first) values.insert(first);
    });
    return values;
}

PrefixTries::Root add(PrefixTriesBuilder& builder, const std::vector<std::string>& prefixes,
                      std::uint32_t first_value = 0) {
    return builder.add(std::vector<std::string_view>(prefixes.begin(), prefixes.end()), first_value);
}

using Values = std::set<std::uint32_t>;

TEST(PrefixTries, OfferWhatTheKeyBeginsWith) {
    PrefixTriesBuilder builder;
    const auto root = add(builder, {"", "table/", "table/orders", "table/orders", "table/parts", "topic/"});
    EXPECT_EQ(offered(builder, root, "table/orders-2026"), (Values{0, 1, 2, 3}));
    EXPECT_EQ(offered(builder, root, "table/parts"), (Values{0, 1, 4}));
    EXPECT_EQ(offered(builder, root, ""), Values{0});
    EXPECT_EQ(offered(builder, root, "bucket"), Values{0});
}

TEST(PrefixTries, ShareOneSequenceOfWords) {
    PrefixTriesBuilder builder;
    const auto first = add(builder, {"a", "b"});
    const auto second = add(builder, {"a", "ab"}, 2);
    EXPECT_EQ(offered(builder, first, "a"), Values{0});
    EXPECT_EQ(offered(builder, second, "abc"), (Values{2, 3}));
}

TEST(PrefixTries, OfferNothingWithoutPrefixes) {
    PrefixTriesBuilder builder;
    const auto root = add(builder, {});
    EXPECT_EQ(root, PrefixTries::no_root);
    EXPECT_EQ(offered(builder, root, "a"), Values{});
}

TEST(PrefixTries, BranchAtEveryByte) {
    std::vector<std::string> prefixes;
    for (int byte = -128; byte < 128; ++byte) prefixes.push_back({'x', static_cast<char>(byte), '/'});
    std::ranges::sort(prefixes);
    PrefixTriesBuilder builder;
    const auto root = add(builder, prefixes);
    for (std::uint32_t i = 0; i < prefixes.size(); ++i)
        EXPECT_EQ(offered(builder, root, prefixes[i] + "more"), Values{i});
}

TEST(PrefixTries, NeverMissAPrefix) {
    std::mt19937 random(1);
    const auto text = [&](std::size_t length_max) {
        std::string made;
        for (std::size_t length = random() % (length_max + 1); length > 0; --length)
            made += static_cast<char>('a' + random() % 3);
        return made;
    };
    std::size_t found = 0;
    for (int round = 0; round < 500; ++round) {
        std::vector<std::string> prefixes(1 + random() % 30);
        std::ranges::generate(prefixes, [&] { return text(6); });
        std::ranges::sort(prefixes);
        PrefixTriesBuilder builder;
        const auto root = add(builder, prefixes);
        const std::string key = text(9);
        const Values values = offered(builder, root, key);
        for (std::uint32_t i = 0; i < prefixes.size(); ++i) {
            if (!key.starts_with(prefixes[i])) continue;
            EXPECT_TRUE(values.contains(i)) << prefixes[i] << " of " << key;
            ++found;
        }
    }
    EXPECT_GT(found, 500U);
}

}  // namespace
}  // namespace writ::engine
