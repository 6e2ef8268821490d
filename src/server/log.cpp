#include "server/log.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <fmt/format.h>
#include <mutex>
#include <spdlog/details/log_msg.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <thread>

#include "crypto/access_key.h"
#include "server/internal/line_writer.h"

// The only file that knows spdlog: its sinks write, rotate and close. Its queue is not used, since it takes a
// lock that all threads share and wakes the writer for every single line.
namespace writ::server {
namespace {

constexpr std::size_t shards_max = 32;
constexpr std::size_t event_shard = 0;  // What is rare has a buffer of its own, which requests cannot fill.
constexpr std::chrono::milliseconds batch_time{20};

constexpr std::string_view name(LogLevel level) noexcept {
    switch (level) {
        case LogLevel::info:
            return "info";
        case LogLevel::warning:
            return "warning";
        case LogLevel::error:
            return "error";
    }
    return "error";
}

// Batches are lines already.
class Verbatim final : public spdlog::formatter {
  public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& to) override {
        to.append(message.payload.begin(), message.payload.end());
    }
    [[nodiscard]] std::unique_ptr<formatter> clone() const override { return std::make_unique<Verbatim>(); }
};

// Each thread has its own, as long as there are no more threads than buffers; then some share.
struct alignas(64) Shard {
    std::mutex mutex;
    std::string lines;
    std::uint64_t dropped = 0;
    internal::Timestamps timestamps;
};

std::size_t shard_of_thread() {
    static std::atomic<std::size_t> next{0};
    thread_local const std::size_t mine = 1 + next++ % (shards_max - 1);
    return mine;
}

// An id by which nobody was recognised may be anything, a secret included, when it is not of AWS's form.
std::string_view loggable_key_id(const api::RequestRecord& record) {
    const std::string& id = record.access_key_id;
    if (id.empty() || !record.account.empty() || crypto::kind_of_id(id)) return id;
    return "unknown";
}

std::unique_ptr<spdlog::sinks::sink> make_sink(const LogOptions& options) {
    if (options.file.empty()) return std::make_unique<spdlog::sinks::stderr_sink_st>();
    return std::make_unique<spdlog::sinks::rotating_file_sink_st>(options.file, options.file_bytes_max,
                                                                  options.files_max);
}

}  // namespace

struct Log::Parts {
    Parts(const LogOptions& chosen, const Clock& time, std::unique_ptr<spdlog::sinks::sink> to)
        : options(chosen), clock(time), sink(std::move(to)) {
        sink->set_formatter(std::make_unique<Verbatim>());
        writer = std::jthread([this](const std::stop_token& stop) { write_batches(stop); });
    }
    ~Parts() {
        writer.request_stop();
        wake();
        writer.join();
    }

    template <class Fields>
    void add(std::size_t shard_index, LogLevel level, std::string_view event, Fields&& fields) {
        if (level < options.level) return;
        Shard& shard = shards[shard_index];
        {
            const std::lock_guard lock(shard.mutex);
            if (shard.lines.size() >= options.waiting_bytes_max) {
                ++shard.dropped;
                return;
            }
            internal::LineWriter line(shard.lines, options.format);
            line.begin(shard.timestamps, clock.now(), name(level), event);
            fields(line);
            line.end();
        }
        // Only the first line of a batch wakes the writer.
        if (!waiting.load(std::memory_order_relaxed) && !waiting.exchange(true)) wake();
    }

    void wake() {
        {
            const std::lock_guard lock(mutex);
        }
        changed.notify_all();
    }

