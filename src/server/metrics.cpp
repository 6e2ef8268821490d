#include "server/metrics.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

#include "server/internal/request_counts.h"

// The only file that knows prometheus-cpp: its model of families and its serializer. Its counters and
// histograms take locks or spin; ours are in internal/request_counts.h.
namespace writ::server {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

MetricFamily family(std::string name, std::string help, MetricType type) {
    return {std::move(name), std::move(help), type, {}};
}

void add_counter(MetricFamily& to, Labels labels, double value) {
    ClientMetric metric;
    metric.label = std::move(labels);
    metric.counter.value = value;
    to.metric.push_back(std::move(metric));
}

// Left out while nothing was counted: there would be more than a thousand.
void add_touched(MetricFamily& to, Labels labels, std::uint64_t value) {
    if (value > 0) add_counter(to, std::move(labels), static_cast<double>(value));
}

MetricFamily gauge(std::string name, std::string help, double value, Labels labels = {}) {
    MetricFamily made = family(std::move(name), std::move(help), MetricType::Gauge);
    ClientMetric metric;
    metric.label = std::move(labels);
    metric.gauge.value = value;
    made.metric.push_back(std::move(metric));
    return made;
}

MetricFamily counter(std::string name, std::string help, double value) {
    MetricFamily made = family(std::move(name), std::move(help), MetricType::Counter);
    add_counter(made, {}, value);
    return made;
}

std::string text(std::string_view view) {
    return std::string(view);
}

MetricFamily requests(const internal::RequestCounts& counts) {
    auto made = family("writ_requests_total", "Requests answered, by operation and how they ended.",
                       MetricType::Counter);
    const auto operations = counts.operations();
    for (std::size_t i = 0; i < operations.size(); ++i) {
        for (std::size_t outcome = 0; outcome < internal::outcome_names.size(); ++outcome) {
            add_touched(made,
                        {{"service", text(operations[i].service)},
                         {"action", text(operations[i].action)},
                         {"outcome", text(internal::outcome_names[outcome])}},
                        counts.requests(i, static_cast<internal::Outcome>(outcome)));
        }
    }
    return made;
}

MetricFamily decisions(const internal::RequestCounts& counts) {
    auto made = family("writ_decisions_total", "Decisions, by verdict and the policy type that denied.",
                       MetricType::Counter);
    const auto layers = counts.layers();
    for (std::size_t decision = 0; decision < internal::decision_names.size(); ++decision) {
        for (std::size_t layer = 0; layer < layers.size(); ++layer) {
            add_touched(
                made,
                {{"decision", text(internal::decision_names[decision])}, {"layer", text(layers[layer])}},
                counts.decisions(decision, layer));
        }
    }
    return made;
}

MetricFamily faults(const internal::RequestCounts& counts) {
    auto made = family("writ_authentication_failures_total",
                       "Requests whose caller was not recognised, by error code.", MetricType::Counter);
    for (std::size_t fault = 0; fault < internal::fault_names.size(); ++fault)
        add_touched(made, {{"code", text(internal::fault_names[fault])}}, counts.faults(fault));
    return made;
}

MetricFamily latency(const internal::RequestCounts& counts) {
    auto made =
        family("writ_request_duration_seconds",
               "Time from a complete request to its answer, without sending it.", MetricType::Histogram);
    ClientMetric metric;
    std::uint64_t below = 0;
    for (std::size_t i = 0; i <= internal::latency_bounds_s.size(); ++i) {
        below += counts.latency_count(i);
        if (i < internal::latency_bounds_s.size())
            metric.histogram.bucket.push_back({below, internal::latency_bounds_s[i]});
    }
    constexpr double ns_per_s = 1e9;
    metric.histogram.sample_count = below;
    metric.histogram.sample_sum = static_cast<double>(counts.latency_sum_ns()) / ns_per_s;
    made.metric.push_back(std::move(metric));
    return made;
}

// What the listener answers by itself; anything else would be counted as the first.
constexpr std::array<int, 4> refusal_statuses{400, 413, 431, 503};
using Refusals = std::array<std::atomic<std::uint64_t>, refusal_statuses.size()>;

MetricFamily refusals(const Refusals& counts) {
    auto made =
        family("writ_http_refusals_total",
               "Requests refused before they were read completely, by HTTP status.", MetricType::Counter);
    for (std::size_t i = 0; i < counts.size(); ++i)
        add_touched(made, {{"status", std::to_string(refusal_statuses[i])}}, counts[i]);
    return made;
}

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    constexpr double us_per_s = 1e6;
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / us_per_s;
}

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double pages_total = 0;
    double pages_resident = 0;
    statm >> pages_total >> pages_resident;
    return pages_resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

struct Metrics::Parts {
    std::string version;
    std::chrono::sys_seconds started;
    internal::RequestCounts counts;
    Refusals refusals{};
    std::atomic<std::uint64_t> missed_changes{0};
};

Metrics::Metrics(std::string_view version, std::chrono::sys_seconds started)
    : parts_(new Parts{std::string(version), started, {}, {}, 0}) {}
Metrics::~Metrics() = default;

void Metrics::request(const api::RequestRecord& record, int status,
                      std::chrono::nanoseconds latency) noexcept {
    parts_->counts.add(record, status, latency);
}

void Metrics::refusal(int status) noexcept {
    const auto* known = std::ranges::find(refusal_statuses, status);
    const bool found = known != refusal_statuses.end();
    ++parts_->refusals.at(found ? static_cast<std::size_t>(known - refusal_statuses.begin()) : 0);
}

void Metrics::missed_change() noexcept {
    ++parts_->missed_changes;
}

std::string Metrics::text(const Gauges& gauges) const {
    const internal::RequestCounts& counts = parts_->counts;
    const api::audit::State audit = gauges.audit();
    const auto started_s = static_cast<double>(parts_->started.time_since_epoch().count());
    const std::vector<MetricFamily> families{
        requests(counts),
        decisions(counts),
        faults(counts),
        refusals(parts_->refusals),
        latency(counts),
        counter("writ_gateway_missed_changes_total",
                "Requests through the gateway whose effect on policies, tags and facts was not taken over.",
                static_cast<double>(parts_->missed_changes)),
        gauge("writ_connections", "Open connections of the API port.",
              static_cast<double>(gauges.connections())),
        gauge("writ_store_revision", "Last committed revision of the store.",
              static_cast<double>(gauges.store_revision())),
        counter("writ_log_lines_dropped_total", "Lines of the log that were dropped since it was too slow.",
                static_cast<double>(gauges.log_lines_dropped())),
        gauge("writ_audit_events_waiting", "Events of calls that are not written yet.",
              static_cast<double>(audit.waiting)),
        counter("writ_audit_events_dropped_total",
                "Events of calls that were dropped since too many were waiting to be written.",
                static_cast<double>(audit.dropped)),
        gauge("writ_build_info", "Always 1; the version is the label.", 1, {{"version", parts_->version}}),
        gauge("process_start_time_seconds", "When the process started, in seconds since 1970.", started_s),
        counter("process_cpu_seconds_total", "User and system time spent.", cpu_seconds()),
        gauge("process_resident_memory_bytes", "Resident memory.", resident_bytes()),
    };
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, families);
    return std::move(out).str();
}

}  // namespace writ::server
