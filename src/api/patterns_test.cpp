#include "api/patterns.h"

#include <gtest/gtest.h>
#include <set>

#include "reference/api_model.h"

namespace writ::api {
namespace {

void collect(const reference::Shape* shape, std::set<const reference::Shape*>& found) {
    if (shape == nullptr || !found.insert(shape).second) return;
    for (const reference::Member& member : shape->members) collect(member.shape, found);
    for (const reference::Member* part : {shape->element, shape->key}) {
        if (part != nullptr) collect(part->shape, found);
    }
}

// A pattern that cannot be read would refuse every value.
TEST(Patterns, OfTheOperationsCanBeRead) {
    Patterns patterns;
    std::set<const reference::Shape*> shapes;
    for (const char* name : {"iam", "sts", "organizations"}) {
        const reference::ApiService* service = reference::find_api_service(name);
        ASSERT_NE(service, nullptr) << name;
        for (const reference::Operation& operation : service->operations) collect(operation.input, shapes);
    }
    EXPECT_GT(shapes.size(), 300U);
    for (const reference::Shape* shape : shapes) {
        if (!shape->pattern.empty()) {
            EXPECT_TRUE(patterns.can_read(shape->pattern)) << shape->name << ": " << shape->pattern;
        }
    }
}

TEST(Patterns, CoverTheWholeValue) {
    Patterns patterns;
    EXPECT_TRUE(patterns.matches("[a-z]+", "abc"));
    EXPECT_FALSE(patterns.matches("[a-z]+", "abc1"));
    EXPECT_TRUE(patterns.matches("[\\u0020-\\u00FF]+", "\xC3\xBF"));
    EXPECT_FALSE(patterns.matches("[\\u0020-\\u00FF]+", "\xC4\x80"));
    EXPECT_FALSE(patterns.can_read("("));
    EXPECT_FALSE(patterns.matches("(", "("));
}

}  // namespace
}  // namespace writ::api
