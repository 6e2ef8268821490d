#include "server/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include "server/operations_endpoint.h"

namespace writ::server {
namespace {

using std::chrono::microseconds;
using testing::HasSubstr;
using testing::Not;

class Counting : public testing::Test {
  protected:
    [[nodiscard]] std::string text() const {
        return metrics_.text(
            {.connections = [] { return std::size_t{3}; },
             .store_revision = [] { return std::int64_t{42}; },
             .log_lines_dropped = [] { return std::uint64_t{5}; },
             .audit = [] { return api::audit::State{.waiting = 7, .dropped = 8, .defect = {}}; }});
    }
    static api::RequestRecord record(std::string_view service, std::string_view action) {
        api::RequestRecord made;
        made.service = service;
        made.action = action;
        return made;
    }

    Metrics metrics_{"9.8.7", std::chrono::sys_seconds(std::chrono::seconds(1'700'000'000))};
};

TEST_F(Counting, RequestsByOperationAndOutcome) {
    auto denied = record("iam", "CreateUser");
    denied.account = "123456789012";
    denied.decision = "explicitDeny";
    denied.decided_by = "boundary";
    denied.error_code = "AccessDenied";
    metrics_.request(denied, 403, microseconds(80));
    auto allowed = record("iam", "CreateUser");
    allowed.decision = "allowed";
    metrics_.request(allowed, 200, microseconds(80));
    metrics_.request(allowed, 200, microseconds(80));
    allowed.error_code = "EntityAlreadyExists";
    metrics_.request(allowed, 409, microseconds(80));
    allowed.error_code = "ServiceFailure";
    metrics_.request(allowed, 500, microseconds(80));

    const std::string page = text();
    const std::string series = R"(writ_requests_total{service="iam",action="CreateUser",outcome=)";
    EXPECT_THAT(page, HasSubstr(series + "\"denied\"} 1\n"));
    EXPECT_THAT(page, HasSubstr(series + "\"success\"} 2\n"));
    EXPECT_THAT(page, HasSubstr(series + "\"invalid\"} 1\n"));
    EXPECT_THAT(page, HasSubstr(series + "\"failed\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("writ_decisions_total{decision=\"explicitDeny\",layer=\"boundary\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("writ_decisions_total{decision=\"allowed\",layer=\"none\"} 4\n"));
}

TEST_F(Counting, OnlyKnownNamesBecomeLabels) {
    metrics_.request(record("iam", "DropTables"), 400, microseconds(1));
    metrics_.request(record("evil", "GetUser"), 400, microseconds(1));
    auto odd = record("sts", "GetCallerIdentity");
    odd.decision = "perhaps";
    odd.error_code = "Made\"Up";
    metrics_.request(odd, 403, microseconds(1));
    const std::string page = text();
    EXPECT_THAT(page, HasSubstr(R"(writ_requests_total{service="none",action="none",outcome="invalid"} 2)"));
    for (const char* made_up : {"DropTables", "evil", "perhaps", "Made"})
        EXPECT_THAT(page, Not(HasSubstr(made_up)));
}

TEST_F(Counting, UnrecognisedCallersByCode) {
    auto unsigned_request = record("sts", "GetCallerIdentity");
    unsigned_request.error_code = "MissingAuthenticationToken";
    metrics_.request(unsigned_request, 403, microseconds(1));
    unsigned_request.error_code = "IncompleteSignature";
    metrics_.request(unsigned_request, 400, microseconds(1));
    const std::string page = text();
    EXPECT_THAT(page,
                HasSubstr("writ_authentication_failures_total{code=\"MissingAuthenticationToken\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("writ_authentication_failures_total{code=\"IncompleteSignature\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("outcome=\"unauthenticated\"} 2\n"));
}

TEST_F(Counting, LatencyIsAHistogram) {
    metrics_.request({}, 200, microseconds(50));  // A bound belongs to its bucket.
    metrics_.request({}, 200, microseconds(400));
    metrics_.request({}, 200, std::chrono::seconds(3));
    const std::string page = text();
    EXPECT_THAT(page, HasSubstr("writ_request_duration_seconds_count 3\n"));
    EXPECT_THAT(page, HasSubstr("writ_request_duration_seconds_sum 3.00045"));
    EXPECT_THAT(page, HasSubstr("_bucket{le=\"0.0005\"} 2\n"));
    EXPECT_THAT(page, HasSubstr("_bucket{le=\"2\"} 2\n"));
    EXPECT_THAT(page, HasSubstr("_bucket{le=\"+Inf\"} 3\n"));
}

TEST_F(Counting, TellsWhatIsAsked) {
    const std::string page = text();
    EXPECT_THAT(page, HasSubstr("# TYPE writ_connections gauge\nwrit_connections 3\n"));
    EXPECT_THAT(page, HasSubstr("writ_store_revision 42\n"));
    EXPECT_THAT(page,
                HasSubstr("# TYPE writ_log_lines_dropped_total counter\nwrit_log_lines_dropped_total 5\n"));
    EXPECT_THAT(page, HasSubstr("writ_audit_events_waiting 7\n"));
    EXPECT_THAT(page, HasSubstr("writ_audit_events_dropped_total 8\n"));
    EXPECT_THAT(page, HasSubstr("writ_build_info{version=\"9.8.7\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("process_start_time_seconds 1700000000"));
    EXPECT_THAT(page, HasSubstr("\nprocess_resident_memory_bytes "));
    EXPECT_THAT(page, Not(HasSubstr("outcome=")));  // Nothing was counted yet.
}

TEST_F(Counting, ThreadsLoseNothing) {
    constexpr int threads = 20;  // More than there are shards.
    constexpr int each = 2'000;
    {
        std::vector<std::jthread> running;
        for (int i = 0; i < threads; ++i) {
            running.emplace_back([this] {
                for (int n = 0; n < each; ++n) metrics_.request(record("sts", "AssumeRole"), 200, {});
            });
        }
    }
    EXPECT_THAT(text(), HasSubstr(R"(action="AssumeRole",outcome="success"} 40000)"));
}

class Operations : public testing::Test {
  protected:
    [[nodiscard]] HttpResponse ask(std::string method, std::string target) const {
        HttpRequest request;
        request.method = std::move(method);
        request.target = std::move(target);
        return endpoint_.handle(request);
    }

    Health health_{.status = "ok", .revision = 12, .uptime = std::chrono::seconds(34)};
    OperationsEndpoint endpoint_{"1.2.3", [this] { return health_; }, [] { return std::string("a 1\n"); }};
};

TEST_F(Operations, HealthTellsWhatRuns) {
    const auto answer = ask("GET", "/health");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(*find_header(answer.headers, "content-type"), "application/json");
    EXPECT_EQ(answer.body, "{\"status\":\"ok\",\"version\":\"1.2.3\",\"revision\":12,\"uptime_s\":34}\n");
    health_.status = "draining";
    EXPECT_EQ(ask("GET", "/health").status, 503);
    EXPECT_THAT(ask("GET", "/health?verbose").body, HasSubstr("draining"));
}

TEST_F(Operations, MetricsAreText) {
    const auto answer = ask("GET", "/metrics");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "a 1\n");
    EXPECT_EQ(*find_header(answer.headers, "content-type"), "text/plain; version=0.0.4; charset=utf-8");
}

TEST_F(Operations, NothingElseIsThere) {
    EXPECT_EQ(ask("GET", "/").status, 404);
    EXPECT_EQ(ask("POST", "/healthz").status, 404);
    const auto refused = ask("POST", "/metrics");
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(*find_header(refused.headers, "allow"), "GET, HEAD");
}

}  // namespace
}  // namespace writ::server
