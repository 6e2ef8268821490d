#include "engine/context.h"

#include <gtest/gtest.h>
#include <string>

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

}  // namespace
}  // namespace writ::engine
