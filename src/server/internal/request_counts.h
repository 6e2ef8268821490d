#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "api/endpoint.h"

namespace writ::server::internal {

/// How a request ended, for a label.
enum class Outcome : std::uint8_t { success, denied, unauthenticated, invalid, failed };
inline constexpr std::array<std::string_view, 5> outcome_names{"success", "denied", "unauthenticated",
                                                               "invalid", "failed"};
[[nodiscard]] Outcome outcome_of(const api::RequestRecord& record, int status) noexcept;

inline constexpr std::array<std::string_view, 3> decision_names{"allowed", "explicitDeny", "implicitDeny"};
/// Codes of requests whose caller was not recognised (spec 7.7): of the Query services, of the JSON services.
inline constexpr std::array<std::string_view, 10> fault_names{"MissingAuthenticationToken",
                                                              "IncompleteSignature",
                                                              "SignatureDoesNotMatch",
                                                              "InvalidClientTokenId",
                                                              "ExpiredToken",
                                                              "MissingAuthenticationTokenException",
                                                              "IncompleteSignatureException",
                                                              "InvalidSignatureException",
                                                              "UnrecognizedClientException",
                                                              "ExpiredTokenException"};

/// Upper bounds of the latency histogram; one more bucket has none.
inline constexpr std::array<double, 13> latency_bounds_s{
    0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0};

/// One known operation; the first stands for requests that addressed none.
struct CountedOperation {
    std::string_view service;
    std::string_view action;
};

/// The counters behind Metrics. Each thread adds to a shard of its own; reading sums the shards.
class RequestCounts {
  public:
    RequestCounts();

    void add(const api::RequestRecord& record, int status, std::chrono::nanoseconds latency) noexcept;

    [[nodiscard]] std::span<const CountedOperation> operations() const noexcept { return operations_; }
    /// "identity", "boundary" …; the last, "none", stands for decisions that name no layer.
    [[nodiscard]] std::span<const std::string_view> layers() const noexcept { return layers_; }

    [[nodiscard]] std::uint64_t requests(std::size_t operation, Outcome outcome) const noexcept;
    [[nodiscard]] std::uint64_t decisions(std::size_t decision, std::size_t layer) const noexcept;
    [[nodiscard]] std::uint64_t faults(std::size_t fault) const noexcept;
    /// Requests in the bucket, not cumulated.
    [[nodiscard]] std::uint64_t latency_count(std::size_t bucket) const noexcept;
    [[nodiscard]] std::uint64_t latency_sum_ns() const noexcept;

  private:
    using Cells = std::unique_ptr<std::atomic<std::uint64_t>[]>;
    static constexpr std::size_t shards = 16;

    [[nodiscard]] std::size_t operation_of(const api::RequestRecord& record) const noexcept;
    [[nodiscard]] std::size_t layer_of(std::string_view name) const noexcept;
    [[nodiscard]] std::uint64_t sum(std::size_t cell) const noexcept;

    std::vector<CountedOperation> operations_;
    std::vector<std::size_t> first_of_service_;  ///< In order of reference::api_services().
    std::vector<std::string_view> layers_;
    // Where each family begins within a shard.
    std::size_t decisions_at_ = 0, faults_at_ = 0, latency_at_ = 0, cells_ = 0;
    std::array<Cells, shards> shards_;
};

}  // namespace writ::server::internal
