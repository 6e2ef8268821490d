#include "directory/reports/recorded_uses.h"

#include <algorithm>

#include "directory/internal/reports/recorded_uses.h"
#include "directory/internal/testing.h"
#include "directory/principals/users.h"

namespace writ::directory {
namespace {

TEST(MergedResourceTest, KeepsEverythingButTheLastSegment) {
    struct Row {
        std::string_view resource, merged;
    };
    for (const auto& [resource, merged] : {
             Row{"arn:aws:s3:::docs/2026/a.txt", "arn:aws:s3:::docs/2026/*"},
             Row{"arn:aws:dynamodb:us-east-1:1:table/a", "arn:aws:dynamodb:us-east-1:1:table/*"},
             Row{"arn:aws:lambda:us-east-1:1:function:f", "arn:aws:lambda:us-east-1:1:function:*"},
             Row{"arn:aws:s3:::docs", "arn:aws:s3:::docs"},
             Row{"arn:aws:sqs:us-east-1:1:queue", "arn:aws:sqs:us-east-1:1:queue"},
             Row{"*", "*"},
         }) {
        EXPECT_EQ(merged_resource(resource), merged);
    }
}

TEST(PackedContextTest, IsReadAgainWhateverItHolds) {
    const std::vector<UseKey> context{{"dynamodb:LeadingKeys", {"a:1", ""}, true},
                                      {"s3:prefix", {std::string("\0m1:", 4)}, false},
                                      {"x:empty", {}, true}};
    EXPECT_EQ(unpack_context(pack_context(context)), context);
    EXPECT_EQ(unpack_context(""), std::vector<UseKey>{});
    const std::string packed = pack_context(context);
    for (std::size_t size = 1; size < packed.size(); ++size) {
        const auto read = unpack_context(std::string_view(packed).substr(0, size));
        EXPECT_TRUE(!read || read->size() < context.size()) << size;
    }
    EXPECT_FALSE(unpack_context("99999999999999999999:a"));
    EXPECT_FALSE(unpack_context("5:abc"));
}

class RecordedUsesTest : public DirectoryTest {
  protected:
    RecordedUsesTest() {
        EXPECT_TRUE(edit([&](AccountEdit& account) -> Result<void> {
            ada_id_ = create_user(account, {.name = "ada"})->user_id;
            return {};
        }));
    }
    RecordedUse use(std::string resource, std::int64_t uses = 1) {
        return {.action = "s3:GetObject",
                .resource = std::move(resource),
                .context = {{"aws:SourceIp", {"203.0.113.9"}}},
                .uses = uses,
                .first_at = clock_.now(),
                .last_at = clock_.now()};
    }
    void record(const std::vector<RecordedUse>& uses, std::int64_t lost = 0, const UseRoom& room = {}) {
        EXPECT_TRUE(
            edit([&](AccountEdit& account) { return record_uses(account, ada_id_, uses, lost, room); }));
    }
    UseRecord read(Instant since = {}) {
        UseRecord found =
            *view([&](const AccountView& account) { return read_recorded_uses(account, ada_id_, since); });
        std::ranges::sort(found.uses, {}, &RecordedUse::resource);
        return found;
    }
    std::string ada_id_;
};

TEST_F(RecordedUsesTest, AddUp) {
    const Instant first = clock_.now();
    record({use("arn:aws:s3:::docs/a", 2), use("arn:aws:s3:::docs/b")});
    clock_.advance(std::chrono::minutes(1));
    record({use("arn:aws:s3:::docs/a", 3)});
    const UseRecord found = read();
    ASSERT_EQ(found.uses.size(), 2U);
    EXPECT_EQ(found.uses[0].action, "s3:GetObject");
    EXPECT_EQ(found.uses[0].resource, "arn:aws:s3:::docs/a");
    EXPECT_EQ(found.uses[0].uses, 5);
    EXPECT_EQ(found.uses[0].first_at, first);
    EXPECT_EQ(found.uses[0].last_at, clock_.now());
    EXPECT_EQ(found.uses[0].context, (std::vector<UseKey>{{"aws:SourceIp", {"203.0.113.9"}}}));
    EXPECT_FALSE(found.uses[0].is_merged);
    EXPECT_EQ(found.lost, 0);
}

TEST_F(RecordedUsesTest, AreToldApartByAContextValue) {
    RecordedUse other = use("arn:aws:s3:::docs/a");
    other.context.front().values = {"203.0.113.10"};
    record({use("arn:aws:s3:::docs/a"), other});
    EXPECT_EQ(read().uses.size(), 2U);
}

TEST_F(RecordedUsesTest, OfATimeAreThoseUsedThen) {
    record({use("arn:aws:s3:::docs/old"), use("arn:aws:s3:::docs/both")});
    clock_.advance(std::chrono::hours(1));
    record({use("arn:aws:s3:::docs/both")});
    const UseRecord found = read(clock_.now());
    ASSERT_EQ(found.uses.size(), 1U);
    EXPECT_EQ(found.uses[0].resource, "arn:aws:s3:::docs/both");
    EXPECT_EQ(found.before, 1);
}

TEST_F(RecordedUsesTest, AreMergedWhenThereAreTooManyAndThenOnlyCounted) {
    const UseRoom room{.rows_max = 2, .merged_rows_max = 1};
    record({use("arn:aws:s3:::docs/a"), use("arn:aws:s3:::docs/b")}, 0, room);
    record({use("arn:aws:s3:::docs/c"), use("arn:aws:s3:::docs/d", 4), use("arn:aws:s3:::docs/a")}, 0, room);
    record({use("arn:aws:s3:::other/a", 7)}, 2, room);
    const UseRecord found = read();
    ASSERT_EQ(found.uses.size(), 3U);
    EXPECT_EQ(found.uses[0].resource, "arn:aws:s3:::docs/*");
    EXPECT_TRUE(found.uses[0].is_merged);
    EXPECT_EQ(found.uses[0].uses, 5);
    EXPECT_EQ(found.uses[0].context, std::vector<UseKey>{});
    EXPECT_EQ(found.uses[1].uses, 2) << "what is known is counted on";
    EXPECT_EQ(found.lost, 9);
}

TEST_F(RecordedUsesTest, AnObjectThatIsCalledAsteriskIsNotTheMergedOne) {
    const UseRoom room{.rows_max = 1, .merged_rows_max = 1};
    RecordedUse asterisk = use("arn:aws:s3:::docs/*");
    asterisk.context.clear();
    record({asterisk, use("arn:aws:s3:::docs/a")}, 0, room);
    const UseRecord found = read();
    ASSERT_EQ(found.uses.size(), 2U);
    EXPECT_NE(found.uses[0].is_merged, found.uses[1].is_merged);
}

TEST_F(RecordedUsesTest, WhatIsTooLongToKeepIsCounted) {
    record({use("arn:aws:s3:::docs/" + std::string(3'000, 'a'))});
    EXPECT_EQ(read().uses.size(), 0U);
    EXPECT_EQ(read().lost, 1);
}

TEST_F(RecordedUsesTest, StayOutOfTheFeedAndGoWithTheirPrincipal) {
    EXPECT_EQ(touched_by([&](AccountEdit& account) {
                  return record_uses(account, ada_id_, {use("arn:aws:s3:::docs/a")});
              }),
              std::vector<store::Entity>{});
    EXPECT_TRUE(edit([&](AccountEdit& account) { return delete_user(account, "ada"); }));
    EXPECT_EQ(read().uses.size(), 0U);
    record({use("arn:aws:s3:::docs/a")}, 1);  // On its way when the user went.
    EXPECT_EQ(read().uses.size(), 0U);
    EXPECT_EQ(read().lost, 0);
}

}  // namespace
}  // namespace writ::directory
