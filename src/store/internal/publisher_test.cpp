#include "store/internal/publisher.h"

#include <gtest/gtest.h>

namespace writ::store {
namespace {

Change change(Revision revision, std::string id) {
    return {revision, {EntityKind::user, "111122223333", std::move(id)}};
}

class PublisherTest : public testing::Test {
  protected:
    PublisherTest() {
        publisher_.listen([this](const std::vector<Change>& changes) {
            std::string ids;
            for (const Change& each : changes) ids += each.entity.id;
            heard_.push_back(changes.empty() ? "anything" : ids);
        });
    }

    using Texts = std::vector<std::string>;
    Publisher publisher_{7};
    Texts heard_;
};

TEST_F(PublisherTest, TellsEachRevisionOnceAndInOrder) {
    publisher_.publish({change(7, "known"), change(8, "a"), change(8, "b"), change(9, "c")});
    EXPECT_EQ(heard_, (Texts{"ab", "c"}));
    EXPECT_EQ(publisher_.known(), 9);
    publisher_.publish({change(8, "a"), change(9, "c")});
    publisher_.publish({});
    EXPECT_EQ(heard_.size(), 2U);
}

TEST_F(PublisherTest, TellsThatAnythingMayHaveChangedWhenRevisionsAreMissing) {
    publisher_.publish({change(10, "a"), change(11, "b")});
    EXPECT_EQ(heard_, Texts{"anything"});
    EXPECT_EQ(publisher_.known(), 11);
    publisher_.publish({change(12, "c")});
    EXPECT_EQ(heard_, (Texts{"anything", "c"}));
}

}  // namespace
}  // namespace writ::store
