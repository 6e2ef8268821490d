#pragma once

#include <array>
#include <cstddef>
#include <list>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "questions/question.h"

/// JSON as the programs that ask send it, taken apart where it stands.
namespace writ::questions::internal {

using Json = rapidjson::Value;
using JsonBuffer = rapidjson::StringBuffer;
using JsonWriter = rapidjson::Writer<JsonBuffer>;

/// A document that needs no memory of its own as long as it is small, as most questions are.
class SmallDocument {
  public:
    SmallDocument() = default;
    SmallDocument(const SmallDocument&) = delete;
    SmallDocument& operator=(const SmallDocument&) = delete;
    [[nodiscard]] rapidjson::Document& operator*() noexcept { return document_; }
    [[nodiscard]] const rapidjson::Document& operator*() const noexcept { return document_; }
    [[nodiscard]] rapidjson::Document* operator->() noexcept { return &document_; }

  private:
    using Pool = rapidjson::MemoryPoolAllocator<>;
    alignas(std::max_align_t)
        std::array<char, 4'096> memory_;  // NOLINT(*-member-init): what is not used need not be set.
    Pool pool_{memory_.data(), memory_.size()};
    rapidjson::Document document_{&pool_};
};

/// Reads one object into `document`, whose texts then are views into `text`, which it writes over and which
/// must stay. SerializationException 400 for anything else, also for text that is not UTF-8 and for values
/// nested deeper than 64 times.
[[nodiscard]] Result<void> parse_object(std::string& text, rapidjson::Document& document);

[[nodiscard]] inline std::string_view text_of(const Json& value) noexcept {
    return {value.GetString(), value.GetStringLength()};
}
/// The member of that name; null when there is none. For objects whose members were checked to be unique.
[[nodiscard]] const Json* find_member(const Json& object, std::string_view name) noexcept;
/// SerializationException when two members have one name: who sent them meant one, and nobody knows which.
[[nodiscard]] Result<void> check_unique(const Json& object);

/// Texts that stand nowhere in the request, such as numbers in the form that conditions compare.
using Texts = std::list<std::string>;

/// A string, number or boolean as the text that conditions compare; nothing for any other value.
[[nodiscard]] std::optional<std::string_view> scalar_text(const Json& value, Texts& texts);
/// One of them, or a list of them. Nothing for null, an object, or a list that holds such.
[[nodiscard]] std::optional<ContextValue> context_value(std::string_view key, const Json& value,
                                                        Texts& texts);

inline void write_key(JsonWriter& json, std::string_view name) {
    json.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
}
inline void write_text(JsonWriter& json, std::string_view text) {
    json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
inline void write_text(JsonWriter& json, std::string_view name, std::string_view text) {
    write_key(json, name);
    write_text(json, text);
}
[[nodiscard]] inline std::string_view written(const JsonBuffer& buffer) noexcept {
    return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace writ::questions::internal
