// What happens when memory runs out: the Nth allocation of a call fails, for every N until the call succeeds.
// Nothing may be thrown, nothing may be half changed, and no answer may turn into "allowed".
#include <cstdlib>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <new>
#include <string>

#include "writ/engine.h"

namespace {

constexpr long unlimited = -1;
thread_local long allocations_left = unlimited;

}  // namespace

void* operator new(std::size_t bytes) {
    if (allocations_left == 0) throw std::bad_alloc();
    if (allocations_left > 0) --allocations_left;
    if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
    throw std::bad_alloc();
}
// Sanitizers bring their own, which would not fit the operator delete below.
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
    try {
        return operator new(bytes);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace {

struct Free {
    void operator()(writ_policies* policies) const { writ_policies_free(policies); }
    void operator()(writ_request* request) const { writ_request_free(request); }
    void operator()(char* text) const { writ_string_free(text); }
};
using Policies = std::unique_ptr<writ_policies, Free>;
using Request = std::unique_ptr<writ_request, Free>;

constexpr const char* if_team_a =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":)"
    R"({"StringEquals":{"aws:PrincipalTag/a-team-with-a-name-that-is-not-short":"a"}}}})";
constexpr const char* deny_all =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})";
constexpr const char* team = "aws:PrincipalTag/a-team-with-a-name-that-is-not-short";

Policies make_policies() {
    Policies policies(writ_policies_new());
    EXPECT_EQ(writ_policies_add(policies.get(), WRIT_IDENTITY, 0, nullptr, if_team_a, nullptr), WRIT_OK);
    return policies;
}

Request make_request() {
    Request request(writ_request_new("arn:aws:iam::111122223333:user/bob", "s3:GetObject",
                                     "arn:aws:s3:::orders/1", nullptr));
    EXPECT_EQ(writ_request_set(request.get(), team, "a"), WRIT_OK);
    return request;
}

// Calls work() with ever more memory until it returns true. Returns how often it failed.
long exhaust(const std::function<bool(const std::function<void()>& arm)>& work) {
    for (long allowed = 0; allowed < 100000; ++allowed) {
        const bool done = work([allowed] { allocations_left = allowed; });
        if (done) return allowed;
    }
    ADD_FAILURE() << "never succeeds";
    return 0;
}

writ_status disarm(writ_status status) {
    allocations_left = unlimited;
    return status;
}

TEST(EmbedMemory, LeavesPoliciesAsTheyWere) {
    const Request request = make_request();
    const long failures = exhaust([&](const auto& arm) {
        const Policies policies = make_policies();
        writ_error error{};
        arm();
        const writ_status status =
            disarm(writ_policies_add(policies.get(), WRIT_SCP, 3, nullptr, deny_all, &error));
        if (status == WRIT_OK) return true;
        EXPECT_EQ(status, WRIT_OUT_OF_MEMORY);
        EXPECT_EQ(error.status, WRIT_OUT_OF_MEMORY);
        EXPECT_STRNE(error.message, "");
        EXPECT_EQ(writ_decide(policies.get(), request.get()).verdict, WRIT_ALLOWED);
        return false;
    });
    EXPECT_GT(failures, 0);
}

TEST(EmbedMemory, NeverAllowsByAHalfChangedRequest) {
    const Policies policies = make_policies();
    using Change = writ_status (*)(writ_request*);
    const Change changes[] = {
        [](writ_request* request) { return writ_request_set(request, team, "b"); },
        [](writ_request* request) { return writ_request_remove(request, team); },
        [](writ_request* request) { return writ_request_set_list(request, team, nullptr, 0); },
        [](writ_request* request) { return writ_request_set_target(request, "ec2:RunInstances", "*"); },
        [](writ_request* request) {
            return writ_request_set_fact(request, WRIT_RESOURCE_ACCOUNT, "the account of somebody else");
        }};
    for (const Change change : changes) {
        const long failures = exhaust([&](const auto& arm) {
            const Request request = make_request();
            arm();
            const writ_status status = disarm(change(request.get()));
            const writ_decision decision = writ_decide(policies.get(), request.get());
            if (status == WRIT_OK) {
                EXPECT_EQ(decision.verdict, WRIT_IMPLICIT_DENY);
                return true;
            }
            EXPECT_EQ(status, WRIT_OUT_OF_MEMORY);
            // Untouched, or of no use any more.
            EXPECT_TRUE(decision.verdict == WRIT_ALLOWED || decision.decided_by == WRIT_BY_NOTHING);
            return false;
        });
        EXPECT_GT(failures, 0);
    }
}

TEST(EmbedMemory, MakesNoHandlesAndTextsWithoutIt) {
    const Policies policies = make_policies();
    exhaust([](const auto& arm) {
        writ_error error{};
        arm();
        writ_request* const request = writ_request_new("arn:aws:iam::111122223333:user/bob", "s3:GetObject",
                                                       "arn:aws:s3:::orders/1", &error);
        const writ_status status = disarm(request != nullptr ? WRIT_OK : error.status);
        writ_request_free(request);
        EXPECT_EQ(status, request != nullptr ? WRIT_OK : WRIT_OUT_OF_MEMORY);
        return request != nullptr;
    });
    const Request request = make_request();
    EXPECT_EQ(writ_request_remove(request.get(), team), WRIT_OK);
    writ_string_free(
        writ_denial_message(policies.get(), request.get()));  // Unpacks tables at the first time.
    exhaust([&](const auto& arm) {
        arm();
        char* const text = writ_denial_message(policies.get(), request.get());
        allocations_left = unlimited;
        writ_string_free(text);
        return text != nullptr;
    });
}

TEST(EmbedMemory, DecidesWithoutAllocating) {
    const Policies policies = make_policies();
    EXPECT_EQ(writ_policies_add_managed(
                  policies.get(), WRIT_RCP, 0,
                  "arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess", nullptr),
              WRIT_OK);
    const Request request = make_request();
    allocations_left = 0;
    const writ_decision decision = writ_decide(policies.get(), request.get());
    allocations_left = unlimited;
    EXPECT_EQ(decision.verdict, WRIT_ALLOWED);
}

}  // namespace
