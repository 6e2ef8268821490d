#include "directory/reports/denials.h"

#include "directory/internal/testing.h"

namespace writ::directory {
namespace {

class DenialsTest : public DirectoryTest {
  protected:
    void keep(const std::vector<std::string>& ids, std::int64_t bytes_max = denial_bytes_max) {
        std::vector<Denial> denials;
        for (const std::string& id : ids) denials.push_back({id, clock_.now(), std::string(100, 'q')});
        EXPECT_TRUE(edit([&](AccountEdit& account) { return keep_denials(account, denials, bytes_max); }));
    }
    bool knows(const std::string& id) {
        const auto reader = store_->read();
        return find_denial(**reader, clock_, id)->has_value();
    }
};

TEST_F(DenialsTest, AreFoundForADay) {
    keep({"a"});
    const auto reader = store_->read();
    EXPECT_EQ((*find_denial(**reader, clock_, "a"))->question, std::string(100, 'q'));
    EXPECT_FALSE(knows("b"));
    clock_.advance(std::chrono::hours(24) - std::chrono::milliseconds(1));
    EXPECT_TRUE(knows("a"));
    clock_.advance(std::chrono::milliseconds(1));
    EXPECT_FALSE(knows("a"));
}

TEST_F(DenialsTest, LeaveTheStoreWhenTheyAreTooOld) {
    keep({"a", "b"});
    clock_.advance(std::chrono::hours(24));
    keep({"c"});
    view([&](const AccountView& account) {
        EXPECT_EQ(
            *account.records.count<store::Denial>(store::Denial::by_age, {.equal = {account.account_id}}),
            1U);
        return 0;
    });
}

TEST_F(DenialsTest, HoldBoundedSpaceAndTheOldestGoFirst) {
    keep({"a"}, 250);
    clock_.advance(std::chrono::milliseconds(1));
    keep({"b"}, 250);
    EXPECT_TRUE(knows("a"));
    clock_.advance(std::chrono::milliseconds(1));
    keep({"c"}, 250);
    EXPECT_FALSE(knows("a"));
    EXPECT_TRUE(knows("b"));
    EXPECT_TRUE(knows("c"));
    keep({"d", "e", "f"}, 100);
    EXPECT_FALSE(knows("c"));
}

TEST_F(DenialsTest, LeaveTogetherWhenManyAreTooOld) {
    std::vector<std::string> many;
    for (int i = 0; i < 60; ++i) many.push_back("old" + std::to_string(i));
    keep(many);
    clock_.advance(std::chrono::hours(24));
    keep({"new"});
    view([&](const AccountView& account) {
        EXPECT_EQ(
            *account.records.count<store::Denial>(store::Denial::by_age, {.equal = {account.account_id}}),
            1U);
        return 0;
    });
    EXPECT_TRUE(knows("new"));
}

}  // namespace
}  // namespace writ::directory
