#include "directory/internal/reports/audit_batch.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

#include "base/compress.h"
#include "directory/directory.h"
#include "store/failure.h"

namespace writ::directory {
namespace {

/// Before an event: the lengths of its texts. On every machine that Writ runs on an integer has its lowest
/// byte first.
enum Field : std::uint8_t { id, caller_arn, access_key_id, action, resource_arns, error_code, json, fields };
struct Header {
    std::int64_t occurred_at_ms = 0;
    std::array<std::uint32_t, fields> lengths{};
};
static_assert(sizeof(Header) == 40 && std::endian::native == std::endian::little);

/// More than any batch that is written: no row makes us take more memory.
constexpr std::size_t unpacked_bytes_max = std::size_t{64} << 20U;

void append(std::string& batch, const AuditEvent& event) {
    const std::string arns = joined(event.resource_arns);
    const std::array<std::string_view, fields> texts{
        event.id, event.caller_arn, event.access_key_id, event.action, arns, event.error_code, event.json};
    Header header{.occurred_at_ms = event.occurred_at.time_since_epoch().count()};
    for (std::size_t i = 0; i < fields; ++i) header.lengths[i] = static_cast<std::uint32_t>(texts[i].size());
    std::array<char, sizeof(Header)> bytes{};
    std::memcpy(bytes.data(), &header, sizeof header);
    batch.append(bytes.data(), bytes.size());
    for (const std::string_view text : texts) batch += text;
}

/// Takes an event off the front; nothing when there is no whole one.
std::optional<AuditEvent> take_event(std::string_view& batch) {
    Header header;
    if (batch.size() < sizeof header) return std::nullopt;
    std::memcpy(&header, batch.data(), sizeof header);
    batch.remove_prefix(sizeof header);
    std::array<std::string_view, fields> texts;
    for (std::size_t i = 0; i < fields; ++i) {
        if (header.lengths[i] > batch.size()) return std::nullopt;
        texts[i] = batch.substr(0, header.lengths[i]);
        batch.remove_prefix(header.lengths[i]);
    }
    return AuditEvent{.id = std::string(texts[id]),
                      .occurred_at = Instant(std::chrono::milliseconds(header.occurred_at_ms)),
                      .of_change = false,
                      .caller_arn = std::string(texts[caller_arn]),
                      .access_key_id = std::string(texts[access_key_id]),
                      .action = std::string(texts[action]),
                      .resource_arns = lines_of(texts[resource_arns]),
                      .error_code = std::string(texts[error_code]),
                      .json = std::string(texts[json])};
}

Error damaged() {
    return to_error(store::Failure{store::FailureKind::corrupt, {}, "a batch of audit events is damaged"});
}

}  // namespace

std::size_t unpacked_size_of(const AuditEvent& event) noexcept {
    std::size_t size = sizeof(Header) + event.id.size() + event.caller_arn.size() +
                       event.access_key_id.size() + event.action.size() + event.error_code.size() +
                       event.json.size();
    for (const std::string& arn : event.resource_arns) size += arn.size() + 1;
    return size;
}

store::Bytes pack(std::span<const AuditEvent> events) {
    std::string batch;
    for (const AuditEvent& event : events) append(batch, event);
    return compress(batch);
}

Result<std::vector<AuditEvent>> unpack(const store::Bytes& bytes) {
    const auto batch = decompress(bytes, unpacked_bytes_max);
    if (!batch) return std::unexpected(damaged());
    std::vector<AuditEvent> events;
    for (std::string_view rest = *batch; !rest.empty();) {
        auto event = take_event(rest);
        if (!event) return std::unexpected(damaged());
        events.push_back(std::move(*event));
    }
    return events;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        if (!text.empty()) text += '\n';
        text += line;
    }
    return text;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        lines.emplace_back(line);
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return lines;
}

}  // namespace writ::directory
