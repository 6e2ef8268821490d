#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "api/endpoint.h"
#include "base/result.h"
#include "base/time.h"

namespace writ::server {

enum class LogLevel : std::uint8_t { info, warning, error };
enum class LogFormat : std::uint8_t {
    json,  ///< One JSON object a line.
    text,  ///< name=value pairs, values quoted where needed.
};

struct LogOptions {
    LogLevel level = LogLevel::info;  ///< Requests, starts and stops are told at `info`.
    LogFormat format = LogFormat::json;
    std::string file;                                             ///< Empty: stderr.
    std::size_t file_bytes_max = std::size_t{100} * 1024 * 1024;  ///< Then it becomes FILE.1, and so on.
    std::size_t files_max = 5;                                    ///< Older files are removed.
    /// Lines that wait to be written, for each thread that logs. What comes when it is full is dropped.
    std::size_t waiting_bytes_max = std::size_t{1} * 1024 * 1024;
};

/// The structured log: a line a request, and a line for each start, stop, warning and defect. Lines are put
/// together by the thread that has something to say and written by a thread of the log's own, in batches, so
/// that a request never waits for the disk or for whoever reads our stderr. Lines of one thread stay in
/// order.
///
/// When lines come faster than they can be written, the newest are dropped; how many is said in a line
/// "lines_dropped" as soon as there is room, and by dropped().
///
/// Never holds secrets: only the fields of a RequestRecord are told, and an access key id that nobody was
/// recognised by only when it looks like one, since people confuse it with the secret.
/// Safe for concurrent use. Cost of a request: under half a microsecond, one uncontended lock.
class Log {
  public:
    using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    /// `InvalidInput` when the file cannot be written. `clock` must outlive the log.
    [[nodiscard]] static Result<std::unique_ptr<Log>> open(const LogOptions& options, const Clock& clock);
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;
    ~Log();  ///< Writes what waits.

    /// The line of a request that was answered with `status` after `latency`. A record with a defect makes a
    /// line at `error` level.
    void request(const HttpRequest& request, const api::RequestRecord& record, int status,
                 std::chrono::nanoseconds latency);
    /// "started", "stopped" and what else is rare. Fields must not be secret.
    void event(LogLevel level, std::string_view what, Fields fields = {});

    /// Returns when what was said before is written.
    void flush();
    [[nodiscard]] std::uint64_t dropped() const noexcept;

  private:
    struct Parts;
    explicit Log(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace writ::server
