#include "gateway/use_recorder.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "gateway/internal/world_for_tests.h"

namespace writ::gateway {
namespace {

class UseRecorderTest : public GuardWorld {
  protected:
    void SetUp() override {
        GuardWorld::SetUp();
        add_upstream("service=s3,url=http://127.0.0.1:9000,record=true");
    }
    /// The guard's record of that request.
    GuardRecord judged(HttpRequest made) {
        Guard guard(config(), services());
        GuardRecord record = guard.judge(made, false).record;
        if (record.caller != nullptr && record.caller->subject != nullptr) id_ = record.caller->subject->id;
        return record;
    }
    std::vector<directory::RecordedUse> recorded() {
        auto reader = store_->read();
        const directory::AccountView account{**reader, std::string(account_id), environment_};
        auto found = directory::read_recorded_uses(account, id_, {});
        EXPECT_TRUE(found);
        std::ranges::sort(found->uses, {}, &directory::RecordedUse::resource);
        return std::move(found->uses);
    }
    std::string id_;
};

TEST_F(UseRecorderTest, KeepsWhatWasServed) {
    UseRecorder recorder(*store_, environment_);
    const HttpRequest made = signed_s3("GET", "/docs/a");
    const GuardRecord record = judged(made);
    ASSERT_EQ(record.error_code, "");
    recorder.note(made, record, 200, clock_.now());
    recorder.note(made, record, 404, clock_.now());
    recorder.flush();
    recorder.note(made, record, 206, clock_.now());
    recorder.flush();
    const auto uses = recorded();
    ASSERT_EQ(uses.size(), 1U);
    EXPECT_EQ(uses[0].action, "s3:GetObject");
    EXPECT_EQ(uses[0].resource, "arn:aws:s3:::docs/a");
    EXPECT_EQ(uses[0].resource_account, account_id);
    EXPECT_EQ(uses[0].uses, 3);
    const std::vector<directory::UseKey> expected{{"aws:RequestedRegion", {std::string(region)}},
                                                  {"aws:SecureTransport", {"false"}},
                                                  {"aws:SourceIp", {"203.0.113.9"}}};
    EXPECT_EQ(uses[0].context, expected);
}

TEST_F(UseRecorderTest, LeavesOutWhatWasNot) {
    UseRecorder recorder(*store_, environment_);
    const HttpRequest made = signed_s3("GET", "/docs/a");
    const GuardRecord record = judged(made);
    for (const int status : {0, 401, 403, 500, 503}) recorder.note(made, record, status, clock_.now());
    const HttpRequest denied = signed_s3("GET", "/other/a");
    recorder.note(denied, judged(denied), 403, clock_.now());
    recorder.note(denied, judged(denied), 200, clock_.now());
    const HttpRequest anonymous = request("GET", "/docs/a");
    recorder.note(anonymous, judged(anonymous), 200, clock_.now());
    recorder.flush();
    EXPECT_EQ(recorded().size(), 0U);
}

TEST_F(UseRecorderTest, AsksTheUpstreamWhetherToRecord) {
    upstreams_.front().records_use = false;
    UseRecorder recorder(*store_, environment_);
    const HttpRequest made = signed_s3("GET", "/docs/a");
    recorder.note(made, judged(made), 200, clock_.now());
    recorder.flush();
    EXPECT_EQ(recorded().size(), 0U);
}

TEST_F(UseRecorderTest, WhatPassesUnderObservationCounts) {
    upstreams_.front().mode = Mode::learn;
    UseRecorder recorder(*store_, environment_);
    const HttpRequest made = signed_s3("GET", "/other/?list-type=2&prefix=a%2F");
    const GuardRecord record = judged(made);
    ASSERT_TRUE(record.is_observed);
    recorder.note(made, record, 200, clock_.now());
    recorder.flush();
    const auto uses = recorded();
    ASSERT_EQ(uses.size(), 1U);
    EXPECT_EQ(uses[0].action, "s3:ListBucket");
    const directory::UseKey prefix{"s3:prefix", {"a/"}};
    EXPECT_NE(std::ranges::find(uses[0].context, prefix), uses[0].context.end());
}

TEST_F(UseRecorderTest, TriesAgainWhatTheStoreRefused) {
    UseRecorder recorder(faulty_, environment_);
    const HttpRequest made = signed_s3("GET", "/docs/a");
    const GuardRecord record = judged(made);
    recorder.note(made, record, 200, clock_.now());
    faulty_.fail({.first = 1, .count = store::Fault::all});
    recorder.flush();
    faulty_.mend();
    recorder.note(made, record, 200, clock_.now());
    recorder.flush();
    const auto uses = recorded();
    ASSERT_EQ(uses.size(), 1U);
    EXPECT_EQ(uses[0].uses, 2);
}

}  // namespace
}  // namespace writ::gateway
