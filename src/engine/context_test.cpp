#include "engine/context.h"

#include <gtest/gtest.h>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace writ::engine {
namespace {

std::string key(std::size_t number) {
    return "service:Key" + std::to_string(number);
}

std::string value_of(const Context& context, std::string_view name) {
    const ContextEntry* entry = context.find(name);
    return entry == nullptr ? "missing" : entry->values.front();
}

/// What was told for one question goes, and what holds for all stays findable, whatever the table looked
/// like.
TEST(Context, KeepsTheFirstKeys) {
    for (std::size_t common = 0; common < 40; ++common) {
        Context context;
        for (std::size_t i = 0; i < common; ++i) context.set(key(i), "common");
        for (const std::size_t more : {std::size_t{1}, std::size_t{7}, std::size_t{60}}) {
            for (std::size_t i = common; i < common + more; ++i) context.set(key(i), "more");
            context.keep_first(common);
            ASSERT_EQ(context.entries().size(), common);
            for (std::size_t i = 0; i < common + more; ++i) {
                ASSERT_EQ(value_of(context, key(i)), i < common ? "common" : "missing") << common << " " << i;
            }
        }
        context.set("service:Last", "found");
        EXPECT_EQ(value_of(context, "SERVICE:LAST"), "found");
    }
}

TEST(Context, KeepsAllThereAre) {
    Context context;
    context.keep_first(0);
    context.set("a:b", "1");
    context.keep_first(1);
    context.keep_first(5);
    EXPECT_EQ(value_of(context, "a:b"), "1");
}

TEST(Context, HoldsNothingOfWhatWasThereBefore) {
    Context context;
    const std::vector<std::string> two{"one", "two"};
    context.set_list("a:List", two);
    context.set("a:Single", "a value that is too long to lie in the string itself");
    context.clear();
    EXPECT_TRUE(context.entries().empty());
    EXPECT_EQ(context.find("a:List"), nullptr);
    context.set("b:Single", "1");
    context.set_list("b:List", std::span(two).first(1));
    ASSERT_EQ(context.entries().size(), 2U);
    EXPECT_EQ(context.entries().front().name, "b:Single");
    EXPECT_EQ(context.entries().front().values, std::vector<std::string>{"1"});
    EXPECT_FALSE(context.entries().front().multivalued);
    EXPECT_EQ(context.entries().back().values, std::vector<std::string>{"one"});
    EXPECT_TRUE(context.entries().back().multivalued);
    EXPECT_EQ(context.find("a:Single"), nullptr);
}

TEST(Context, IsCopiedAndMovedWithoutWhatIsGone) {
    Context context;
    for (std::size_t i = 0; i < 50; ++i) context.set(key(i), "value");
    context.keep_first(3);
    Context copy = context;
    copy.set("own:Key", "1");
    EXPECT_EQ(copy.entries().size(), 4U);
    EXPECT_EQ(context.entries().size(), 3U);
    EXPECT_EQ(value_of(copy, key(2)), "value");
    EXPECT_EQ(value_of(copy, key(3)), "missing");
    Context moved = std::move(copy);
    EXPECT_EQ(value_of(moved, "own:key"), "1");
    copy = moved;
    moved.clear();
    EXPECT_EQ(value_of(copy, "own:key"), "1");
    EXPECT_EQ(moved.find("own:key"), nullptr);
}

}  // namespace
}  // namespace writ::engine
