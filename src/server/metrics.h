#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "api/endpoint.h"

namespace writ::server {

/// Counts for Prometheus. Labels take their values from tables (operations, layers, error codes), never from
/// requests, so that nobody can make the set of series grow. Safe for concurrent use.
class Metrics {
  public:
    /// What is asked when somebody looks instead of being counted.
    struct Gauges {
        std::function<std::size_t()> connections;
        std::function<std::int64_t()> store_revision;
        std::function<std::uint64_t()> log_lines_dropped;
        std::function<api::audit::State()> audit;
    };

    /// `started` is seconds since 1970.
    Metrics(std::string_view version, std::chrono::sys_seconds started);
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;
    ~Metrics();

    /// Counts one answered request. Cost: a look-up of the operation and four additions without locks, in
    /// memory that no other thread writes as long as there are no more than 16.
    void request(const api::RequestRecord& record, int status, std::chrono::nanoseconds latency) noexcept;

    /// Counts a request that HTTP itself refused, 400, 413 or 431, or for which there was no room: 503.
    void refusal(int status) noexcept;

    /// Counts a request through the gateway whose effect on policies, tags and facts was not taken over.
    void missed_change() noexcept;

    /// Everything in Prometheus' text format. Series that were never counted are left out, the gauges are
    /// not.
    [[nodiscard]] std::string text(const Gauges& gauges) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace writ::server