    void write_batches(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            {
                std::unique_lock lock(mutex);
                changed.wait(lock,
                             [&] { return waiting || flush_wanted > flush_done || stop.stop_requested(); });
                // Lets a batch gather; whoever flushes or stops does not wait for it.
                changed.wait_for(lock, batch_time,
                                 [&] { return flush_wanted > flush_done || stop.stop_requested(); });
            }
            write_batch();
        }
        write_batch();
    }

    void write_batch() {
        std::uint64_t flushing = 0;
        {
            const std::lock_guard lock(mutex);
            flushing = flush_wanted;
        }
        waiting = false;
        std::uint64_t lost = 0;
        for (Shard& shard : shards) {
            batch.clear();
            {
                const std::lock_guard lock(shard.mutex);
                std::swap(batch, shard.lines);
                lost += std::exchange(shard.dropped, 0);
            }
            lost += write(batch);
        }
        unsaid += lost;
        dropped += lost;
        say_dropped();
        {
            const std::lock_guard lock(mutex);
            flush_done = flushing;
        }
        changed.notify_all();
    }

    void say_dropped() {
        if (unsaid == 0) return;
        batch.clear();
        internal::LineWriter line(batch, options.format);
        line.begin(timestamps, clock.now(), name(LogLevel::warning), "lines_dropped");
        line.number("count", unsaid);
        line.end();
        if (write(batch) == 0) unsaid = 0;
    }

    // The number of lines that could not be written.
    std::uint64_t write(std::string_view lines) {
        if (lines.empty()) return 0;
        try {
            sink->log({"", spdlog::level::info, {lines.data(), lines.size()}});
            sink->flush();
            return 0;
        } catch (const spdlog::spdlog_ex&) {
            return static_cast<std::uint64_t>(std::ranges::count(lines, '\n'));
        }
    }

    const LogOptions options;
    const Clock& clock;
    std::array<Shard, shards_max> shards;
    std::atomic<bool> waiting{false};
    std::atomic<std::uint64_t> dropped{0};

    std::mutex mutex;
    std::condition_variable changed;
    std::uint64_t flush_wanted = 0;  // Guarded by mutex.
    std::uint64_t flush_done = 0;    // Guarded by mutex.

    // Of the writer alone.
    std::unique_ptr<spdlog::sinks::sink> sink;
    std::string batch;
    std::uint64_t unsaid = 0;
    internal::Timestamps timestamps;

    std::jthread writer;
};

Log::Log(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Log::~Log() = default;

Result<std::unique_ptr<Log>> Log::open(const LogOptions& options, const Clock& clock) {
    try {
        return std::unique_ptr<Log>(new Log(std::make_unique<Parts>(options, clock, make_sink(options))));
    } catch (const spdlog::spdlog_ex& error) {
        return fail("InvalidInput", 400, fmt::format("The log cannot be written: {}.", error.what()));
    }
}

void Log::request(const HttpRequest& request, const api::RequestRecord& record, int status,
                  std::chrono::nanoseconds latency) {
    const bool defect = !record.defect.empty();
    const LogLevel level = defect ? LogLevel::error : LogLevel::info;
    parts_->add(shard_of_thread(), level, "request", [&](internal::LineWriter& line) {
        line.text("request_id", request.request_id);
        line.text("source_address", request.peer_address);
        line.text("account", record.account);
        line.text("caller", record.caller_arn);
        line.text("access_key_id", loggable_key_id(record));
        line.text("service", record.service);
        line.text("action", record.action);
        line.text("decision", record.decision);
        line.text("decided_by", record.decided_by);
        line.text("error_code", record.error_code);
        line.number("status", static_cast<std::uint64_t>(status));
        line.number("latency_us", static_cast<std::uint64_t>(latency.count()) / 1'000);
        line.text("defect", record.defect);
    });
}

void Log::event(LogLevel level, std::string_view what, Fields fields) {
    parts_->add(event_shard, level, what, [&](internal::LineWriter& line) {
        for (const auto& [field, value] : fields) line.text(field, value);
    });
}

void Log::flush() {
    std::unique_lock lock(parts_->mutex);
    const std::uint64_t mine = ++parts_->flush_wanted;
    parts_->changed.notify_all();
    parts_->changed.wait(lock, [&] { return parts_->flush_done >= mine; });
}

std::uint64_t Log::dropped() const noexcept {
    return parts_->dropped;
}

}  // namespace writ::server
