#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <string_view>

#include "base/text.h"

/// Writing JSON, for the files of this folder.
namespace writ::api::audit {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

inline void write_key(Writer& writer, std::string_view key) {
    writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
}

/// Bytes of a text that is no UTF-8 become question marks, but for ASCII.
inline void write_text(Writer& writer, std::string_view text) {
    const auto write = [&](std::string_view clean) {
        writer.String(clean.data(), static_cast<rapidjson::SizeType>(clean.size()));
    };
    if (count_scalars(text)) return write(text);
    std::string clean(text);
    for (char& c : clean) {
        if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    }
    write(clean);
}

inline void write(Writer& writer, std::string_view key, std::string_view value) {
    write_key(writer, key);
    write_text(writer, value);
}

inline void write(Writer& writer, std::string_view key, bool value) {
    write_key(writer, key);
    writer.Bool(value);
}
void write(Writer& writer, std::string_view key, const char* value) = delete;  // Would be a bool.

}  // namespace writ::api::audit
