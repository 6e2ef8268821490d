#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "base/text.h"
#include "gateway/internal/errors.h"
#include "gateway/internal/requests/bodies.h"

namespace writ::gateway::internal {
namespace {

/// Hands the events of RapidJSON on.
class Events {
  public:
    /// `has_escapes`: texts may hold half of a surrogate pair, which is none in UTF-8.
    Events(BodyReader& reader, bool has_escapes) : reader_(&reader), has_escapes_(has_escapes) {}

    bool Null() { return reader_->null(); }
    bool Bool(bool value) { return reader_->scalar(value ? "true" : "false", Scalar::other); }
    bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
        return reader_->scalar({text, size}, Scalar::other);
    }
    bool String(const char* text, rapidjson::SizeType size, bool) {
        return is_whole({text, size}) && reader_->scalar({text, size}, Scalar::text);
    }
    bool Key(const char* text, rapidjson::SizeType size, bool) {
        return is_whole({text, size}) && reader_->key({text, size});
    }
    bool StartObject() { return reader_->open_map(); }
    bool EndObject(rapidjson::SizeType) { return reader_->close(); }
    bool StartArray() { return reader_->open_list(); }
    bool EndArray(rapidjson::SizeType) { return reader_->close(); }
    // Never called with numbers as strings.
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }

  private:
    using Scalar = BodyReader::Scalar;

    [[nodiscard]] bool is_whole(std::string_view text) const {
        return !has_escapes_ || count_scalars(text).has_value();
    }

    BodyReader* reader_;
    bool has_escapes_;
};

}  // namespace

Result<void> read_json(std::string_view body, BodyReader& reader) {
    // Recursion is bounded by the reader; the encoding is looked at faster as a whole.
    constexpr unsigned flags = rapidjson::kParseNumbersAsStringsFlag;
    if (!count_scalars(body)) return unreadable("The body is not UTF-8.");
    rapidjson::MemoryStream stream(body.data(), body.size());
    Events events(reader, body.find("\\u") != std::string_view::npos);
    rapidjson::Reader parser;
    const rapidjson::ParseResult result = parser.Parse<flags>(stream, events);
    if (result.Code() == rapidjson::kParseErrorTermination && !reader.error().code.empty())
        return std::unexpected(reader.error());
    // The stream shows a NUL at its end; the reader must not take one in the text for it.
    if (result.IsError() || stream.Tell() != body.size()) return unreadable("The body is not JSON.");
    return {};
}

}  // namespace writ::gateway::internal
