#include "cases/internal/json_tree.h"

#include <algorithm>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
#include <utility>

namespace writ::cases {
namespace {

// A RapidJSON input stream that ends at the end of the text instead of at a NUL byte and that counts lines
// and columns. RapidJSON does not copy streams of unknown types, so a handler that looks at it sees where
// the reader is.
class PositionedStream {
  public:
    using Ch = char;
    explicit PositionedStream(std::string_view text) : text_(text) {}

    [[nodiscard]] Ch Peek() const { return at_.byte < text_.size() ? text_[at_.byte] : '\0'; }
    Ch Take() {
        if (at_.byte >= text_.size()) return '\0';
        const char c = text_[at_.byte++];
        if (c == '\n') {
            ++at_.line;
            at_.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {  // Not a UTF-8 continuation byte.
            ++at_.column;
        }
        return c;
    }
    [[nodiscard]] std::size_t Tell() const { return at_.byte; }
    [[nodiscard]] const policy::Position& position() const { return at_; }

    // The writing half of the concept; only in-situ parsing uses it.
    Ch* PutBegin() { return nullptr; }
    void Put(Ch) {}
    void Flush() {}
    std::size_t PutEnd(Ch*) { return 0; }

  private:
    std::string_view text_;
    policy::Position at_;
};

policy::Position moved(policy::Position at, std::uint32_t bytes) {
    at.byte += bytes;
    at.column += bytes;
    return at;
}

// Builds the tree from RapidJSON's events. The iterative reader announces a bracket before it takes it, and
// a scalar after; strings cannot span lines, so the line is right in both cases.
class Builder {
  public:
    explicit Builder(const PositionedStream& stream) : stream_(&stream) {}

    bool Null() { return scalar(JsonNode::Kind::null, ""); }
    bool Bool(bool value) { return scalar(JsonNode::Kind::boolean, value ? "true" : "false"); }
    bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
        return scalar(JsonNode::Kind::number, {text, length});
    }
    bool String(const char* text, rapidjson::SizeType length, bool) {
        return scalar(JsonNode::Kind::string, {text, length});
    }
    // Never called with numbers as strings.
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }

    bool StartObject() { return open(JsonNode::Kind::object); }
    bool StartArray() { return open(JsonNode::Kind::array); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }
    bool Key(const char* text, rapidjson::SizeType length, bool) {
        const std::string_view name(text, length);
        if (open_.back().find(name) != nullptr) {
            defect_ = {stream_->position(), "the member \"" + std::string(name) + "\" occurs twice"};
            return false;
        }
        names_.emplace_back(name, stream_->position());
        return true;
    }

    JsonNode& root() { return root_; }
    [[nodiscard]] const JsonDefect& defect() const { return defect_; }

  private:
    bool scalar(JsonNode::Kind kind, std::string_view text) {
        JsonNode node;
        node.kind = kind;
        node.text = text;
        node.span = {stream_->position(), stream_->position()};
        add(std::move(node));
        return true;
    }
    bool open(JsonNode::Kind kind) {
        if (open_.size() == depth_max) {
            defect_ = {stream_->position(), "too many brackets inside each other"};
            return false;
        }
        JsonNode node;
        node.kind = kind;
        node.span.begin = stream_->position();
        open_.push_back(std::move(node));
        return true;
    }
    bool close() {
        JsonNode node = std::move(open_.back());
        open_.pop_back();
        node.span.end = moved(stream_->position(), 1);
        add(std::move(node));
        return true;
    }
    void add(JsonNode node) {
        if (open_.empty()) {
            root_ = std::move(node);
        } else if (open_.back().is(JsonNode::Kind::array)) {
            open_.back().items.push_back(std::move(node));
        } else {
            auto [name, at] = std::move(names_.back());
            names_.pop_back();
            open_.back().members.push_back({std::move(name), at, std::move(node)});
        }
    }

    const PositionedStream* stream_;
    std::vector<JsonNode> open_;  // Brackets that are not closed yet, outermost first.
    std::vector<std::pair<std::string, policy::Position>> names_;  // Of the members those values are for.
    JsonNode root_;
    JsonDefect defect_;
};

}  // namespace

const JsonNode* JsonNode::find(std::string_view name) const noexcept {
    const auto found = std::ranges::find(members, name, &Member::name);
    return found == members.end() ? nullptr : &found->value;
}

std::string_view describe(JsonNode::Kind kind) noexcept {
    switch (kind) {
        case JsonNode::Kind::null:
            return "null";
        case JsonNode::Kind::boolean:
            return "true or false";
        case JsonNode::Kind::number:
            return "a number";
        case JsonNode::Kind::string:
            return "a string";
        case JsonNode::Kind::array:
            return "a list";
        case JsonNode::Kind::object:
            return "an object";
    }
    return "";
}

std::expected<JsonNode, JsonDefect> read_json(std::string_view text) {
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                               rapidjson::kParseValidateEncodingFlag;
    PositionedStream stream(text);
    Builder builder(stream);
    rapidjson::Reader reader;
    const rapidjson::ParseResult result = reader.Parse<flags>(stream, builder);
    if (!result.IsError()) {
        // The stream shows a NUL at its end; the reader must not take one in the text for it.
        if (stream.Tell() == text.size()) return std::move(builder.root());
        return std::unexpected(JsonDefect{stream.position(), "a NUL byte"});
    }
    if (result.Code() == rapidjson::kParseErrorTermination) return std::unexpected(builder.defect());
    return std::unexpected(JsonDefect{
        stream.position(), std::string("not JSON: ") + rapidjson::GetParseError_En(result.Code())});
}

}  // namespace writ::cases
