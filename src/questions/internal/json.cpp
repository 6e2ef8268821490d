#include "questions/internal/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
#include <span>

#include "base/bounded_depth.h"
#include "base/text.h"

namespace writ::questions::internal {
namespace {

std::unexpected<Error> malformed(std::string message) {
    return fail("SerializationException", 400, std::move(message));
}

constexpr int depth_max = 64;  // Far above what any question takes.

template <class Number>
std::string_view printed(Number number, Texts& texts) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return texts.emplace_back(digits.data(), end);
}

}  // namespace

Result<void> parse_object(std::string& text, rapidjson::Document& document) {
    constexpr unsigned flags =
        rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
    // The parser would take a NUL for the end and never see what follows.
    if (text.find('\0') != std::string::npos) return malformed("The body of the request holds a NUL.");
    // Behind a scalar that the end cuts off it would read on.
    if (!count_scalars(text)) return malformed("The body of the request is not UTF-8.");
    rapidjson::ParseResult result;
    auto read = [&](rapidjson::Document& into) {
        rapidjson::InsituStringStream stream(text.data());
        rapidjson::Reader reader;
        BoundedDepth bounded(into, depth_max);
        result = reader.Parse<flags>(stream, bounded);
        return !result.IsError();
    };
    document.Populate(read);
    if (result.Code() == rapidjson::kParseErrorTermination)
        return malformed("The body of the request is nested too deeply.");
    if (result.IsError()) {
        return malformed(std::string("The body of the request is not JSON: ") +
                         rapidjson::GetParseError_En(result.Code()));
    }
    if (!document.IsObject()) return malformed("The body of the request is no JSON object.");
    return {};
}

const Json* find_member(const Json& object, std::string_view name) noexcept {
    for (const auto& member : object.GetObject()) {
        if (text_of(member.name) == name) return &member.value;
    }
    return nullptr;
}

Result<void> check_unique(const Json& object) {
    std::array<std::string_view, 16> few;
    std::vector<std::string_view> many(object.MemberCount() > few.size() ? object.MemberCount() : 0);
    const std::span<std::string_view> names =
        many.empty() ? std::span(few).first(object.MemberCount()) : std::span(many);
    std::ranges::transform(object.GetObject(), names.begin(),
                           [](const auto& member) { return text_of(member.name); });
    std::ranges::sort(names);
    const auto twice = std::ranges::adjacent_find(names);
    if (twice == names.end()) return {};
    return malformed("The member " + std::string(*twice) + " occurs more than once.");
}

std::optional<std::string_view> scalar_text(const Json& value, Texts& texts) {
    if (value.IsString()) return text_of(value);
    if (value.IsBool()) return value.GetBool() ? "true" : "false";
    if (value.IsInt64()) return printed(value.GetInt64(), texts);
    if (value.IsUint64()) return printed(value.GetUint64(), texts);
    if (value.IsDouble()) return printed(value.GetDouble(), texts);
    return std::nullopt;
}

std::optional<ContextValue> context_value(std::string_view key, const Json& value, Texts& texts) {
    ContextValue read{.key = key, .values = {}, .multivalued = value.IsArray()};
    if (!value.IsArray()) {
        const auto text = scalar_text(value, texts);
        if (!text) return std::nullopt;
        read.values.push_back(*text);
        return read;
    }
    read.values.reserve(value.Size());
    for (const Json& element : value.GetArray()) {
        const auto text = scalar_text(element, texts);
        if (!text) return std::nullopt;
        read.values.push_back(*text);
    }
    return read;
}

}  // namespace writ::questions::internal
